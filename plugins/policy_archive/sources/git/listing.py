"""The list of a repository's versions, as it is made of commits and kept from build to build."""

import contextlib
import hashlib
import os
import re
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import msgspec

from policy_archive.sources.forms import form
from policy_archive.sources.git import commit_message, objects
from policy_archive.sources.git.renames import renames
from policy_archive.sources.provenance import Claims
from policy_archive.text.dates import timestamp

_VERSION = 5
"""Of the stored list."""

_DIGEST = 32
"""Bytes of the SHA-256 that a stored list begins with."""

_NOT_POLICIES = re.compile(
    r"(?:readme|licen[cs]e|copying|contributing|changelog|code.of.conduct|security|authors|notice)"
    r"(?:[._-][\w-]+)?",
    re.IGNORECASE,
)
"""Files at a repository's root that speak of the repository."""


class Known(msgspec.Struct, array_like=True):
    """One version as the list keeps it."""

    path: str
    blob: str
    revision: str
    captured: str
    technical: bool
    file: int
    """Which file's history it belongs to: a place in `History.names`."""
    original_url: str = ""
    memento_url: str = ""
    record_url: str = ""


class History(msgspec.Struct):
    """Every version up to `tip`, and what is needed to go on from there."""

    tip: str = ""
    boundary: list[str] = msgspec.field(default_factory=list)
    """The first commits, where the clone is shallow."""
    versions: list[Known] = msgspec.field(default_factory=list)
    names: list[str] = msgspec.field(default_factory=list)
    """The newest path of each file."""
    present: dict[str, int] = msgspec.field(default_factory=dict)
    """Paths to the files that last stood there, as places in `names`."""
    unread: list[str] = msgspec.field(default_factory=list)
    """Paths at `tip`, below folders, of what is no text or no file."""
    version: int = _VERSION


def remembered(kept: Path | None) -> History:
    """The list that was kept; an empty one where there is none, or it is not as it was written."""
    try:
        data = kept.read_bytes() if kept else b""
        if hashlib.sha256(data[_DIGEST:]).digest() == data[:_DIGEST]:
            history = msgspec.msgpack.decode(data[_DIGEST:], type=History)
            return history if history.version == _VERSION else History()
    except (OSError, msgspec.MsgspecError):
        pass
    return History()


def remember(kept: Path | None, history: History) -> None:
    """Keep the list in the file `kept`, if there is to be one."""
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


def add(history: History, commit: objects.Commit, folder: Path, seen: set[tuple[str, str]]) -> None:
    """Add what a commit recorded; `seen` are the paths and blobs of all versions so far."""
    files = [file for file in commit.files if _is_policy(file.path)]
    renamed = renames(files, folder)
    if commit.id in history.boundary:
        said, captured = Claims("the commit"), ""  # it holds what others recorded before
    else:
        said = commit_message.claims(commit.message)
        captured = said.captured or _moment(commit.time)
    technical = commit_message.is_technical(commit.message)
    urls = said.original.url, said.memento.memento_url, said.record_url
    for file in files:
        if not file.blob:
            continue
        if commit.is_merge and (file.path, file.blob) in seen:
            continue  # on the side branch, if that was asked for
        seen.add((file.path, file.blob))
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
            Known(file.path, file.blob, commit.id, captured, technical, number, *urls)
        )


def unread(folder: Path, tip: str) -> list[str]:
    """Paths that stand below folders in the commit `tip`, and whose files are of no form."""
    found = (it for it in objects.standing(folder, tip, below=True) if "/" in it.path)
    return [
        it.path
        for it in found
        if not (it.is_file and form(it.path)) and not _is_hidden(PurePosixPath(it.path))
    ]


def _is_hidden(place: PurePosixPath) -> bool:
    return any(part.startswith(".") for part in place.parts)


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
    if not form(path) or _is_hidden(place):
        return False
    return len(place.parts) > 1 or not _NOT_POLICIES.fullmatch(place.stem)
