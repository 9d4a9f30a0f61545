"""The archive's files in the folder where a site is being built; what stands there is not made.

A build begins with a second tree of the last site (`staging.py`), most of whose pages are right in
the next one as well. Which they are is known from an index: the cache key under which each was
written, and how its file looked then. What others have changed since, even with its time and size
kept, looks different (the file system's own change time cannot be set), and is made anew.
"""

import contextlib
import hashlib
import logging
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

log = logging.getLogger("mkdocs.plugins.policy_archive")

_VERSION = 1


class Written(NamedTuple):
    """A file of ours as it was left."""

    key: str
    """Digest of all that it depends on."""
    look: tuple[int, int, int, int, int]
    """Size, modification and change time in nanoseconds, inode, mode."""
    search: bytes | None
    """Its entries in the theme's search indexes, as JSON."""


class Index(msgspec.Struct, array_like=True):
    """Every file of ours in one tree, by its place below the site's root."""

    version: int
    files: dict[str, Written]


def load(path: Path) -> dict[str, Written]:
    """The index kept at `path`; empty where there is none, or it is damaged or of another form."""
    try:
        data = path.read_bytes()
        digest, packed = data[:32], data[32:]
        if hashlib.sha256(packed).digest() != digest:
            raise ValueError("checksum")
        index = msgspec.msgpack.decode(packed, type=Index)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, msgspec.MsgspecError) as error:
        log.info("%s: damaged, so that all pages are written anew (%s)", path, error)
        return {}
    return index.files if index.version == _VERSION else {}


def save(path: Path, files: dict[str, Written]) -> None:
    """Keep an index; what cannot be kept costs time in the next build."""
    packed = msgspec.msgpack.encode(Index(_VERSION, files))
    try:
        path.write_bytes(hashlib.sha256(packed).digest() + packed)
    except OSError as error:
        log.info("%s: pages are written anew next time (%s)", path, error)
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


class Tree:
    """The folder of a site under way. Only what is known to be as we left it stays in it."""

    def __init__(self, folder: Path, known: dict[str, Written]) -> None:
        """Look through `folder`; every other file is removed."""
        self._folder = str(folder)
        mask = _umask()
        self._mode, self._folder_mode = 0o666 & ~mask, 0o777 & ~mask
        self._known = known
        self._right: dict[str, Written] = self._found() if known else {}
        self._used: dict[str, Written] = {}
        self._folders: set[str] = set()

    def _found(self) -> dict[str, Written]:
        """What stands there as it was left."""
        found: dict[str, Written] = {}
        folders = [""]
        for folder in folders:
            self._see_to_mode(f"{self._folder}/{folder}")
            with os.scandir(f"{self._folder}/{folder}") as entries:
                for entry in entries:
                    place = folder + entry.name
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(f"{place}/")
                        continue
                    written = self._known.get(place)
                    if written and written.look == _look(entry.stat(follow_symlinks=False)):
                        found[place] = written
                    else:
                        os.unlink(entry.path)  # noqa: PTH108
        self._remove_empty_of(folders, found)
        return found

    def _remove_empty_of(self, folders: Sequence[str], places: Iterable[str]) -> None:
        """Remove those of `folders`, parents first, that hold none of `places`."""
        used = {place[: place.rfind("/") + 1] for place in places}
        for folder in reversed(folders[1:]):
            if folder in used:
                used.add(folder[: folder.rfind("/", 0, -1) + 1])
            else:
                with contextlib.suppress(OSError):  # something stands in it
                    os.rmdir(f"{self._folder}/{folder}")  # noqa: PTH106

    def _see_to_mode(self, folder: str) -> None:
        """A folder that stays is as open as a new one would be."""
        mode = os.stat(folder).st_mode  # noqa: PTH116
        if mode & 0o777 != self._folder_mode:
            with contextlib.suppress(OSError):  # no such thing on this disk
                os.chmod(folder, mode & 0o7000 | self._folder_mode)  # noqa: PTH101

    @property
    def is_new(self) -> bool:
        """Whether nothing stood in it."""
        return not self._right

    def held(self, place: str, key: str) -> Written | None:
        """The file at `place`, if it was written under `key`, and stands there unchanged."""
        written = self._right.get(place)
        if written is None or written.key != key or written.look[4] & 0o777 != self._mode:
            return None
        self._used[place] = written
        return written

    def adopt(self, place: str, written: Written) -> None:
        """Note a file that a copy of this process has written."""
        self._used[place] = written

    def write(self, place: str, key: str, data: bytes, search: bytes | None = None) -> Written:
        """Write a file, and remember under which key."""
        path = self._path(place)
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)  # noqa: PTH108
        with open(path, "wb") as file:  # noqa: PTH123  (text paths cost a tenth of objects)
            file.write(data)
            file.flush()
            written = Written(key, _look(os.fstat(file.fileno())), search)
        self._used[place] = written
        return written

    def _path(self, place: str) -> str:
        folder = place.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(f"{self._folder}/{folder}", exist_ok=True)  # noqa: PTH103
            self._folders.add(folder)
        return f"{self._folder}/{place}"

    def finish(self) -> dict[str, Written]:
        """Remove what nobody has asked for, and return the index of all that was."""
        for place in self._right.keys() - self._used.keys():
            path = Path(self._folder, place)
            with contextlib.suppress(OSError):
                # A page of another hand may have been written over ours in the meantime.
                if _look(path.stat(follow_symlinks=False)) == self._right[place].look:
                    path.unlink()
                    self._remove_empty(path.parent)
        return self._used

    def _remove_empty(self, folder: Path) -> None:
        root = Path(self._folder)
        with contextlib.suppress(OSError):
            while folder != root:
                folder.rmdir()
                folder = folder.parent


def _look(stat: os.stat_result) -> tuple[int, int, int, int, int]:
    return stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino, stat.st_mode


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
