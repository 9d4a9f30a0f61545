"""The archive as one build publishes it: what pages draw on."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import msgspec

from policy_archive.catalogue import comparison
from policy_archive.catalogue.archive import Archive, Policy
from policy_archive.catalogue.as_of import YearFigures, at_end_of
from policy_archive.catalogue.comparison import (
    SimilarPassages,
    Tally,
    similar_passages,
    years_apart,
)
from policy_archive.catalogue.history import Step
from policy_archive.catalogue.summary import packed_findings
from policy_archive.pages.addresses import Addresses, row_id

PART = 100
"""Rows that are known, and fetched by browsers, together."""
MOST_POLICIES_FOR_YEARS = 5_000
"""Larger archives have the picture of all years, but no pages for each of them: these repeat every
policy for each topic and year, which is half of what the snapshots themselves take."""


@dataclass(eq=False)
class Publication:
    """An archive, its figures, and the choices of the site that shows it."""

    archive: Archive
    tallies: Mapping[str, Tally]
    """Figures by topic id."""
    addresses: Addresses
    name: str
    """Of the site or collection, as citations give it."""
    rows: int
    """Rows of a listing's page."""
    search_texts: int
    """How many snapshots, or policies, the theme's own index may hold."""
    search_page: bool
    """Whether there is a page that searches every text, with Pagefind."""
    disabled_rules: frozenset[str]
    built: str
    steps: Mapping[str, tuple[Step, ...]] = field(default_factory=dict)
    """What changed in each policy over time, by its URL."""
    site_name: str = ""
    repo_url: str = ""
    theme_search: bool = False
    """Whether the theme's own search opens from the page's head."""
    _answers: dict[str, Sequence[str]] = field(default_factory=dict)
    _similar: dict[str, Mapping[str, SimilarPassages]] = field(default_factory=dict)
    _past: "dict[str, Publication]" = field(default_factory=dict)

    def steps_of(self, policy: Policy) -> tuple[Step, ...]:
        """The changes of a policy, oldest first."""
        return self.steps.get(policy.url, ())

    @cached_property
    def newest_steps(self) -> tuple[tuple[Policy, Step], ...]:
        """Every step of every policy, newest first; put in order once for all lists and feeds."""
        found = [(it, step) for it in self.policies for step in reversed(self.steps_of(it))]
        found.sort(key=lambda it: it[0].url)
        found.sort(key=lambda it: it[1].after.snapshot.captured, reverse=True)
        return tuple(found)

    @cached_property
    def newest_changes(self) -> tuple[tuple[Policy, Step], ...]:
        """Those of the sites' own words."""
        return tuple((policy, step) for policy, step in self.newest_steps if step.counts)

    @cached_property
    def _ends(self) -> Mapping[tuple[str, str], tuple[str, str]]:
        """By policy and snapshot: the changes that lead to it and away from it."""
        found: dict[tuple[str, str], tuple[str, str]] = {}
        for url, steps in self.steps.items():
            for step in steps:
                before, after = (url, step.before.segment), (url, step.after.segment)
                found[before] = (found.get(before, ("", ""))[0], step.segment)
                found[after] = (step.segment, found.get(after, ("", ""))[1])
        return found

    def changes_at(self, policy: Policy, segment: str) -> tuple[str, str]:
        """The segments of the changes that lead to a snapshot and away from it; empty: none."""
        return self._ends.get((policy.url, segment), ("", ""))

    @property
    def policies(self) -> tuple[Policy, ...]:
        """Every policy, by site and kind."""
        return self.archive.policies

    def similar_passages(self, topic: str) -> Mapping[str, SimilarPassages]:
        """Who says the same on `topic`; worked out once, for all pages of its comparison."""
        if topic not in self._similar:
            self._similar.clear()  # pages of one topic follow one another
            self._similar[topic] = similar_passages(self.policies, topic)
        return self._similar[topic]

    def answers(self, topic: str) -> str:
        """Digest of what all policies say on `topic`, and who they are."""
        return _digest(self.answer_parts(topic))

    def answer_parts(self, topic: str) -> Sequence[str]:
        """The same for every hundred policies."""
        if topic not in self._answers:
            rows = [(*p.listed, packed_findings(p.newest).get(topic)) for p in self.policies]
            self._answers[topic] = _digests(rows)
        return self._answers[topic]

    @cached_property
    def year_figures(self) -> YearFigures:
        """How many policies spoke to each topic at the end of each year."""
        return YearFigures(self.policies, [topic.id for topic in self.archive.taxonomy.topics])

    @property
    def year_pages(self) -> tuple[str, ...]:
        """The years that have comparisons of their own: all but the last, whose end is now."""
        few = len(self.policies) <= MOST_POLICIES_FOR_YEARS
        return self.year_figures.years[:-1] if few else ()

    def at_end_of(self, year: str) -> "Publication":
        """The archive as it would have been published at the end of `year`."""
        if year not in self._past:
            found = (at_end_of(policy, year) for policy in self.policies)
            policies = tuple(policy for policy in found if policy)
            archive = replace(self.archive, policies=policies)
            figures = comparison.tallies(policies, archive.taxonomy)
            self._past[year] = replace(
                self, archive=archive, tallies=figures, _answers={}, _similar={}, _past={}
            )
        return self._past[year]

    @cached_property
    def listing(self) -> str:
        """Names what listings say of all policies besides their findings."""
        return _digest(self.listing_parts)

    @cached_property
    def listing_parts(self) -> Sequence[str]:
        """The same for every hundred policies."""
        result = self.archive.result
        return _digests([(*p.listed, len(p.entries), *result(p.newest)) for p in self.policies])

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        """Every kind of policy there is."""
        return tuple(sorted({policy.kind for policy in self.policies}))

    @cached_property
    def snapshots(self) -> int:
        """How many snapshots there are."""
        return sum(len(policy.entries) for policy in self.policies)

    @cached_property
    def full_text_search(self) -> bool:
        """Whether the theme's own index, which every reader downloads, holds whole texts."""
        return self.snapshots <= self.search_texts

    @cached_property
    def theme_finds_snapshots(self) -> bool:
        """Whether they are in the theme's index; not where there are many, and a better one."""
        return self.full_text_search or not self.search_page

    @cached_property
    def theme_finds_policies(self) -> bool:
        """The same of policies' pages."""
        return len(self.policies) <= self.search_texts or not self.search_page

    @property
    def pages(self) -> int:
        """How many pages a listing of all policies takes."""
        return max(1, -(-len(self.policies) // self.rows))

    @cached_property
    def starts(self) -> tuple[str, ...]:
        """The first row on each page of a listing."""
        firsts = self.policies[:: self.rows]
        return tuple(row_id(policy) for policy in firsts)

    @cached_property
    def years(self) -> tuple[str, str] | None:
        """First and last year of the newest captures, where they lie far apart."""
        return years_apart(self.policies)

    def page(self, number: int) -> tuple[Policy, ...]:
        """The policies on page `number` of a listing."""
        return self.policies[self.rows * (number - 1) : self.rows * number]


def _digests(rows: Sequence[object]) -> Sequence[str]:
    """A name for every hundred rows."""
    return [_digest(rows[first : first + PART]) for first in range(0, len(rows), PART)]


def _digest(value: object) -> str:
    return hashlib.sha256(msgspec.msgpack.encode(value)).hexdigest()


def kind_name(kind: str) -> str:
    """`terms-of-service` as "terms of service"."""
    return kind.replace("-", " ")


def script_json(value: Any) -> str:
    """JSON that is safe inside a script element and in JavaScript source."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text
