"""The archive as a whole: policies, their snapshots in time order, and what each one says.

Holds summaries only: the text of a snapshot is read again from the store when a page needs it, so
that memory grows by a summary a snapshot and not by a document.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields

from policy_archive.catalogue.summary import Summary
from policy_archive.model import PRIVACY_POLICY, Notice, Record
from policy_archive.sources.files import Source
from policy_archive.text.words import Distinct
from policy_archive.topics.taxonomy import Taxonomy

FORMS = (".md", ".markdown", ".html", ".htm", ".txt", ".text")
"""Which file stands for a capture that is archived in several forms: the first of these."""


@dataclass(frozen=True, slots=True)
class Entry(Summary):
    """A summary that has found its place in the archive."""

    segment: str = ""
    """The last segment of its URL: `20140521173313`, `20190516`, `undated-1a2b3c4d`, `…-2`."""
    source: Source = field(kw_only=True)
    key: str = field(kw_only=True)
    """Where the store keeps the whole record."""
    also: tuple[Source, ...] = ()
    """The same capture in other forms."""

    @property
    def doubtful(self) -> bool:
        """Whether readers should be told of a doubt."""
        return bool(self.notices)


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
    def listed(self) -> tuple[str, str, str, str, str]:
        """What listings say of it besides its findings."""
        newest = self.newest
        return self.url, self.site, newest.segment, newest.snapshot.captured, newest.language

    @property
    def url(self) -> str:
        """The policy's address below the site's root."""
        kind = "" if self.kind == PRIVACY_POLICY else f"{self.kind}/"
        return f"policies/{self.site_id}/{kind}"


@dataclass(frozen=True, slots=True)
class Archive:
    """Every policy, by site and kind, and the way back to the texts."""

    policies: tuple[Policy, ...]
    taxonomy: Taxonomy
    notices: tuple[tuple[str, Notice], ...]
    """Path and notice: every doubt and problem, those of unreadable files too."""
    load: Callable[[Entry], Record]
    corrections: Callable[[str], str] = lambda site: ""
    """Names what people have corrected of a site's labels."""

    def record(self, entry: Entry) -> Record:
        """The whole record of a snapshot."""
        return self.load(entry)

    def result(self, entry: Entry) -> tuple[str, str]:
        """Names all that is known of a snapshot: where it is equal, so is the record."""
        return entry.key, self.corrections(entry.snapshot.site)

    def source_bytes(self, entry: Entry) -> bytes:
        """The archived bytes as they are."""
        return entry.source.read()


def site_id(site: str) -> str:
    """A site (domain or service name) as a URL segment; never `page`, which listings use."""
    name = re.sub(r"[^\w.]+", "-", site.casefold()).strip("-._") or "site"
    return "page-" if name == "page" else name


def arrange(
    summaries: Iterable[tuple[Summary, Source, str]],
) -> tuple[tuple[Policy, ...], list[tuple[str, Notice]]]:
    """Group summaries (with source and store key) into policies; order never depends on input.

    Captures archived in several forms become one entry. Files of one form that claim one identity
    are all kept, numbered, and reported as problems.
    """
    groups: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for summary, source, key in summaries:
        values = {f.name: getattr(summary, f.name) for f in fields(Summary)}
        entry = Entry(**values, source=source, key=key)
        groups[summary.snapshot.site, summary.snapshot.kind].append(entry)
    notices: list[tuple[str, Notice]] = []
    ids = _site_ids(site for site, _ in groups)
    policies = [
        Policy(site, ids[site], kind, _in_time(entries, notices))
        for (site, kind), entries in groups.items()
    ]
    policies.sort(key=lambda policy: (policy.site_id, policy.kind))
    return tuple(policies), notices


def _site_ids(sites: Iterable[str]) -> dict[str, str]:
    distinct = Distinct()
    return {site: distinct(site_id(site)) for site in sorted(set(sites))}


def _in_time(entries: list[Entry], notices: list[tuple[str, Notice]]) -> tuple[Entry, ...]:
    ordered = sorted(
        entries,
        key=lambda entry: (
            not entry.snapshot.captured,
            entry.snapshot.captured,
            entry.source.order,
            entry.source.path,
        ),
    )
    moments: dict[str, list[Entry]] = defaultdict(list)
    for entry in ordered:
        moments[_segment(entry)].append(entry)
    distinct = Distinct()
    placed = []
    for segment, same in moments.items():
        kept = _one_form(same)
        for entry in kept:
            # A repository may well record two versions in one second; two files are a mistake.
            mistaken = len(kept) > 1 and len(entry.snapshot.captured) != 8
            if mistaken and not entry.source.revision:
                notices.append((entry.source.path, _duplicate(entry, kept)))
            placed.append(_replace(entry, segment=distinct(segment)))
    return tuple(placed)


def _segment(entry: Entry) -> str:
    return entry.snapshot.captured or f"undated-{entry.sha256[:8]}"


def _one_form(same: list[Entry]) -> list[Entry]:
    """Fold `.md`, `.html` … of one dated capture into the first form of `FORMS`."""
    by_form: dict[str, list[Entry]] = defaultdict(list)
    for entry in same:
        suffix = entry.source.path[entry.source.path.rfind(".") :].lower()
        by_form[suffix].append(entry)
    if len(by_form) < 2 or not same[0].snapshot.captured:
        return same
    form = min(by_form, key=lambda suffix: FORMS.index(suffix) if suffix in FORMS else len(FORMS))
    others = tuple(entry.source for entry in same if entry not in by_form[form])
    first, *rest = by_form[form]
    return [_replace(first, also=others), *rest]


def _duplicate(entry: Entry, same: list[Entry]) -> Notice:
    others = ", ".join(e.source.path for e in same if e is not entry)
    return Notice(
        "duplicate-identity",
        f"claims the same site, kind and capture time as {others}; "
        "remove one, or give one its own `captured` or `kind` in front matter",
        "problem",
    )


def _replace(entry: Entry, **changes: object) -> Entry:
    values = {f.name: getattr(entry, f.name) for f in fields(Entry)}
    return Entry(**{**values, **changes})
