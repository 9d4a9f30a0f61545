"""Versions of policies in a git repository: which commit recorded which text, of whom, and when.

Two layouts name what a path stands for: Open Terms Archive's `<Service>/<Terms type>.md`, where
the commit's date is the record's, and the Princeton-Leuven corpus' `s/so/sof/softorino.com.md`,
where the text's own header says more than the commit. Any other repository is read like a folder,
with the commit's date for texts that name none.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from policy_archive.model import Notice
from policy_archive.sources.files import Source
from policy_archive.sources.forms import rank
from policy_archive.sources.git import listing, objects, places
from policy_archive.sources.git.blobs import blobs
from policy_archive.sources.git.command import GitError, UnusableError
from policy_archive.sources.git.licence import licence
from policy_archive.sources.git.selection import Seen, Selection, idle
from policy_archive.sources.git.view import is_partial
from policy_archive.sources.provenance import Claims
from policy_archive.sources.provenance import path as path_claims
from policy_archive.sources.provenance.generic_names import is_generic
from policy_archive.sources.site_names import domain, printed
from policy_archive.text.words import slug

_TERMS = re.compile(r"[A-Z][^/]*")

_EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class Version(Source):
    """The bytes that one commit left at one path; `file` is the repository's object store."""

    blob: str = ""
    current: str = ""
    """Where the file stands now, if it was renamed since; else as `path`."""
    site: str = ""
    """The service's name or domain, where the layout gives one."""
    kind: str = ""
    first_of_clone: bool = False
    """Whether its commit is the first that a shallow clone has."""
    captured: str = ""
    """The moment of the commit or what its message says: 14 or 8 digits; empty: it has none."""
    original_url: str = ""
    memento_url: str = ""
    record_url: str = ""
    """The archive's own page of what it took the text from."""
    licence: str = ""
    """Of the archive."""
    selection: Selection = _EVERYTHING

    def read(self) -> bytes:
        """The bytes as committed."""
        return blobs(self.file).read(self.blob)

    def fingerprint(self) -> bytes:
        """Blob and commit tell all there is to know; nothing is read."""
        said = (self.blob, self.revision, self.site, self.kind, self.captured, self.technical)
        urls = (self.original_url, self.memento_url, self.record_url)
        return repr((*said, self.first_of_clone, *urls, self.licence)).encode()

    def stamp(self) -> str:
        """A version never changes."""
        return hashlib.sha256(self.fingerprint()).hexdigest()

    def claims(self) -> Claims:
        """What the commit says of the text."""
        claims = Claims("the commit", site=self.site, captured=self.captured, kind=self.kind)
        claims.record_url, claims.licence = self.record_url, self.licence
        if self.original_url:
            claims.say_original(self.original_url, 1)
        if self.memento_url:
            claims.say_memento(self.memento_url, 1)
        if self.first_of_clone:
            claims.undated = (
                f"Its commit, {self.revision[:12]}, is the first of a shallow clone, "
                "so that nothing says when it was captured."
            )
        elif not self.captured:
            message = (
                f"The date of the commit {self.revision[:12]} is none that a web page can have"
            )
            claims.doubt("bad-date", message, 1)
        return claims

    def keeps(self, kind: str, captured: str, language: str) -> bool:
        """Whether the maintainer's selection wants it, now that it has been read."""
        return self.selection.keeps(kind, captured, language)


def find(path: Path, selection: Selection = _EVERYTHING, kept: Path | None = None) -> list[Version]:
    """Every version in the repository at `path`, parents first.

    With `kept`, a file, the list is remembered there, and only new commits are looked at. Where a
    history is damaged, a last version with a problem stands for what could not be listed.

    Raises:
        UnusableError: `path` is no repository, or one that git cannot use.
        GitError: it has no such branch.
    """
    folder = places.git_dir(path)
    if folder is None:
        raise UnusableError(f"{path}: not the root of a git repository that can be used")
    folder = folder.resolve()
    tip = objects.resolve(folder, selection.branch)
    boundary = places.boundary(folder)
    history = listing.remembered(kept)
    every = selection.side_branches
    if history.boundary != boundary or (
        history.tip and not objects.leads_to(folder, history.tip, tip, side_branches=every)
    ):
        history = listing.History(boundary=boundary)  # rewritten, or deepened
    damage = []
    if history.tip != tip:
        try:
            seen = {(it.path, it.blob) for it in history.versions}
            for commit in objects.log(folder, tip, history.tip, side_branches=every):
                listing.add(history, commit, folder, seen)
            history.tip = tip
            history.unread = listing.unread(folder, tip)
            listing.remember(kept, history)
        except GitError as error:
            mend = objects.WHOLE if is_partial(folder) else "See `git fsck`."
            message = f"Not all of its history could be read: {error}. {mend}"
            problem = Notice("unreadable", message, "problem")
            damage = [Version(path.as_posix(), folder, problem=problem)]
    found = list(_versions(history, folder, selection, licence(folder, tip)))
    undated = sum(it.first_of_clone for it in found)
    return [*found, *_unread(history, folder, selection), *damage, *_shallow(path, undated)]


def unusable(path: Path, error: UnusableError) -> Version:
    """What stands for the repository at `path` where nothing of it can be read."""
    message = f"It could not be read ({error}). See `git fsck`, or take it out of the archive."
    return Version(path.as_posix(), path, problem=Notice("unreadable", message, "problem"))


def unmatched(
    path: Path, selection: Selection, published: Iterable[Seen], kept: Path | None = None
) -> list[str]:
    """A sentence on each filter of `selection` that nothing in the repository at `path` passes.

    `published` are the kind, moment and language of what the archive has of it; `kept` as above.
    """
    if selection == selection.history:
        return []
    listed = (it for it in find(path, selection.history, kept) if not it.problem)
    return idle(
        selection,
        [Seen((it.path, it.current), it.kind, it.captured) for it in listed],
        list(published),
    )


def _versions(
    history: listing.History, folder: Path, selection: Selection, licence: str
) -> Iterator[Version]:
    boundary = frozenset(history.boundary)
    for order, known in enumerate(history.versions):
        newest = history.names[known.file]
        if not selection.admits(known.path, newest):
            continue
        site, kind = _named(newest)
        if kind and not selection.keeps(kind, known.captured):
            continue
        yield Version(
            path=known.path,
            file=folder,
            revision=known.revision,
            order=order,
            technical=known.technical,
            blob=known.blob,
            current=newest,
            site=site,
            first_of_clone=known.revision in boundary,
            kind=kind,
            captured=known.captured,
            original_url=known.original_url,
            memento_url=known.memento_url,
            record_url=known.record_url,
            licence=licence,
            selection=selection,
        )


def _shallow(path: Path, undated: int) -> Iterator[Version]:
    """One doubt for all texts of which a shallow clone does not tell when they were recorded."""
    if undated:
        message = (
            "The clone is shallow: it has no older versions, and its commits do not say when "
            f"{undated:,} of its texts were recorded. Fetch the rest: git fetch --unshallow."
        )
        yield Version(path.as_posix(), path, problem=Notice("shallow-clone", message))


def _unread(history: listing.History, folder: Path, selection: Selection) -> Iterator[Version]:
    """What stands in the newest commit and is not read, each with a doubt that names it."""
    message = (
        "It is not read, since it is no file whose name ends as those of texts do. "
        "Name it under `exclude` if it is no document."
    )
    for path in history.unread:
        if selection.admits(path):
            doubt = Notice("not-read", message)
            yield Version(path=path, file=folder, revision=history.tip, problem=doubt)


def _named(path: str) -> tuple[str, str]:
    """Site and kind, where the path has a known layout; else nothing."""
    place = PurePosixPath(path)
    if (
        len(place.parts) == 2
        and _TERMS.fullmatch(place.stem)
        and not domain(place.stem)
        and not (is_generic(place.parts[0]) and place.parts[0].islower())
    ):
        return printed(place.parts[0]), slug(place.stem)
    claims = path_claims.read(path)
    return (claims.site, claims.kind) if claims.firm else ("", "")


def one_form(versions: Iterable[Version]) -> list[Version]:
    """`versions` without those that stand beside a better form of the same commit's capture."""
    best: dict[tuple[str, str], Version] = {}
    for version in versions:
        place = PurePosixPath(version.path)
        key = (version.revision, str(place if version.problem else place.with_suffix("")))
        other = best.get(key)
        if other is None or rank(version.path) < rank(other.path):
            best[key] = version
    return list(best.values())
