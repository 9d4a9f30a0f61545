"""Archived policies kept as files in a folder, whatever its layout."""

import errno
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from policy_archive.model import Notice
from policy_archive.sources.forms import FORMS, form
from policy_archive.sources.provenance import Claims

_JUST_NOW = 2.0
"""Seconds that a coarse file system may take for one moment."""

_REMEDY = "take it out of the archive, or name it under `exclude_docs`"


@dataclass(frozen=True, slots=True)
class Source:
    """The untouched bytes of one snapshot, and where they are."""

    path: str
    """POSIX path as shown, e.g. `policies/softorino.com.md`."""
    file: Path
    """Where the bytes are."""
    revision: str = ""
    """The commit, for a version in a repository."""
    order: int = 0
    """Decides between snapshots of one moment, before anything else does."""
    technical: bool = False
    """Recorded because the archive's own tools had changed, not the site."""
    problem: Notice | None = None
    """Why it is not read, be it as a doubt; it then stands among the sources to be named alone."""

    @property
    def name(self) -> str:
        """Tells this source from all others of the archive."""
        return f"{self.path}@{self.revision[:12]}" if self.revision else self.path

    def read(self) -> bytes:
        """The bytes as archived.

        Raises:
            OSError: they cannot be read.
        """
        return self.file.read_bytes()

    def fingerprint(self) -> bytes:
        """All that a result depends on, with the path and the settings.

        Raises:
            OSError: it cannot be told.
        """
        return self.read()

    def stamp(self) -> str:
        """What tells without reading whether the bytes are as they were: size, times, inode.

        Empty where the file was written just now: it may be again, and bear the same time.

        Raises:
            OSError: it cannot be told.
        """
        found = self.file.stat()
        if abs(time.time() - found.st_mtime) < _JUST_NOW:
            return ""
        return f"{found.st_size} {found.st_mtime_ns} {found.st_ctime_ns} {found.st_ino}"

    def claims(self) -> Claims | None:
        """What is known of the text's provenance from outside of it."""
        return None

    def keeps(self, kind: str, captured: str, language: str) -> bool:
        """Whether the maintainer wants a snapshot of this kind, moment and language."""
        return True


def find(
    folder: Path, root: Path, excluded: Callable[[str], bool] = lambda path: False
) -> list[Source]:
    """Every archived text below `folder`, by path; `root` is what paths are shown relative to.

    Hidden files and folders are left out, and files whose shown path is `excluded`. What cannot be
    walked, and every file that is not read, is a source with a problem: one of them never hides
    the others. A file named itself is taken whatever its ending.
    """
    if folder.is_file():
        return [Source(_shown(folder, root), folder)]
    found = []
    for place, problem in _walk(str(folder), os.path.realpath(folder)):
        path = _shown(Path(place), root)
        # What cannot be opened may be a folder, which patterns such as `drafts/` name.
        if not excluded(path) and not (problem and excluded(f"{path}/")):
            found.append(Source(path, Path(place), problem=problem))
    return sorted(found, key=lambda source: source.path)


def _walk(folder: str, inside: str) -> Iterator[tuple[str, Notice | None]]:
    """Every file below `folder`, and every folder that cannot be opened, each with its problem.

    Links to folders are not followed: what they lead to is found where it lies. So the walk ends,
    however folders are linked to each other; and it takes a tree of any depth that the system does.
    """
    waiting = [folder]
    while waiting:
        folder = waiting.pop()
        try:
            with os.scandir(folder) as found:
                entries = [entry for entry in found if not entry.name.startswith(".")]
        except OSError as error:
            yield folder, _unreadable(f"the folder cannot be opened: {_said(error)}")
            continue
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                elif not (entry.is_symlink() and entry.is_dir() and _stays(entry, inside)):
                    yield entry.path, _problem(entry, inside)
            except OSError as error:
                yield entry.path, _unreadable(_said(error))


def _problem(entry: os.DirEntry[str], inside: str) -> Notice | None:
    """Why the file, or the link, is not read; None if it is."""
    if entry.is_symlink():
        try:
            os.path.realpath(entry.path, strict=True)
        except FileNotFoundError:
            target = _readable(str(Path(entry.path).readlink()))
            return _unreadable(f"the link leads to {target}, which does not exist")
        if not _stays(entry, inside):
            # An archive is foreign material: a link in it must not publish a private file.
            return _unreadable("the link leads out of the archive")
    if entry.is_file() and form(entry.name):
        return None
    endings = f"{', '.join(FORMS[:-1])} or {FORMS[-1]}"
    message = f"It is not read, since its name does not end in {endings}. Convert it, {_REMEDY}."
    return Notice("not-read", message, "problem")


def _stays(entry: os.DirEntry[str], inside: str) -> bool:
    target = os.path.realpath(entry.path)
    return target == inside or target.startswith(inside.rstrip(os.sep) + os.sep)


def _unreadable(reason: str) -> Notice:
    message = f"It could not be read ({reason}). See that it can be, {_REMEDY}."
    return Notice("unreadable", message, "problem")


def _said(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "its links lead to each other"
    return error.strerror or type(error).__name__


def _shown(file: Path, root: Path) -> str:
    try:
        path = file.relative_to(root)
    except ValueError:
        path = file
    return _readable(path.as_posix())


def _readable(name: str) -> str:
    r"""A file's name as text: they are bytes on POSIX, and what is not UTF-8 is shown as `\xe9`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace")
