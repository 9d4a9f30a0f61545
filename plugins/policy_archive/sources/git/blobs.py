"""Contents of a repository by blob, from one git process that lasts as long as ours."""

import atexit
import contextlib
import hashlib
import os
import secrets
import subprocess
import threading
from pathlib import Path

from policy_archive.sources.git import command, objects
from policy_archive.sources.git.command import GitError
from policy_archive.sources.git.view import is_partial

_LARGEST = 256 << 20
"""Bytes of a blob that is read; a few kilobytes of a repository can stand for any number."""


class Blobs:
    """Contents of one repository; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """`folder` is the repository's store."""
        self._folder = folder
        self._lock = threading.Lock()
        self._partial: bool | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._mark = secrets.token_hex()
        """No blob holds it by chance, and none could have been made to."""

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
                    return _answer(self._started(), blob, self._mark)
                except KeyError as error:
                    message = f"the repository does not hold {blob}, or holds it damaged"
                    raise GitError(self._explained(message)) from error
                except OverflowError as error:
                    self._end()
                    raise GitError(f"{blob} has more than {_LARGEST:,} bytes") from error
                except (EOFError, BrokenPipeError):
                    self._end()
                except GitError:
                    self._end()
                    raise
            # Before version 2.45, git also ends where it is not let fetch what it lacks.
            raise GitError(self._explained(f"git cannot read {blob}: it is damaged"))

    def _explained(self, message: str) -> str:
        if self._partial is None:
            self._partial = is_partial(self._folder)
        return f"the repository does not hold it. {objects.WHOLE}" if self._partial else message

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
            self._process.kill()  # it may still have much to say
            with contextlib.suppress(OSError):
                self._process.communicate()
            self._process = None


def _answer(process: subprocess.Popen[bytes], blob: str, mark: str) -> bytes:
    """The bytes of `blob`: git says its name, kind and size on a line, the bytes, and a newline.

    The size is what the blob says of itself, and may be a lie; so the end is known by the answer
    to another question, for `mark`, and that it is the blob by its digest.

    Raises:
        KeyError: git knows no such blob, or it is another.
        OverflowError: it is larger than any that is read.
        EOFError: git has ended.
        GitError: git does not answer.
        BrokenPipeError: git has ended earlier.
    """
    asked = process.stdin
    assert asked
    asked.write(f"{blob}\n{mark}\n".encode())
    asked.flush()
    end = f"\n{mark} missing\n".encode()
    answer = bytearray()
    while not answer.endswith(end):
        chunk = command.following(process)
        if not chunk:
            raise EOFError
        answer += chunk
        if len(answer) > _LARGEST:
            raise OverflowError
    head, _, data = bytes(answer[: -len(end)]).partition(b"\n")
    if not head.startswith(f"{blob} blob ".encode()) or not _is(data, blob):
        raise KeyError(blob)
    return data


def _is(data: bytes, blob: str) -> bool:
    """Whether `data` are the bytes that the blob is named after (SHA-1, or SHA-256)."""
    name = hashlib.sha256 if len(blob) == 64 else hashlib.sha1
    return name(b"blob %d\0" % len(data) + data).hexdigest() == blob


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
