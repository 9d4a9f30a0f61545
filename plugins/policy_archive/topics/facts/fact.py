"""What a fact is, and which there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

Value = tuple[str, float]
"""A value as readers see it, and by what it is sorted."""


@dataclass(frozen=True, slots=True)
class Fact:
    """What a sentence of a text says, in few words."""

    name: str
    """One of `FACTS`."""
    value: str
    """As readers see it: "90 days", "honoured"."""
    order: float
    """By which its values are sorted: of a period, days."""
    block: str
    """The id of the block (of a date, perhaps of the section) that says it."""
    sentence: str


class About(NamedTuple):
    """What a kind of fact is called, and with which topic it is shown."""

    topic: str
    label: str


FACTS: Mapping[str, About] = {
    "retention": About("retention", "Periods named"),
    "do-not-track": About("choices", "Do Not Track"),
    "gpc": About("choices", "Global Privacy Control"),
    "deadline": About("rights", "Answers within"),
    "stated-date": About("changes-contact", "Dates itself"),
}
"""By name, in the order in which they are shown."""
