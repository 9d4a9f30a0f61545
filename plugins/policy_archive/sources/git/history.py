"""Versions of policies in a git repository: which commit recorded which text, of whom, and when.

Two layouts name what a path stands for: Open Terms Archive's `<Service>/<Terms type>.md`, where
the commit's date is the record's, and the Princeton-Leuven corpus' `s/so/sof/softorino.com.md`,
where the text's own header says more than the commit. Any other repository is read like a folder,
with the commit's date for texts that name none.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

import msgspec

from policy_archive.sources.files import Source
from policy_archive.sources.forms import form, rank
from policy_archive.sources.git import commit_message, objects
from policy_archive.sources.git.renames import renames
from policy_archive.sources.provenance import Claims
from policy_archive.sources.site_names import domain
from policy_archive.text.words import slug

_VERSION = 1
"""Of the stored list."""

_NOT_POLICIES = re.compile(
    r"(?:readme|licen[cs]e|copying|contributing|changelog|code.of.conduct|security|authors|notice)"
    r"(?:[._-][\w-]+)?",
    re.IGNORECASE,
)
"""Files at a repository's root that speak of the repository."""

_TERMS = re.compile(r"[A-Z][^/]*")


class Selection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which versions of a repository are wanted; everything where nothing is said."""

    branch: str = ""
    paths: tuple[str, ...] = ()
    """Globs; `*` also stands for slashes."""
    kinds: tuple[str, ...] = ()
    since: str = ""
    """`2019-06-01`: captured on that day or later."""
    until: str = ""
    languages: tuple[str, ...] = ()

    def admits(self, path: str) -> bool:
        """Whether the file at `path` is wanted at all."""
        return not self.paths or any(fnmatchcase(path, glob) for glob in self.paths)

    def keeps(self, kind: str, captured: str, language: str = "und") -> bool:
        """Whether a snapshot is wanted; one without a date is, unless a date is asked for."""
        day = captured[:8]
        return (
            (not self.kinds or kind in self.kinds)
            and (not self.languages or language in (*self.languages, "und"))
            and (not self.since or day >= self.since.replace("-", ""))
            and (not self.until or (bool(day) and day <= self.until.replace("-", "")))
        )


_EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class Version(Source):
    """The bytes that one commit left at one path; `file` is the repository's object store."""

    blob: str = ""
    site: str = ""
    """The service's name, where the layout gives one."""
    kind: str = ""
    captured: str = ""
    original_url: str = ""
    memento_url: str = ""
    selection: Selection = _EVERYTHING

    def read(self) -> bytes:
        """The bytes as committed."""
        return objects.blobs(self.file).read(self.blob)

    def fingerprint(self) -> bytes:
        """Blob and commit name what there is to know; nothing is read."""
        said = (self.blob, self.revision, self.site, self.kind, self.captured, self.technical)
        return repr((*said, self.original_url, self.memento_url)).encode()

    def claims(self) -> Claims:
        """What the commit says of the text."""
        claims = Claims("the commit", site=self.site, captured=self.captured, kind=self.kind)
        if self.original_url:
            claims.say_original(self.original_url, 1)
        if self.memento_url:
            claims.say_memento(self.memento_url, 1)
        return claims

    def keeps(self, kind: str, captured: str, language: str) -> bool:
        """Whether the maintainer's selection wants it, now that it has been read."""
        return self.selection.keeps(kind, captured, language)


class _Known(msgspec.Struct, array_like=True):
    """One version as the list keeps it; `line` tells which file's history it belongs to."""

    path: str
    blob: str
    revision: str
    captured: str
    technical: bool
    line: int
    original_url: str = ""
    memento_url: str = ""


class _History(msgspec.Struct):
    """Every version up to `tip`, and what is needed to go on from there."""

    tip: str = ""
    versions: list[_Known] = msgspec.field(default_factory=list)
    lines: dict[str, int] = msgspec.field(default_factory=dict)
    """Paths to the histories that they are the present end of."""
    names: list[str] = msgspec.field(default_factory=list)
    """The newest path of each history."""
    version: int = _VERSION


def find(path: Path, selection: Selection = _EVERYTHING, kept: Path | None = None) -> list[Version]:
    """Every version in the repository at `path`, parents first.

    With `kept`, a file, the list is remembered there, and only new commits are looked at.

    Raises:
        GitError: `path` is no repository, or has no such branch.
    """
    folder = objects.git_dir(path)
    if folder is None:
        raise objects.GitError(f"{path}: not the root of a git repository")
    folder = folder.resolve()
    tip = objects.resolve(folder, selection.branch)
    history = _remembered(kept)
    if history.tip and not objects.is_ancestor(folder, history.tip, tip):
        history = _History()  # rewritten
    if history.tip != tip:
        for commit in objects.log(folder, tip, history.tip):
            _add(history, commit, folder)
        history.tip = tip
        _remember(kept, history)
    return list(_versions(history, folder, selection))


def _remembered(kept: Path | None) -> _History:
    if kept is None or not kept.is_file():
        return _History()
    try:
        history = msgspec.msgpack.decode(kept.read_bytes(), type=_History)
    except (OSError, msgspec.MsgspecError):
        return _History()
    return history if history.version == _VERSION else _History()


def _remember(kept: Path | None, history: _History) -> None:
    if kept is None:
        return
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        partial = kept.with_suffix(".partial")
        partial.write_bytes(msgspec.msgpack.encode(history))
        partial.replace(kept)
    except OSError:  # a cache that cannot be written costs time only
        return


def _add(history: _History, commit: objects.Commit, folder: Path) -> None:
    files = [file for file in commit.files if _is_policy(file.path)]
    renamed = renames(files, folder)
    for file in files:
        if not file.blob:
            continue
        old = renamed.get(file.path)
        if old is not None:
            line = history.lines.pop(old.path, -1)
            if line >= 0:
                history.lines[file.path] = line
                history.names[line] = file.path
            if old.before == file.blob:
                continue  # the same text under another name is no new version
        line = history.lines.setdefault(file.path, len(history.names))
        if line == len(history.names):
            history.names.append(file.path)
        history.versions.append(_known(file, commit, line))


def _known(file: objects.Touched, commit: objects.Commit, line: int) -> _Known:
    said = commit_message.claims(commit.message)
    return _Known(
        path=file.path,
        blob=file.blob,
        revision=commit.id,
        captured=said.captured or f"{datetime.fromtimestamp(commit.time, UTC):%Y%m%d%H%M%S}",
        technical=commit_message.is_technical(commit.message),
        line=line,
        original_url=said.original.url,
        memento_url=said.memento.memento_url,
    )


def _is_policy(path: str) -> bool:
    place = PurePosixPath(path)
    if not form(path) or any(part.startswith(".") for part in place.parts):
        return False
    return len(place.parts) > 1 or not _NOT_POLICIES.fullmatch(place.stem)


def _versions(history: _History, folder: Path, selection: Selection) -> Iterator[Version]:
    for order, known in enumerate(history.versions):
        newest = history.names[known.line]
        if not selection.admits(known.path) and not selection.admits(newest):
            continue
        site, kind = _named(newest)
        if site and not selection.keeps(kind, known.captured):
            continue
        yield Version(
            path=known.path,
            file=folder,
            revision=known.revision,
            order=order,
            blob=known.blob,
            site=site or domain(PurePosixPath(newest).stem),
            kind=kind,
            captured=known.captured,
            technical=known.technical,
            original_url=known.original_url,
            memento_url=known.memento_url,
            selection=selection,
        )


def _named(path: str) -> tuple[str, str]:
    """Service and kind, where the path has Open Terms Archive's form; else nothing."""
    place = PurePosixPath(path)
    if len(place.parts) != 2 or domain(place.stem) or not _TERMS.fullmatch(place.stem):
        return "", ""
    return place.parts[0], slug(place.stem)


def one_form(versions: Iterable[Version]) -> list[Version]:
    """`versions` without those that stand beside a better form of the same commit's capture."""
    best: dict[tuple[str, str], Version] = {}
    for version in versions:
        key = (version.revision, str(PurePosixPath(version.path).with_suffix("")))
        other = best.get(key)
        if other is None or rank(version.path) < rank(other.path):
            best[key] = version
    return list(best.values())
