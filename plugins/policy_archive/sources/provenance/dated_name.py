"""The date that a file's or a folder's name carries: `example.com-20190501`, `2019-05-01`."""

import re
from typing import NamedTuple

from policy_archive.text.dates import moment

_SEPARATOR = r"[\s_.@+,=~()\[\]-]"
_DATE = re.compile(
    rf"(?:^|(?<={_SEPARATOR}))"
    r"(?P<day>[0-9]{4}(?P<sign>[-_.])[0-9]{2}(?P=sign)[0-9]{2}|[0-9]{8})"
    r"(?:[Tt_ -]?(?P<time>[0-9]{2}(?P<colon>[-_.:]?)[0-9]{2}(?P=colon)[0-9]{2})(?:[Zz]|UTC)?)?"
    rf"(?=$|{_SEPARATOR})"
)

_SEPARATORS = re.compile(rf"{_SEPARATOR}+")
_DIGITS = re.compile(r"[0-9]+")
_SPACE = re.compile(r"\s")


class DatedName(NamedTuple):
    """A name without its date, and the date as 14 or 8 digits; empty where it carries none."""

    rest: str
    captured: str = ""


def dated(name: str) -> DatedName:
    """`name` in two.

    A date that no calendar has is part of a name like any other, and of two different ones neither
    is taken.
    """
    found = [(match, _captured(match)) for match in _DATE.finditer(name)]
    real = [(match, captured) for match, captured in found if captured]
    if len({captured for _, captured in real}) != 1:
        return DatedName(name)
    rest = name
    for match, _ in reversed(real):
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    # What held the date to the name belongs to neither.
    rest = _SEPARATORS.sub(lambda run: " " if _SPACE.search(run[0]) else run[0], rest)
    return DatedName(rest.strip(), real[0][1])


def _captured(match: re.Match[str]) -> str:
    return moment("".join(_DIGITS.findall(match["day"] + (match["time"] or ""))))
