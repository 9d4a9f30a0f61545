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
_UNIT = re.compile(r"(?:hour|day|week|month|year)s?\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


class Duration(NamedTuple):
    """A period, and where in a text it stands."""

    value: str
    days: float
    start: int
    end: int


def durations(text: str) -> Iterator[Duration]:
    """The periods that `text` names, in their order."""
    if not _UNIT.search(text):
        return
    for match in _PERIOD.finditer(text):
        beside = _DIGITS.search(match["beside"])
        number = int(beside.group()) if beside else _number(match["number"])
        unit = match["unit"].lower()
        if not 0 < number < _A_YEAR:
            continue
        first = f"{_number(match['from'])} to " if match["from"] else ""
        kind = (match["kind"] or "").lower()
        shown = f"{first}{number} {kind if kind != 'full ' else ''}{unit}{'s' * (number != 1)}"
        yield Duration(shown, number * _DAYS[unit], match.start(), match.end())


def _number(written: str) -> int:
    written = " ".join(written.lower().replace("-", " ").split())
    return int(written) if written.isdecimal() else _WORDS[written]
