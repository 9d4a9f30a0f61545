"""A folder that others may write into as well.

A list of what was written stays in it, so that the next build removes what is no longer published,
and so that pages of another generator are told from ours: those are left alone.
"""

import json
import logging
from pathlib import Path, PurePosixPath

from policy_archive.errors import ProjectError
from policy_archive.pages.addresses import ASSETS

log = logging.getLogger("policy_archive")

WRITTEN = f"{ASSETS}/written.json"
"""Where the list of what was written stands."""


class Folder:
    """Files are written into it under their places, and those of the build before removed."""

    def __init__(self, path: Path) -> None:
        """The folder at `path`, which need not be there.

        Raises:
            ProjectError: its list of what was written is none.
        """
        self._path = path
        self._before = _written(path / WRITTEN)
        self._now: set[str] = set()

    def put(self, place: str, data: bytes) -> None:
        """Write a file, unless it stands there already or somebody else's does.

        Raises:
            OSError: it cannot be written.
        """
        path = self._path / place
        if place not in self._before and place not in self._now and path.exists():
            log.info("%s: somebody else's stays in place of ours", path)
            return
        self._now.add(place)
        if not path.is_file() or path.read_bytes() != data:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)

    def held(self, place: str, key: str) -> bool:
        """Nothing is known to stand there as it was written."""
        return False

    def write(self, place: str, key: str, data: bytes) -> None:
        """As `put`; keys are not remembered."""
        self.put(place, data)

    def finish(self) -> int:
        """Remove what is no longer published and note what is; how many files that are."""
        for place in self._before - self._now:
            self._remove(place)
        listed = self._path / WRITTEN
        listed.parent.mkdir(parents=True, exist_ok=True)
        listed.write_text(json.dumps(sorted(self._now), indent=0), "utf-8")
        return len(self._now)

    def _remove(self, place: str) -> None:
        (self._path / place).unlink(missing_ok=True)
        for parent in PurePosixPath(place).parents:
            above = self._path / parent
            if above == self._path or not above.is_dir() or any(above.iterdir()):
                return
            above.rmdir()


def _written(listed: Path) -> set[str]:
    """What the last build has written, as places below its folder."""
    try:
        found = json.loads(listed.read_text("utf-8"))
    except FileNotFoundError:
        return set()
    except ValueError as error:
        raise ProjectError(f"{listed}: damaged; empty the folder and build again") from error
    inside = [
        it
        for it in found
        if isinstance(it, str) and ".." not in PurePosixPath(it).parts and not it.startswith("/")
    ]
    if len(inside) != len(found):
        raise ProjectError(f"{listed}: names files outside of the folder")
    return set(inside)
