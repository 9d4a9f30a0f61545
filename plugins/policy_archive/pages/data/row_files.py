"""Rows of long listings as data files, so that filters and sorting reach every page.

A listing of several pages has them beside it: each value of all rows in a file of its own, in the
listing's order, and what is shown of a row in parts of which browsers fetch only those they show.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import Any

import msgspec

from policy_archive.catalogue.archive import Policy
from policy_archive.catalogue.comparison import decided
from policy_archive.catalogue.history import Step
from policy_archive.catalogue.summary import excerpt
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import row_id, snapshot_place, topic_place
from policy_archive.pages.change import change_place, size
from policy_archive.pages.changes import change_pages
from policy_archive.pages.data.files import GeneratedFile
from policy_archive.pages.publication import PART, Publication, kind_name, script_json
from policy_archive.topics.labeller import SURE

_POLICIES, _CHANGES = "policies/rows/", "changes/rows/"
_EXCERPT = 160

Column = Callable[[Policy], Any]
Shown = tuple[str, str, str, str]
"""When captured, the words shown, where they lead (from the file itself), their language."""


def files(publication: Publication) -> Iterator[GeneratedFile]:
    """The data files of every listing that takes more than one page."""
    if publication.pages > 1:
        whole = (publication.listing,)
        for name, value in _columns(publication).items():
            yield GeneratedFile(
                f"{_POLICIES}{name}.json", partial(_column, publication.policies, value), whole
            )
        yield from _parts(_POLICIES, publication.listing_parts, partial(_titles, publication))
        for topic in publication.archive.taxonomy.topics:
            yield from _topic(publication, topic.id)
    if change_pages(publication) > 1:
        yield from _changes(publication)


def _columns(publication: Publication) -> dict[str, Column]:
    columns: dict[str, Column] = {
        "site": _name,
        "captured": lambda policy: _day(policy.newest.snapshot.captured),
        "snapshots": lambda policy: len(policy.entries),
        "words": lambda policy: policy.newest.words,
        "topics": lambda policy: decided(policy.newest),
    }
    if len(publication.kinds) > 1:
        columns["kind"] = lambda policy: kind_name(policy.kind)
    return columns


def _name(policy: Policy) -> object:
    """The site; with the id of its row where that is another."""
    return policy.site if policy.site == row_id(policy) else (policy.site, row_id(policy))


def _day(captured: str) -> int | None:
    return int(captured[:8]) if captured else None


def _column(rows: Sequence[Any], value: Callable[[Any], object]) -> bytes:
    return script_json([value(row) for row in rows]).encode()


def _parts(
    place: str, digests: Sequence[str], shown: Callable[[str, slice], Iterable[Shown | None]]
) -> Iterator[GeneratedFile]:
    for number, digest in enumerate(digests):
        rows = slice(number * PART, (number + 1) * PART)
        yield GeneratedFile(f"{place}{number}.json", partial(_part, shown, place, rows), (digest,))


def _part(shown: Callable[[str, slice], Iterable[Shown | None]], place: str, rows: slice) -> bytes:
    return script_json(list(shown(place, rows))).encode()


def _titles(publication: Publication, here: str, rows: slice) -> Iterator[Shown]:
    for policy in publication.policies[rows]:
        newest = policy.newest
        captured = capture_time.shown(newest.snapshot.captured)
        url = publication.addresses.relative(policy.url, here)
        yield captured, excerpt(newest.title, _EXCERPT), url, newest.language


def _topic(publication: Publication, topic: str) -> Iterator[GeneratedFile]:
    def length(policy: Policy) -> int:
        found = policy.newest.findings.get(topic)
        return found.words if found else 0

    def possible(policy: Policy) -> str:
        found = policy.newest.findings.get(topic)
        return "" if found is None else "yes" if found.score < SURE else "no"

    place = f"{topic_place(topic)}rows/"
    for name, value in (("length", length), ("possible", possible)):
        made = partial(_column, publication.policies, value)
        yield GeneratedFile(f"{place}{name}.json", made, (publication.answers(topic),))
    yield from _parts(place, publication.answer_parts(topic), partial(_quotes, publication, topic))


def _quotes(publication: Publication, topic: str, here: str, rows: slice) -> Iterator[Shown | None]:
    for policy in publication.policies[rows]:
        newest = policy.newest
        found = newest.findings.get(topic)
        if found is None:
            yield None
            continue
        captured = capture_time.shown(newest.snapshot.captured)
        url = publication.addresses.relative(snapshot_place(policy, newest), here, found.block)
        yield captured, excerpt(found.text, _EXCERPT), url, newest.language


def _changes(publication: Publication) -> Iterator[GeneratedFile]:
    steps = publication.newest_changes
    digests = [
        _digest(publication, steps[first : first + PART]) for first in range(0, len(steps), PART)
    ]
    columns: dict[str, Callable[[tuple[Policy, Step]], object]] = {
        "site": lambda it: _name(it[0]),
        "captured": lambda it: _day(it[1].after.snapshot.captured),
        "words": lambda it: it[1].summary.added + it[1].summary.removed,
    }
    if len(publication.kinds) > 1:
        columns["kind"] = lambda it: kind_name(it[0].kind)
    for name, value in columns.items():
        yield GeneratedFile(
            f"{_CHANGES}{name}.json", partial(_column, steps, value), tuple(digests)
        )
    yield from _parts(_CHANGES, digests, partial(_sizes, publication, steps))


def _digest(publication: Publication, steps: Sequence[tuple[Policy, Step]]) -> str:
    rows = [
        (policy.url, policy.site, step.segment, msgspec.to_builtins(step.summary))
        for policy, step in steps
    ]
    return hashlib.sha256(msgspec.msgpack.encode((rows, len(publication.kinds)))).hexdigest()


def _sizes(
    publication: Publication, steps: Sequence[tuple[Policy, Step]], here: str, rows: slice
) -> Iterator[Shown]:
    for policy, step in steps[rows]:
        captured = capture_time.shown(step.after.snapshot.captured)
        url = publication.addresses.relative(change_place(policy, step), here)
        yield captured, size(step.summary), url, "en"
