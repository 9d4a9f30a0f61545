"""Which captures of an address are worth fetching: one a month, one a year, or each change."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import NamedTuple

EVERY = ("change", "month", "year")
"""How captures are chosen."""

_DIGITS = {"month": 6, "year": 4}
"""Of a moment, those that name its month or year."""

_BESIDE = timedelta(days=1)
"""Within it, a redirect beside a text is that of another form of the address (`http:`, `www.`)."""


class Row(NamedTuple):
    """A capture as a web archive's index lists it."""

    moment: str
    """14 digits."""
    url: str
    status: int
    """0: it repeats the capture before, or the index does not say."""
    content_type: str
    digest: str


class Chosen(NamedTuple):
    """Captures to fetch, in time; and those that are errors."""

    rows: list[Row]
    errors: list[Row]


def choose(rows: Iterable[Row], every: str, before: str = "") -> Chosen:
    """The captures among `rows` that are wanted; `before` is the digest of the one before them.

    `change`: a text whose digest is not that of the text before. What the archive recorded as an
    error is never wanted; a redirect is where there is no text beside it.
    """
    known = _resolved(rows)
    errors = [row for row in known if row.status >= 400]
    texts = [row for row in known if 200 <= row.status < 300 or not row.status]
    leading = [row for row in known if 300 <= row.status < 400]
    moments = [_when(row) for row in texts]
    leading = [row for row in leading if not _beside(_when(row), moments)]
    if every == "change":
        found = [*_changes(texts, before), *_changes(leading, "")]
    else:
        found = [*_first_of_each(texts, leading, _DIGITS[every])]
    return Chosen(sorted(found), errors)


def _resolved(rows: Iterable[Row]) -> list[Row]:
    """In time, each once; a repetition has the status of what it repeats."""
    ordered = sorted({(row.moment, row.url): row for row in rows}.values())
    statuses = {row.digest: row.status for row in reversed(ordered) if row.status}
    return [
        row if row.status else row._replace(status=statuses.get(row.digest, 0)) for row in ordered
    ]


def _beside(moment: datetime, others: Sequence[datetime]) -> bool:
    """Whether one of `others`, which are in time, is near to `moment`."""
    at = bisect_left(others, moment - _BESIDE)
    return at < len(others) and others[at] <= moment + _BESIDE


def _changes(rows: Iterable[Row], before: str) -> Iterator[Row]:
    for row in rows:
        if row.digest != before:
            yield row
        before = row.digest


def _first_of_each(texts: Sequence[Row], leading: Sequence[Row], digits: int) -> Iterator[Row]:
    """The first text of each month or year, or the first redirect where it has none."""
    ranked = sorted([*texts, *leading], key=lambda row: row.moment[:digits])
    for _, group in groupby(ranked, key=lambda row: row.moment[:digits]):
        yield min(group, key=lambda row: (300 <= row.status < 400, row))


def _when(row: Row) -> datetime:
    return datetime.strptime(row.moment, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
