"""Git's object store, read through two git processes: one lists history, one hands out contents.

Nothing is checked out, and neither process is started anew for a file. The repository is foreign
material: its own configuration, hooks, replacements and remotes get no say in what we read.
"""

import atexit
import os
import re
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

_NOT_OURS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE")
"""Set where a build runs inside a git hook; they would lead us to another repository."""

_CHUNK = 1 << 16
_FORMAT = "%H%x00%at%x00%B"


class GitError(OSError):
    """Git could not do what was asked, in its own words."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A file that a commit left with new contents, or took away (`blob` empty)."""

    path: str
    blob: str
    before: str
    """The blob that stood there before; empty for a new file."""


@dataclass(slots=True)
class Commit:
    """One commit of a history, without its contents."""

    id: str
    time: int
    """When it was authored, in seconds since 1970: a later rebase does not change it."""
    message: str
    files: list[Touched] = field(default_factory=list)


def git_dir(path: Path) -> Path | None:
    """Where the object store of the repository at `path` is; None unless `path` is the root of one.

    A folder inside a work tree is a folder, whatever stands above it.
    """
    inner = path / ".git"
    if inner.exists():  # a file in work trees that share one store, and in submodules
        return inner
    bare = path.is_dir() and (path / "HEAD").is_file() and (path / "objects").is_dir()
    return path if bare and (path / "refs").is_dir() else None


def refs(folder: Path) -> tuple[Path, ...]:
    """The files and folders that differ once a branch of `folder` (see `git_dir`) has a new commit.

    Objects and the work tree are not among them: they are large, and a commit is not one before
    its branch says so.
    """
    if folder.is_file():  # of a work tree that shares a store
        said = folder.read_text("utf-8").partition("gitdir:")[2].strip()
        folder = folder.parent / said
    own = folder / "commondir"
    common = folder / own.read_text("utf-8").strip() if own.is_file() else folder
    shared = (common / "refs", common / "packed-refs", common / "reftable/tables.list")
    return (folder / "HEAD", *shared)


def is_bundle(path: Path) -> bool:
    """Whether `path` is a git bundle, which has to be cloned before it can be read."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return re.match(rb"# v[0-9]+ git bundle\n", file.read(32)) is not None


def resolve(folder: Path, revision: str) -> str:
    """The commit that a branch, a tag or a commit's own name stands for.

    Raises:
        GitError: there is none, or git itself is missing.
    """
    name = f"{revision or 'HEAD'}^{{commit}}"
    result = _run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    if result.returncode:
        raise GitError(f"{folder}: there is no branch or commit {revision or 'HEAD'!r}")
    return result.stdout.decode().strip()


def is_ancestor(folder: Path, old: str, new: str) -> bool:
    """Whether everything in the history of `old` is in that of `new`."""
    return _run(folder, "merge-base", "--is-ancestor", old, new).returncode == 0


def log(folder: Path, tip: str, seen: str = "") -> Iterator[Commit]:
    """The commits up to `tip`, parents first, without those that lead up to `seen`."""
    span = [tip, f"^{seen}"] if seen else [tip]
    command = _command(
        folder, "log", "-z", "--raw", "--no-abbrev", "--reverse", "--topo-order", "--root",
        "--no-renames", "--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-mailmap",
        "--no-notes", "--no-color", "--diff-merges=off", "--encoding=UTF-8",
        f"--format=tformat:{_FORMAT}", *span, "--",
    )  # fmt: skip
    with _process(command, stdin=subprocess.DEVNULL) as process:
        assert process.stdout and process.stderr
        yield from _commits(_fields(process.stdout))
        complaint = process.stderr.read().decode("utf-8", "replace").strip()
        if process.wait():
            raise GitError(f"{folder}: git log failed: {complaint}")


def _fields(stream: IO[bytes]) -> Iterator[bytes]:
    """What stands between NULs, without ever holding the whole."""
    rest = b""
    while chunk := stream.read(_CHUNK):
        *whole, rest = (rest + chunk).split(b"\0")
        yield from whole
    if rest.strip(b"\n"):
        yield rest


def _commits(fields: Iterator[bytes]) -> Iterator[Commit]:
    commit: Commit | None = None
    for token in fields:
        text = token.lstrip(b"\n")
        if text.startswith(b":") and commit:
            _, mode, before, after, _ = text[1:].split(b" ")
            path = next(fields).decode("utf-8", "replace")
            if mode in (b"100644", b"100755", b"000000"):  # no links, no submodules
                commit.files.append(Touched(path, _blob(after), _blob(before)))
        elif text:
            if commit:
                yield commit
            time, message = next(fields), next(fields)
            commit = Commit(text.decode(), int(time), message.decode("utf-8", "replace"))
    if commit:
        yield commit


def _blob(name: bytes) -> str:
    return name.decode() if name.strip(b"0") else ""


class Blobs:
    """Contents by blob, from one long-lived process; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        """Starts the process."""
        self._lock = threading.Lock()
        self._process = _process(_command(folder, "cat-file", "--batch"), stdin=subprocess.PIPE)

    def read(self, blob: str) -> bytes:
        """The bytes of `blob`.

        Raises:
            GitError: the repository does not hold it.
        """
        with self._lock:
            wanted, given = self._process.stdin, self._process.stdout
            assert wanted and given
            try:
                wanted.write(f"{blob}\n".encode())
                wanted.flush()
            except OSError as error:
                raise GitError(f"git cat-file ended: {error}") from error
            head = given.readline().split()
            if len(head) != 3:
                raise GitError(f"the repository does not hold {blob}")
            data = given.read(int(head[2]))
            given.read(1)
            return data

    def close(self) -> None:
        """End the process."""
        if self._process.stdin:
            self._process.stdin.close()
        self._process.wait()
        for stream in (self._process.stdout, self._process.stderr):
            if stream:
                stream.close()


_open: dict[tuple[int, Path], Blobs] = {}
_opening = threading.Lock()


def blobs(folder: Path) -> Blobs:
    """The contents of one repository; one process serves as long as ours lives."""
    # By process, since a forked one must not share our pipes.
    key = (os.getpid(), folder)
    with _opening:
        if key not in _open:
            _open[key] = Blobs(folder)
        return _open[key]


@atexit.register
def _close_all() -> None:
    for (process, _), found in list(_open.items()):
        if process == os.getpid():
            found.close()


def _command(folder: Path, *arguments: str) -> list[str]:
    return [
        "git",
        f"--git-dir={folder}",
        "--no-pager",
        "--no-replace-objects",
        "-c",
        "protocol.allow=never",  # what a partial clone lacks is not fetched behind our back
        "-c",
        "core.fsmonitor=false",
        *arguments,
    ]


def _environment() -> dict[str, str]:
    own = {name: value for name, value in os.environ.items() if name not in _NOT_OURS}
    return own | {"GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def _process(command: list[str], stdin: int) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(
            command,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE if stdin == subprocess.DEVNULL else subprocess.DEVNULL,
            env=_environment(),
        )
    except FileNotFoundError as error:
        raise GitError("reading a repository needs git, which is not installed") from error


def _run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            _command(folder, *arguments), capture_output=True, check=False, env=_environment()
        )
    except FileNotFoundError as error:
        raise GitError("reading a repository needs git, which is not installed") from error
