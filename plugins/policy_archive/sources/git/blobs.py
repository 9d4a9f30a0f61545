"""Contents of a repository by blob, from one git process that lasts as long as ours."""

import atexit
import contextlib
import os
import subprocess
import threading
from pathlib import Path

from policy_archive.sources.git import command
from policy_archive.sources.git.command import GitError


class Blobs:
    """Contents of one repository; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the repository's store."""
        self._folder = folder
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def read(self, blob: str) -> bytes:
        """The bytes of `blob`.

        Raises:
            GitError: the repository does not hold it, or holds it damaged.
        """
        with self._lock:
            # A damaged blob ends the process, and the next is then asked of another; so is this
            # one, since whatever ended it may have been something else.
            for _ in range(2):
                try:
                    return _answer(self._started(), blob)
                except KeyError as error:
                    message = f"the repository does not hold {blob}, or holds it damaged"
                    raise GitError(message) from error
                except (EOFError, BrokenPipeError):
                    self._end()
            raise GitError(f"git cannot read {blob}: it is damaged")

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = command.start(
                self._folder, "cat-file", "--batch",
                stdin=subprocess.PIPE, stderr=subprocess.DEVNULL,
            )  # fmt: skip
        return self._process

    def close(self) -> None:
        """End the process."""
        with self._lock:
            self._end()

    def _end(self) -> None:
        if self._process:
            with contextlib.suppress(OSError):
                self._process.communicate()
            self._process = None


def _answer(process: subprocess.Popen[bytes], blob: str) -> bytes:
    """The bytes of `blob`: git says its name, kind and size on a line, the bytes, and a newline.

    Raises:
        KeyError: git knows no such blob.
        EOFError: git has ended.
        BrokenPipeError: git has ended earlier.
    """
    asked, given = process.stdin, process.stdout
    assert asked and given
    asked.write(f"{blob}\n".encode())
    asked.flush()
    head = given.readline()
    if not head.endswith(b"\n"):
        raise EOFError
    if len(fields := head.split()) != 3:
        raise KeyError(blob)
    size = int(fields[2])
    data = given.read(size + 1)
    if len(data) != size + 1:
        raise EOFError
    return data[:size]


_open: dict[tuple[int, Path], Blobs] = {}
_opening = threading.Lock()


def blobs(folder: Path) -> Blobs:
    """The contents of the repository whose store is `folder`."""
    # By process, since a forked one must not share our pipes.
    key = (os.getpid(), folder)
    with _opening:
        return _open.setdefault(key, Blobs(folder))


@atexit.register
def _close_all() -> None:
    for (process, _), found in list(_open.items()):
        if process == os.getpid():
            found.close()
