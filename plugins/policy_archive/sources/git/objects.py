"""A repository's branches and its history, as git lists them; nothing is checked out.

The repository is foreign material: its own configuration, hooks, replacements and remotes get no
say in what we read (`command.py`).
"""

import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from policy_archive.sources.git import command
from policy_archive.sources.git.command import GitError

_CHUNK = 1 << 16
_FORMAT = "%H%x00%at%x00%B"


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
    time: int | None
    """When it was authored, in seconds since 1970: a later rebase does not change it. None where
    the commit does not say so in numbers."""
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
    result = command.run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    if result.returncode:
        raise GitError(f"{folder}: there is no branch or commit {revision or 'HEAD'!r}")
    return result.stdout.decode().strip()


def is_ancestor(folder: Path, old: str, new: str) -> bool:
    """Whether everything in the history of `old` is in that of `new`."""
    return command.run(folder, "merge-base", "--is-ancestor", old, new).returncode == 0


def log(folder: Path, tip: str, seen: str = "") -> Iterator[Commit]:
    """The commits up to `tip`, parents first, without those that lead up to `seen`.

    Raises:
        GitError: the history is damaged; what came before has been given.
    """
    span = [tip, f"^{seen}"] if seen else [tip]
    arguments = (
        "log", "-z", "--raw", "--no-abbrev", "--reverse", "--topo-order", "--root",
        "--no-renames", "--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-mailmap",
        "--no-notes", "--no-color", "--diff-merges=off", "--encoding=UTF-8",
        f"--format=tformat:{_FORMAT}", *span, "--",
    )  # fmt: skip
    # Complaints go to a file: a pipe that nobody reads fills up, and git then waits for ever.
    with (
        tempfile.TemporaryFile() as complaints,
        command.start(folder, *arguments, stdin=subprocess.DEVNULL, stderr=complaints) as process,
    ):
        assert process.stdout
        yield from _commits(_fields(process.stdout))
        if process.wait():
            complaints.seek(0)
            said = complaints.read(2_000).decode("utf-8", "replace").strip()
            raise GitError(f"{folder}: git log failed: {said}")


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
            # Names are bytes: what is not UTF-8 is shown as `\\xe9`, so that two stay two.
            path = next(fields, b"").decode("utf-8", "backslashreplace")
            if mode in (b"100644", b"100755", b"000000"):  # no links, no submodules
                commit.files.append(Touched(path, _blob(after), _blob(before)))
        elif text:
            if commit:
                yield commit
            time, message = next(fields, b""), next(fields, b"")
            seconds = int(time) if re.fullmatch(rb"-?[0-9]{1,18}", time) else None
            commit = Commit(text.decode(), seconds, message.decode("utf-8", "replace"))
    if commit:
        yield commit


def _blob(name: bytes) -> str:
    return name.decode() if name.strip(b"0") else ""
