"""Periods such as "thirty (30) days", "6 to 12 months", "one year" or "45 business days"."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_WORDS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "eighteen": 18, "twenty": 20, "twenty four": 24,
    "twenty five": 25, "thirty": 30, "thirty six": 36, "forty": 40, "forty five": 45,
    "forty eight": 48, "fifty": 50, "sixty": 60, "ninety": 90, "one hundred": 100,
    "one hundred eighty": 180, "one hundred and eighty": 180,
}  # fmt: skip
_DAYS = {"hour": 1 / 24, "day": 1, "week": 7, "month": 30, "year": 365}

_NUMBER = "|".join(
    [r"\d{1,4}", *sorted((it.replace(" ", r"[\s-]") for it in _WORDS), key=len, reverse=True)]
)
_BESIDE = r"(?:\s?\(\s?(?:[a-z-]{3,20}|\d{1,4})\s?\))?"
"""The same number again: "thirty (30)", "30 (thirty)"."""
_PERIOD = re.compile(
    rf"(?<![\w.,/$€£-])(?:(?P<from>{_NUMBER}){_BESIDE}(?:\s(?:to|or)\s|\s?[-–]\s?(?=\d)))?"
    rf"(?P<number>{_NUMBER})(?P<beside>{_BESIDE})[\s-]+"
    r"(?P<kind>(?:calendar|business|working|consecutive|full)\s)?"
    r"(?P<unit>hour|day|week|month|year)s?['’]?(?!\w)",
    re.IGNORECASE,
)
_A_YEAR = 1900
"""Such numbers are of years: "in 2019 days"."""
_UNIT = re.compile(r"\b(?:[Hh]our|[Dd]ay|[Ww]eek|[Mm]onth|[Yy]ear)s?\b")
_LONGEST = 60
"""Characters before a unit in which its number stands."""
_DIGITS = re.compile(r"\d+")


class Duration(NamedTuple):
    """A period, and where in a text it stands."""

    value: str
    days: float
    start: int
    end: int


def durations(text: str) -> Iterator[Duration]:
    """The periods that `text` names, in their order."""
    for unit in _UNIT.finditer(text):
        # Looked for where there is a unit only: most sentences have none.
        match = _PERIOD.search(text, max(0, unit.start() - _LONGEST), unit.end() + 1)
        while match and match.end() < unit.end():
            match = _PERIOD.search(text, match.end(), unit.end() + 1)
        if match and (number := _number(match)):
            yield Duration(*_shown(match, number), match.start(), match.end())


def _shown(match: re.Match[str], number: int) -> tuple[str, float]:
    """A period as readers see it, and its days."""
    unit, kind = match["unit"].lower(), (match["kind"] or "").lower()
    first = f"{_value(match['from'])} to " if match["from"] else ""
    kind = "" if kind == "full " else kind
    return f"{first}{number} {kind}{unit}{'s' * (number != 1)}", number * _DAYS[unit]


def _number(match: re.Match[str]) -> int:
    """How many; 0 where it is a year's number."""
    beside = _DIGITS.search(match["beside"])
    number = int(beside.group()) if beside else _value(match["number"])
    return number if number < _A_YEAR else 0


def _value(written: str) -> int:
    written = " ".join(written.lower().replace("-", " ").split())
    return int(written) if written.isdecimal() else _WORDS[written]
