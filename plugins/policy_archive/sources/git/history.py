"""Versions of policies in a git repository: which commit recorded which text, of whom, and when.

Two layouts name what a path stands for: Open Terms Archive's `<Service>/<Terms type>.md`, where
the commit's date is the record's, and the Princeton-Leuven corpus' `s/so/sof/softorino.com.md`,
where the text's own header says more than the commit. Any other repository is read like a folder,
with the commit's date for texts that name none.
"""

import contextlib
import hashlib
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import msgspec

from policy_archive.model import Notice
from policy_archive.sources.files import Source
from policy_archive.sources.forms import form, rank
from policy_archive.sources.git import commit_message, objects, places
from policy_archive.sources.git.blobs import blobs
from policy_archive.sources.git.command import GitError
from policy_archive.sources.git.renames import renames
from policy_archive.sources.git.selection import Seen, Selection, idle
from policy_archive.sources.provenance import Claims
from policy_archive.sources.provenance import path as path_claims
from policy_archive.sources.provenance.generic_names import is_generic
from policy_archive.sources.site_names import domain, printed
from policy_archive.text.dates import timestamp
from policy_archive.text.words import slug

_VERSION = 3
"""Of the stored list."""

_DIGEST = 32
"""Bytes of the SHA-256 that a stored list begins with."""

_NOT_POLICIES = re.compile(
    r"(?:readme|licen[cs]e|copying|contributing|changelog|code.of.conduct|security|authors|notice)"
    r"(?:[._-][\w-]+)?",
    re.IGNORECASE,
)
"""Files at a repository's root that speak of the repository."""

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
    selection: Selection = _EVERYTHING

    def read(self) -> bytes:
        """The bytes as committed."""
        return blobs(self.file).read(self.blob)

    def fingerprint(self) -> bytes:
        """Blob and commit tell all there is to know; nothing is read."""
        said = (self.blob, self.revision, self.site, self.kind, self.captured, self.technical)
        return repr((*said, self.first_of_clone, self.original_url, self.memento_url)).encode()

    def stamp(self) -> str:
        """A version never changes."""
        return hashlib.sha256(self.fingerprint()).hexdigest()

    def claims(self) -> Claims:
        """What the commit says of the text."""
        claims = Claims("the commit", site=self.site, captured=self.captured, kind=self.kind)
        if self.original_url:
            claims.say_original(self.original_url, 1)
        if self.memento_url:
            claims.say_memento(self.memento_url, 1)
        if self.first_of_clone:
            claims.undated = (
                f"The clone is shallow, and {self.revision[:12]} the first commit that it has; so "
                "when the text was recorded is not known. Fetch the rest: git fetch --unshallow."
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


class _Known(msgspec.Struct, array_like=True):
    """One version as the list keeps it."""

    path: str
    blob: str
    revision: str
    captured: str
    technical: bool
    file: int
    """Which file's history it belongs to: a place in `_History.names`."""
    original_url: str = ""
    memento_url: str = ""


class _History(msgspec.Struct):
    """Every version up to `tip`, and what is needed to go on from there."""

    tip: str = ""
    boundary: list[str] = msgspec.field(default_factory=list)
    """The first commits, where the clone is shallow."""
    versions: list[_Known] = msgspec.field(default_factory=list)
    names: list[str] = msgspec.field(default_factory=list)
    """The newest path of each file."""
    present: dict[str, int] = msgspec.field(default_factory=dict)
    """Paths to the files that last stood there, as places in `names`."""
    version: int = _VERSION


def find(path: Path, selection: Selection = _EVERYTHING, kept: Path | None = None) -> list[Version]:
    """Every version in the repository at `path`, parents first.

    With `kept`, a file, the list is remembered there, and only new commits are looked at. Where a
    history is damaged, a last version with a problem stands for what could not be listed.

    Raises:
        GitError: `path` is no repository, or has no such branch.
    """
    folder = places.git_dir(path)
    if folder is None:
        raise GitError(f"{path}: not the root of a git repository")
    folder = folder.resolve()
    tip = objects.resolve(folder, selection.branch)
    boundary = places.boundary(folder)
    history = _remembered(kept)
    if history.boundary != boundary or (
        history.tip and not objects.is_on_main_line(folder, history.tip, tip)
    ):
        history = _History(boundary=boundary)  # rewritten, or deepened
    damage = []
    if history.tip != tip:
        try:
            for commit in objects.log(folder, tip, history.tip):
                _add(history, commit, folder)
            history.tip = tip
            _remember(kept, history)
        except GitError as error:
            mend = objects.WHOLE if objects.is_partial(folder) else "See `git fsck`."
            message = f"Not all of its history could be read: {error}. {mend}"
            problem = Notice("unreadable", message, "problem")
            damage = [Version(path.as_posix(), folder, problem=problem)]
    return [*_versions(history, folder, selection), *damage]


def unmatched(
    path: Path, selection: Selection, published: Iterable[Seen], kept: Path | None = None
) -> list[str]:
    """A sentence on each filter of `selection` that nothing in the repository at `path` passes.

    `published` are the kind, moment and language of what the archive has of it; `kept` as above.
    """
    if selection == Selection(selection.branch):
        return []
    listed = (it for it in find(path, Selection(selection.branch), kept) if not it.problem)
    return idle(
        selection,
        [Seen((it.path, it.current), it.kind, it.captured) for it in listed],
        list(published),
    )


def _remembered(kept: Path | None) -> _History:
    """The list that was kept; an empty one where there is none, or it is not as it was written."""
    try:
        data = kept.read_bytes() if kept else b""
        if hashlib.sha256(data[_DIGEST:]).digest() == data[:_DIGEST]:
            history = msgspec.msgpack.decode(data[_DIGEST:], type=_History)
            return history if history.version == _VERSION else _History()
    except (OSError, msgspec.MsgspecError):
        pass
    return _History()


def _remember(kept: Path | None, history: _History) -> None:
    if kept is None:
        return
    data = msgspec.msgpack.encode(history)
    partial = kept.with_name(f"{kept.name}.{os.getpid()}")
    with contextlib.suppress(OSError):  # a cache that cannot be written costs time only
        kept.parent.mkdir(parents=True, exist_ok=True)
        partial.write_bytes(hashlib.sha256(data).digest() + data)
        partial.replace(kept)
    with contextlib.suppress(OSError):
        partial.unlink(missing_ok=True)


def _add(history: _History, commit: objects.Commit, folder: Path) -> None:
    files = [file for file in commit.files if _is_policy(file.path)]
    renamed = renames(files, folder)
    said = commit_message.claims(commit.message)
    captured = said.captured or _moment(commit.time)
    if commit.id in history.boundary:
        captured = ""  # it holds what was recorded at any time before
    technical = commit_message.is_technical(commit.message)
    urls = said.original.url, said.memento.memento_url
    for file in files:
        if not file.blob:
            continue
        old = renamed.get(file.path)
        if old is not None:
            number = history.present.pop(old.path, -1)
            if number >= 0:
                history.present[file.path] = number
                history.names[number] = file.path
            if old.before == file.blob:
                continue  # the same text under another name is no new version
        number = history.present.setdefault(file.path, len(history.names))
        if number == len(history.names):
            history.names.append(file.path)
        history.versions.append(
            _Known(file.path, file.blob, commit.id, captured, technical, number, *urls)
        )


def _moment(seconds: int | None) -> str:
    """A commit's date as 14 digits (UTC); empty for one that no web page can have."""
    if seconds is None:
        return ""
    try:
        return timestamp(f"{datetime.fromtimestamp(seconds, UTC):%Y%m%d%H%M%S}")
    except (ValueError, OverflowError, OSError):  # beyond what the calendar, or the system, has
        return ""


def _is_policy(path: str) -> bool:
    place = PurePosixPath(path)
    if not form(path) or any(part.startswith(".") for part in place.parts):
        return False
    return len(place.parts) > 1 or not _NOT_POLICIES.fullmatch(place.stem)


def _versions(history: _History, folder: Path, selection: Selection) -> Iterator[Version]:
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
            selection=selection,
        )


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
        key = (version.revision, str(PurePosixPath(version.path).with_suffix("")))
        other = best.get(key)
        if other is None or rank(version.path) < rank(other.path):
            best[key] = version
    return list(best.values())
