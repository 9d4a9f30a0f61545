"""What `catalogue.answers` and `catalogue.listings` must say, worked out in memory.

A finding is what the labeller found; everything else is one of two absences, never mixed: nothing
found in a text that was checked, and a text that could not be checked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from policy_archive.catalogue.archive import Entry, Policy
from policy_archive.topics.labeller import DECIDED, SURE
from policy_archive.topics.similar import most_similar
from policy_archive.topics.taxonomy import Taxonomy

from .in_memory import Finding, Read

Absence = Literal["none", "unchecked"]
"""`none`: no passage found in the blocks checked; `unchecked`: labelling could not tell."""

_TWO_YEARS = 20000
"""As a difference of `YYYYMMDD` numbers."""


class Tally(NamedTuple):
    """How many policies speak to a topic, are silent, were not checked."""

    speaking: int = 0
    silent: int = 0
    unchecked: int = 0


@dataclass(frozen=True, slots=True)
class TopicComparison:
    """Policies on one topic, in the order given."""

    speaking: tuple[tuple[Policy, Finding], ...]
    silent: tuple[Policy, ...]
    unchecked: tuple[Policy, ...]


def findings(entry: Entry) -> Mapping[str, Finding]:
    """What a snapshot says, by topic."""
    assert isinstance(entry, Read)
    return entry.findings


def answer(entry: Entry, topic: str) -> Finding | Absence:
    """What a snapshot says on a topic, or why there is nothing to quote."""
    finding = findings(entry).get(topic)
    if finding is not None:
        return finding
    return "none" if entry.checked else "unchecked"


def compare(policies: Iterable[Policy], topic: str) -> TopicComparison:
    """The newest snapshots of `policies` on one topic."""
    speaking: list[tuple[Policy, Finding]] = []
    absent: dict[Absence, list[Policy]] = {"none": [], "unchecked": []}
    for policy in policies:
        found = answer(policy.speaking, topic)
        if isinstance(found, Finding):
            speaking.append((policy, found))
        else:
            absent[found].append(policy)
    return TopicComparison(tuple(speaking), tuple(absent["none"]), tuple(absent["unchecked"]))


def decided(entry: Entry) -> int:
    """How many topics a snapshot speaks to, "possibly" left out."""
    return sum(finding.score >= DECIDED for finding in findings(entry).values())


class SimilarPassages(NamedTuple):
    """Where else the words of a policy's best passage on a topic are found."""

    same: int
    """Other policies whose best passage has the same words."""
    alike: tuple[Policy, ...]
    """Up to three others with a passage much like it, the likest first."""


def similar_passages(policies: Sequence[Policy], topic: str) -> Mapping[str, SimilarPassages]:
    """For each policy that speaks to `topic`, by its address: who says the same, or nearly.

    Policies are copied from templates and from each other; here that can be seen. Only passages
    that are surely on the topic are likened to each other.
    """
    found = {
        policy.url: (policy, finding)
        for policy in policies
        if (finding := findings(policy.speaking).get(topic))
    }
    sure = {url: finding.sketch for url, (_, finding) in found.items() if finding.score >= SURE}

    def same(one: str, other: str) -> bool:
        """The same words; of lines that introduce lists, with the same items."""
        likened = sure.get(one), sure.get(other)
        items = None in likened or likened[0] == likened[1]
        return one != other and found[one][1].block == found[other][1].block and items

    alike = most_similar(sure)
    return {
        url: SimilarPassages(
            sum(same(url, other) for other in found),
            tuple(
                found[other][0]
                for other in alike.get(url, ())
                if found[other][1].block != finding.block
            ),
        )
        for url, (_, finding) in found.items()
    }


def tallies(policies: Sequence[Policy], taxonomy: Taxonomy) -> Mapping[str, Tally]:
    """The figures of every topic, in the taxonomy's order."""
    figures = {topic.id: [0, 0, 0] for topic in taxonomy.topics}
    for policy in policies:
        newest = policy.speaking
        for topic, counts in figures.items():
            counts[0 if topic in findings(newest) else 1 if newest.checked else 2] += 1
    return {topic: Tally(*counts) for topic, counts in figures.items()}


def years_apart(policies: Iterable[Policy]) -> tuple[str, str] | None:
    """First and last year of the newest captures, when they lie more than two years apart."""
    days = [p.speaking.snapshot.captured[:8] for p in policies if p.speaking.snapshot.captured]
    if not days or int(max(days)) - int(min(days)) <= _TWO_YEARS:
        return None
    return min(days)[:4], max(days)[:4]
