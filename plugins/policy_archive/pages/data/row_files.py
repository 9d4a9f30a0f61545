"""Rows of long listings as data files, so that filters and sorting reach every page.

A listing of several pages has them beside it: each value of all rows in a file of its own, in the
listing's order, and what is shown of a row in parts of which browsers fetch only those they show.
`parts.json` names the parts, with the number of rows in each. They are divided as pages are, so
that a row that comes or goes changes its own part.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import TypeVar

from policy_archive.catalogue.digests import digest
from policy_archive.catalogue.questions import answers, facts, listings, ranges, timeline
from policy_archive.catalogue.questions.listings import Listed, Range
from policy_archive.catalogue.questions.timeline import Changed
from policy_archive.catalogue.rows import excerpt
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import row_id, snapshot_place, topic_place
from policy_archive.pages.change_rows import size
from policy_archive.pages.data.files import GeneratedFile
from policy_archive.pages.kinds import kind_name
from policy_archive.pages.language import current
from policy_archive.pages.publication import Publication
from policy_archive.pages.script_json import script_json
from policy_archive.pages.types.changes import name_of
from policy_archive.topics.labeller import SURE

PART = 100
"""Rows that browsers fetch together, at most."""
_POLICIES, _CHANGES = "policies/rows/", "changes/rows/"
_EXCERPT = 160

_Row = TypeVar("_Row")
Part = Sequence[tuple[bytes, str]]
"""Names of rows, and digests of what they show."""
Shown = tuple[str, str, str, str]
"""When captured, the words shown, where they lead (from the file itself), their language."""


def files(publication: Publication) -> Iterator[GeneratedFile]:
    """The data files of every listing that takes more than one page."""
    if len(publication.pages) > 1:
        yield from _of_policies(publication)
    if len(publication.change_pages()) > 1:
        yield from _of_changes(publication)


def _of_policies(publication: Publication) -> Iterator[GeneratedFile]:
    names = listings.names(publication.catalogue)
    parts = list(ranges.pages(names, PART))
    everything = (digest(names), *publication.kinds)
    pages = _pages(parts)
    rows = cache(lambda: list(listings.policies(publication.catalogue)))
    columns: dict[str, Callable[[Listed], object]] = {
        "site": _name,
        "captured": lambda policy: _day(policy.captured),
        "snapshots": lambda policy: policy.snapshots,
        "words": lambda policy: policy.words,
        "topics": lambda policy: policy.topics,
    }
    if len(publication.kinds) > 1:
        columns["kind"] = lambda policy: kind_name(policy.kind)
    for name, value in columns.items():
        yield GeneratedFile(f"{_POLICIES}{name}.json", partial(_column, rows, value), everything)
    counts = [(page.name, len(part)) for page, part in zip(pages, parts, strict=True)]
    yield _parts_file(_POLICIES, counts)
    for page, part in zip(pages, parts, strict=True):
        place = f"{_POLICIES}parts/{page.name}.json"
        yield _part(place, part, partial(_titles, publication, page))
    for topic, _ in publication.context.topics:
        yield from _of_topic(publication, topic, everything, list(zip(pages, parts, strict=True)))


def _pages(parts: Sequence[Part]) -> list[Range]:
    firsts = [part[0][0] for part in parts]
    ends = [*firsts[1:], None]
    return [
        Range(number, listings.row(first), first, end)
        for number, (first, end) in enumerate(zip(firsts, ends, strict=True), 2)
    ]


def _of_topic(
    publication: Publication,
    topic: str,
    everything: tuple[str, ...],
    parts: Sequence[tuple[Range, Part]],
) -> Iterator[GeneratedFile]:
    place = f"{topic_place(topic)}rows/"
    rows = cache(lambda: list(answers.lengths(publication.catalogue, topic)))
    yield GeneratedFile(
        f"{place}length.json", partial(_column, rows, lambda it: it[0] or 0), everything
    )
    yield GeneratedFile(f"{place}possible.json", partial(_column, rows, _possible), everything)
    for name in facts.names_of(topic):
        least = cache(lambda name=name: list(facts.least(publication.catalogue, name)))
        yield GeneratedFile(f"{place}{name}.json", partial(_column, least, _same), everything)
    for page, part in parts:
        name = f"{place}parts/{page.name}.json"
        yield _part(name, part, partial(_quotes, publication, topic, page))


def _same(value: float | None) -> float | None:
    return value


def _possible(found: tuple[int | None, float | None]) -> str:
    return "" if found[1] is None else "yes" if found[1] < SURE else "no"


def _of_changes(publication: Publication) -> Iterator[GeneratedFile]:
    parts = list(ranges.pages(publication.changes, PART))
    everything = (digest(publication.changes), *publication.kinds)
    count = len(publication.changes)
    rows = cache(lambda: list(timeline.changes_from(publication.catalogue, 0, count)))
    columns: dict[str, Callable[[Changed], object]] = {
        "site": _name,
        "captured": lambda change: _day(change.captured),
        "words": lambda change: change.summary.added + change.summary.removed,
        "topics": lambda change: " ".join(it.topic for it in change.summary.topics),
    }
    if len(publication.kinds) > 1:
        columns["kind"] = lambda change: kind_name(change.kind)
    for name, value in columns.items():
        yield GeneratedFile(f"{_CHANGES}{name}.json", partial(_column, rows, value), everything)
    counts = [(name_of(part[0][0]), len(part)) for part in parts]
    yield _parts_file(_CHANGES, counts)
    first = 0
    for part, (name, _) in zip(parts, counts, strict=True):
        made = partial(_sizes, publication, first, len(part))
        yield _part(f"{_CHANGES}parts/{name}.json", part, made)
        first += len(part)


def _parts_file(place: str, counts: Sequence[tuple[str, int]]) -> GeneratedFile:
    return GeneratedFile(f"{place}parts.json", lambda: script_json(counts).encode())


def _part(place: str, part: Part, shown: Callable[[str], Iterable[Shown | None]]) -> GeneratedFile:
    return GeneratedFile(
        place, lambda: script_json(list(shown(place))).encode(), tuple(it for _, it in part)
    )


def _name(row: Listed | Changed) -> object:
    """The site; with the id of its row where that is another."""
    id = row_id(row.url)
    return row.site if row.site == id else (row.site, id)


def _day(captured: str) -> int | None:
    return int(captured[:8]) if captured else None


def _column(rows: Callable[[], Sequence[_Row]], value: Callable[[_Row], object]) -> bytes:
    return script_json([value(row) for row in rows()]).encode()


def _titles(publication: Publication, page: Range, here: str) -> Iterator[Shown]:
    for policy in listings.policies(publication.catalogue, page):
        url = publication.addresses.relative(policy.url, here)
        captured = capture_time.shown(policy.captured)
        yield captured, excerpt(policy.title, _EXCERPT), url, policy.language


def _quotes(publication: Publication, topic: str, page: Range, here: str) -> Iterator[Shown | None]:
    found = answers.quotes(publication.catalogue, topic, page)
    for policy in listings.policies(publication.catalogue, page):
        if policy.snapshot not in found:
            yield None
            continue
        block, text = found[policy.snapshot]
        place = snapshot_place(policy.url, policy.segment)
        url = publication.addresses.relative(place, here, block)
        yield capture_time.shown(policy.captured), excerpt(text, _EXCERPT), url, policy.language


def _sizes(publication: Publication, first: int, count: int, here: str) -> Iterator[Shown]:
    for change in timeline.changes_from(publication.catalogue, first, count):
        url = publication.addresses.relative(change.place, here)
        yield capture_time.shown(change.captured), size(change.summary), url, current().code
