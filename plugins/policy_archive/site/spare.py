"""The pages of the site before last, most of which are right in the next one as well.

A build that puts a site in its place keeps what stood there. To link every page anew and to
remove every old one costs more than to look whether each is still what it should be.
"""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

Known = tuple[int, int]
"""When a file was modified, in nanoseconds, and its size: what tells versions of one page apart."""


class Spare:
    """The files in one folder of a site that is being built, until each is found right or not."""

    def __init__(self, site: Path, folder: str = "") -> None:
        """Look at `folder` in `site`; without one there is nothing to spare."""
        self._site = str(site)
        self._folders: list[str] = []
        self._files = dict(self._walk(folder)) if folder else {}

    def _walk(self, folder: str) -> Iterator[tuple[str, Known]]:
        self._folders.append(folder)
        with os.scandir(f"{self._site}/{folder}") as entries:
            for entry in entries:
                place = f"{folder}/{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    yield from self._walk(place)
                elif entry.is_file(follow_symlinks=False):
                    stat = entry.stat()
                    yield place, (stat.st_mtime_ns, stat.st_size)
                else:  # a link, which none of ours is
                    os.unlink(entry.path)  # noqa: PTH108  (a path of the scan, as text)

    def holds(self, place: str, known: Known | None) -> bool:
        """Whether the file at `place` is the one that is `known`; another one is removed."""
        found = self._files.pop(place, None)
        if found is not None and found != known:
            self._remove(place)
        return found is not None and found == known

    def clear(self) -> None:
        """Remove every file that nobody has asked for, and the folders that it leaves empty."""
        for place in self._files:
            self._remove(place)
        # A folder with what a plugin has put there, or with pages, stays.
        for folder in reversed(self._folders if self._files else []):
            with contextlib.suppress(OSError):
                os.rmdir(f"{self._site}/{folder}")  # noqa: PTH106
        self._files = {}

    def _remove(self, place: str) -> None:
        os.unlink(f"{self._site}/{place}")  # noqa: PTH108
