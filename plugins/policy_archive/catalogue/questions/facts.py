"""What snapshots state in so many words: periods, deadlines, how they take signals, their dates."""

from collections.abc import Iterator, Mapping

from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.questions.listings import Range, asking
from policy_archive.model import Fact
from policy_archive.topics.facts.fact import FACTS

_OF_PAGE = """
    SELECT s.snapshot, s.name, s.value, s.sort, s.block, s.sentence
    FROM shown JOIN policies p ON p.id = shown.policy JOIN facts s ON s.snapshot = shown.snapshot
    WHERE {within} ORDER BY s.snapshot, s.number
"""
_LEAST = """
    SELECT min(s.sort) FROM shown JOIN policies p ON p.id = shown.policy
    LEFT JOIN facts s ON s.snapshot = shown.snapshot AND s.name = :name
    WHERE {within} GROUP BY p.id ORDER BY p.collation
"""


def names_of(topic: str) -> tuple[str, ...]:
    """The facts that are shown beside the answers to a topic's question."""
    return tuple(name for name, about in FACTS.items() if about.topic == topic)


def facts_of(catalogue: Catalogue, snapshot: int) -> Mapping[str, tuple[Fact, ...]]:
    """By topic, what one snapshot states."""
    rows = catalogue.connection.execute(
        "SELECT name, value, sort, block, sentence FROM facts WHERE snapshot = ? ORDER BY number",
        (snapshot,),
    )
    found: dict[str, tuple[Fact, ...]] = {}
    for fact in (Fact(*row) for row in rows):
        topic = FACTS[fact.name].topic
        found[topic] = (*found.get(topic, ()), fact)
    return found


def facts_on(
    catalogue: Catalogue, topic: str, page: Range, year: str = ""
) -> Mapping[int, tuple[Fact, ...]]:
    """By snapshot, what the policies on a page state that belongs to a topic."""
    names = names_of(topic)
    if not names:
        return {}
    query, values = asking(_OF_PAGE, page, year)
    found: dict[int, tuple[Fact, ...]] = {}
    for snapshot, *row in catalogue.connection.execute(query, values):
        fact = Fact(*row)
        if fact.name in names:
            found[snapshot] = (*found.get(snapshot, ()), fact)
    return found


def least(catalogue: Catalogue, name: str) -> Iterator[float | None]:
    """Of each policy, as they are listed, the first of a fact's values when sorted; None: none."""
    query, values = asking(_LEAST)
    rows = catalogue.connection.execute(query, {**values, "name": name})
    return (order for (order,) in rows)
