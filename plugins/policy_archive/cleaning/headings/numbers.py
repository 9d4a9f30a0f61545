"""Printed numbers at the beginnings of lines, and how they count on from one another.

Headings that are numbered count on over text; the items of a list count on at once, or are clauses
themselves.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from policy_archive.text.numerals import roman_value

_NUMBER = re.compile(
    r"(?:(?P<part>(?:article|section|part|chapter|clause)\s+(?:\d{1,2}|[ivx]{1,5}|[a-z])\b[.:)–—-]*)"
    r"|(?P<deep>\d{1,2}(?:\.\d{1,2})+)[.):]?"
    r"|(?P<branch>\d{1,2}[a-z])[.):]"
    r"|(?P<plain>(?!19|20)\d{1,2})[.):]?"
    r"|(?P<roman>[IVX]{1,5}|[ivx]{2,5})[.):]"
    r"|(?P<letter>(?-i:[A-Z])[.)])"
    r"|(?P<item>\(?[a-z]\)|\([a-z\d]{1,3}\)|[a-z]\.))(?:\s+(?=\S)|(?<=\d[.)])(?=(?-i:[A-Z])))",
    re.IGNORECASE,
)
_VALUE = re.compile(r"\d+|[a-z]+", re.IGNORECASE)


class Number(NamedTuple):
    """What a line begins with: the kind of number, and what it may count."""

    kind: str
    counts: tuple[tuple[str, int], ...]
    """Styles, each with a value: a single `i` is the ninth letter or the first Roman number."""
    end: int
    """Where the words begin."""


def printed_number(text: str) -> Number | None:
    """The number that `text` begins with."""
    found = _NUMBER.match(text)
    if not found:
        return None
    kind = found.lastgroup or ""
    printed = found[0].strip()
    last = _VALUE.findall(printed)[-1]
    place = printed.rindex(last)
    style = printed[:place] + "{}" + printed[place + len(last) :]
    return Number(kind, tuple(_counts(style, last)), found.end())


def _counts(style: str, value: str) -> Iterator[tuple[str, int]]:
    if value.isdigit():
        yield f"{style} 1", int(value)
        return
    case = "i" if value.islower() else "I"
    if count := roman_value(value):
        yield f"{style} {case}", count
    if len(value) == 1:
        yield f"{style} {'a' if case == 'i' else 'A'}", ord(value.lower()) - ord("a") + 1


class Counting(NamedTuple):
    """A numbered line, and the lines that count before and after it; -1 where there is none."""

    first: bool
    before: int
    after: int


def counting(numbers: Sequence[Number | None]) -> dict[int, Counting]:
    """For each numbered line, by its position, the line it counts on from and the one after."""
    latest: dict[tuple[str, int], int] = {}
    before: dict[int, int] = {}
    after: dict[int, int] = {}
    for position, number in enumerate(numbers):
        if number is None:
            continue
        linked = [
            latest[style, count - 1]
            for style, count in number.counts
            if (style, count - 1) in latest
        ]
        if linked:
            before[position] = max(linked)
            after.setdefault(max(linked), position)
        for key in number.counts:
            latest[key] = position
    return {
        position: Counting(
            any(count == 1 for _, count in number.counts),
            before.get(position, -1),
            after.get(position, -1),
        )
        for position, number in enumerate(numbers)
        if number
    }
