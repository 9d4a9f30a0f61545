"""Whose a folder is: a lock beside it, gone with the process that holds it."""

from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

_SUFFIX = ".lock"


class Claim:
    """A folder that is this claim's until it is released or the process ends."""

    def __init__(self, folder: Path, lock: FileLock) -> None:
        """`lock` is held."""
        self.folder = folder
        self._lock = lock

    def release(self) -> None:
        """Give the folder up; its name must not be claimed for anything else."""
        # While it is held, so that whoever finds the file finds it free.
        Path(self._lock.lock_file).unlink(missing_ok=True)
        self._lock.release()


def claim(folder: Path) -> Claim | None:
    """A claim on `folder`, which need not exist yet; None: another one has it.

    Another one of this process, too. A name is claimed for one purpose only, e.g. one of
    `tempfile.mkdtemp`.

    Raises:
        OSError: nothing can be written beside it.
    """
    lock = FileLock(f"{folder}{_SUFFIX}", timeout=0, thread_local=False)
    try:
        lock.acquire()
    except Timeout:
        return None
    return Claim(folder, lock)


def abandoned(home: Path, prefix: str) -> Iterator[Claim]:
    """Claims on folders in `home` whose name begins with `prefix` and whose process has ended.

    Each is for the caller to clear away and to release.
    """
    names = {
        path.name.removesuffix(_SUFFIX) for path in home.iterdir() if path.name.startswith(prefix)
    }
    for name in sorted(names):
        if found := claim(home / name):
            yield found
