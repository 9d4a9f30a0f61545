"""One policy, whole: its snapshots in time order, and what changed from one to the next."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from policy_archive.catalogue import entries
from policy_archive.catalogue.archive import Policy
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.entries import Placed
from policy_archive.catalogue.history import Step
from policy_archive.catalogue.questions import timeline
from policy_archive.catalogue.questions.lives import Lives, of_snapshots
from policy_archive.catalogue.questions.timeline import Changed


@dataclass(frozen=True)
class PolicyHistory:
    """A policy with its changes."""

    policy: Policy
    entries: tuple[Placed, ...]
    """Those of the policy, as the catalogue has them."""
    steps: tuple[Step, ...]
    """Oldest first."""
    changed: tuple[Changed, ...]
    """The same as lists show them."""
    kinds: tuple[tuple[str, str], ...]
    """All policies of its site: kind, address."""
    lives: Mapping[int, Lives]
    """By a snapshot's id, from when to when its paragraphs stood."""

    @cached_property
    def speaking(self) -> Placed:
        """The snapshot by which the policy is quoted."""
        speaking = self.policy.speaking
        return next(entry for entry in self.entries if entry is speaking)

    @property
    def fault(self) -> str:
        """Why that is not the newest one, by code; empty: it is."""
        return "" if self.speaking is self.policy.newest else self.policy.faults[-1]

    @cached_property
    def changes_at(self) -> Mapping[str, tuple[str, str]]:
        """By a snapshot's segment, those of the changes to it and away from it; empty: none."""
        found: dict[str, tuple[str, str]] = {}
        for step in self.steps:
            before, after = step.before.segment, step.after.segment
            found[before] = (found.get(before, ("", ""))[0], step.segment)
            found[after] = (step.segment, found.get(after, ("", ""))[1])
        return found


def history(catalogue: Catalogue, id: int) -> PolicyHistory:
    """The policy with that id in the catalogue."""
    ask = catalogue.connection.execute
    site, kind, segment = ask(
        "SELECT site, kind, segment FROM policies WHERE id = ?", (id,)
    ).fetchone()
    found = tuple(entries.of_policy(catalogue, id))
    kinds = ask("SELECT kind, url FROM policies WHERE site = ? ORDER BY collation", (site,))
    policy = Policy(site, segment, kind, found)
    changed = tuple(timeline.changes_of(catalogue, id)) if len(found) > 1 else ()
    steps = tuple(_steps(catalogue, id, found, changed))
    good = (entry for step in steps for entry in (step.before, step.after))
    stood = of_snapshots(catalogue, (it.id for it in good if isinstance(it, Placed)))
    return PolicyHistory(policy, found, steps, changed, tuple(kinds), stood)


def _steps(
    catalogue: Catalogue, id: int, found: Sequence[Placed], changes: Sequence[Changed]
) -> Iterator[Step]:
    by_id = {entry.id: entry for entry in found}
    query = "SELECT id, before, after, since, bridged FROM changes WHERE policy = ?"
    ends = {change: rest for change, *rest in catalogue.connection.execute(query, (id,))}
    for changed in changes:
        before, after, since, bridged = ends[changed.id]
        between = tuple(by_id[it] for it in json.loads(bridged))
        yield Step(by_id[before], by_id[after], between, by_id[since], changed.summary, changed.key)
