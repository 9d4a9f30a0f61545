"""The archive as one build publishes it: what the builders of views draw on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from policy_archive.archive import Archive, Policy
from policy_archive.changes import Step
from policy_archive.comparison import Tally
from policy_archive.site.addresses import Addresses


@dataclass(frozen=True, slots=True)
class Edition:
    """An archive, its figures, and the choices of the site that shows it."""

    archive: Archive
    tallies: Mapping[str, Tally]
    """Figures by topic id."""
    addresses: Addresses
    name: str
    """Of the site or collection, as citations give it."""
    rows: int
    """Rows of a listing's page."""
    full_text_search: bool
    disabled_rules: frozenset[str]
    built: str
    steps: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
    """What changed in each policy over time, by its URL."""

    def steps_of(self, policy: Policy) -> tuple[Step, ...]:
        """The changes of a policy, oldest first."""
        return self.steps.get(policy.url, ())

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy, by site and kind."""
        return self.archive.policies

    @property
    def snapshots(self) -> int:
        """How many snapshots there are."""
        return sum(len(policy.entries) for policy in self.policies)

    @property
    def pages(self) -> int:
        """How many pages a listing of all policies takes."""
        return max(1, -(-len(self.policies) // self.rows))

    def page(self, number: int) -> tuple[Policy, ...]:
        """The policies on page `number` of a listing."""
        return self.policies[self.rows * (number - 1) : self.rows * number]


def kind_name(kind: str) -> str:
    """`terms-of-service` as "terms of service"."""
    return kind.replace("-", " ")


def script_json(value: Any) -> str:
    """JSON that is safe inside a script element and in JavaScript source."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
