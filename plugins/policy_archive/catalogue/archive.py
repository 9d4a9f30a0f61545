"""Policies, and their snapshots in time order: what is known of each without its text.

Nothing here depends on the order of sources. Captures archived in several forms become one entry.
Other files that claim one identity are all kept, numbered, and reported as problems, unless they
lie in parallel folders under one name.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from policy_archive.analysis import speaking
from policy_archive.catalogue.published.addresses import (
    capture_segments,
    policy_folder,
)
from policy_archive.catalogue.published.lock import Capture, Published
from policy_archive.model import Notice, Snapshot
from policy_archive.sources.files import Source
from policy_archive.sources.forms import form, rank
from policy_archive.sources.provenance import path as file_path

_NAMED = 3
"""How many others a report of a duplicate names."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A snapshot, and where it stands in the archive."""

    snapshot: Snapshot
    title: str
    language: str
    words: int
    blocks: int
    """Blocks that the labeller read."""
    sha256: str
    checked: bool
    notices: tuple[Notice, ...]
    segment: str = ""
    """The last segment of its URL: `20140521173313`, `20190516`, `undated-1a2b3c4d`, `…-2`."""
    source: Source = field(kw_only=True)
    key: str = field(kw_only=True)
    """Where the whole record is kept."""
    corrections: str = ""
    """Digest of what people have corrected of its labels."""
    also: tuple[Source, ...] = ()
    """The same capture in other forms."""

    @property
    def result(self) -> tuple[str, str]:
        """Equal where all that is known of the text is."""
        return self.key, self.corrections

    @property
    def doubtful(self) -> bool:
        """Whether readers should be told of a doubt."""
        return speaking.is_doubtful(notice.code for notice in self.notices)


@dataclass(frozen=True, slots=True)
class Policy:
    """All snapshots of one document of one site, oldest first, undated ones last."""

    site: str
    site_id: str
    """The site as a URL segment."""
    kind: str
    entries: tuple[Entry, ...]

    @property
    def newest(self) -> Entry:
        """The last dated snapshot, or the last one when none is dated."""
        last = self.entries[-1]
        if last.snapshot.captured:
            return last
        dated = (entry for entry in reversed(self.entries) if entry.snapshot.captured)
        return next(dated, last)

    @property
    def faults(self) -> Sequence[str]:
        """Why each of its dated snapshots cannot speak for it (see `analysis.speaking`)."""
        dated = (entry for entry in self.entries if entry.snapshot.captured)
        return speaking.faults(
            speaking.Capture(
                frozenset(it.code for it in entry.notices), entry.language, entry.words
            )
            for entry in dated
        )

    @property
    def speaking(self) -> Entry:
        """The snapshot by which the policy is quoted: the newest one that is sound."""
        sound = [
            entry for entry, fault in zip(self.entries, self.faults, strict=False) if not fault
        ]
        return sound[-1] if sound else self.newest

    @property
    def listed(self) -> tuple[str, str, str, str, str]:
        """What listings say of it besides its findings."""
        newest = self.newest
        return self.url, self.site, newest.segment, newest.snapshot.captured, newest.language

    @property
    def url(self) -> str:
        """The policy's address below the site's root."""
        return f"policies/{policy_folder(self.site_id, self.kind)}"


def in_time(
    folder: str, entries: Iterable[Entry], published: Published, captures: dict[str, Capture]
) -> Iterator[Entry]:
    """The entries of the policy in `folder`, in time order, each with its segment.

    Those that only a list can tell again are added to `captures`.
    """
    moments: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(entries, key=_by_claim):
        moments[_moment(entry)].append(entry)
    for moment, same in moments.items():
        kept = _one_form(same)
        owners = [_capture(entry) for entry in kept]
        segments = capture_segments(folder, moment, owners, published)
        only_a_day = len(kept[0].snapshot.captured) == 8 and not kept[0].source.revision
        if len(kept) > 1 or only_a_day or f"{folder}{moment}" in captures:
            captures.update(zip((f"{folder}{it}" for it in segments), owners, strict=True))
        placed = [replace(it, segment=own) for it, own in zip(kept, segments, strict=True)]
        yield from sorted(placed, key=_in_moment)


def _by_claim(entry: Entry) -> tuple[object, ...]:
    captured = entry.snapshot.captured
    digest = entry.sha256 if captured else ""
    return not captured, captured, entry.source.order, digest, entry.source.path


def _in_moment(entry: Entry) -> tuple[int, int, str]:
    # A repository's own order is that of time; of two files nobody knows it.
    return entry.source.order, len(entry.segment), entry.segment


def _moment(entry: Entry) -> str:
    return entry.snapshot.captured or f"undated-{entry.sha256[:8]}"


def _capture(entry: Entry) -> Capture:
    """What it is known again by; its file in any form."""
    path = entry.source.path
    return Capture(
        entry.sha256[:16], path.removesuffix(form(path)) + entry.source.name[len(path) :]
    )


def _one_form(same: list[Entry]) -> list[Entry]:
    """Of each dated capture that is there in several forms, the first of `forms.FORMS`.

    Two files are forms of one capture if they lie beside each other under one name, or hold the
    same bytes. What they claim of themselves does not count: anything else might be another's text.
    """
    if len(same) < 2 or not same[0].snapshot.captured:
        return same
    beside = _folded(same, lambda it: _capture(it).path)
    return _folded(beside, lambda it: it.sha256)


def _folded(entries: Iterable[Entry], key: Callable[[Entry], str]) -> list[Entry]:
    groups: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[key(entry)].append(entry)
    kept = []
    for group in groups.values():
        first, *rest = sorted(group, key=lambda it: rank(it.source.path))
        best = rank(first.source.path)
        others = [it for it in rest if rank(it.source.path) != best]
        also = (*first.also, *(source for it in others for source in (it.source, *it.also)))
        kept += [replace(first, also=also), *(it for it in rest if rank(it.source.path) == best)]
    return sorted(kept, key=_by_claim)


def duplicates(entries: Iterable[Entry]) -> Iterator[tuple[Entry, Notice]]:
    """A problem for each of several files that claim one second.

    A repository may well record two versions in one, and a day has room for many. Nor is it one
    where files lie in parallel folders under one name: several crawls, or forms of a page, are as
    they are.
    """
    for _, group in groupby(entries, key=_moment):
        same = list(group)
        if len(same) > 1 and len(same[0].snapshot.captured) != 8:
            files = [it for it in same if not it.source.revision]
            if _parallel(files):
                continue
            yield from ((it, _duplicate(it, same)) for it in files)


def _parallel(files: Sequence[Entry]) -> bool:
    """Whether all have one name, and the places of all say whose capture of when they are.

    What a file claims of itself does not count here: it may be another's text.
    """
    names = {file_path.stem(it.source.path) for it in files}
    told = [file_path.read(it.source.path) for it in files] if len(names) == 1 else []
    return bool(told) and all(
        (claims.site, claims.captured) == (it.snapshot.site, it.snapshot.captured)
        for claims, it in zip(told, files, strict=True)
    )


def _duplicate(entry: Entry, same: list[Entry]) -> Notice:
    others = [it.source.path for it in same[: _NAMED + 1] if it is not entry][:_NAMED]
    more = len(same) - 1 - len(others)
    return Notice(
        "duplicate-identity",
        f"claims the same site, kind and capture time as {', '.join(others)}"
        f"{f' and {more} more' if more else ''}; "
        "remove one, or give one its own `captured` or `kind` in front matter",
        "problem",
    )
