"""A repository's branches and its history, as git lists them; nothing is checked out.

The repository is foreign material: its own configuration, hooks, replacements and remotes get no
say in what we read (`command.py`).
"""

import os
import re
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from policy_archive.sources.git import command
from policy_archive.sources.git.command import GitError, UnusableError

WHOLE = "It is a partial clone: get all of it with git fetch --refetch --no-filter."
"""What to do where contents are missing."""

_NAMED = 5
"""Branches that an error names."""

_SAID = 2_000
"""Characters of git's complaints that are passed on."""

_FORMAT = "%H%x00%P%x00%at%x00%B"


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
    is_merge: bool = False
    files: list[Touched] = field(default_factory=list)


def is_bundle(path: Path) -> bool:
    """Whether `path` is a git bundle, which has to be cloned before it can be read."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return re.match(rb"# v[0-9]+ git bundle\n", file.read(32)) is not None


def resolve(folder: Path, revision: str) -> str:
    """The commit that a branch, a tag or a commit's own name stands for.

    Raises:
        UnusableError: git cannot use the repository.
        GitError: there is none, or git itself is missing.
    """
    name = f"{revision or 'HEAD'}^{{commit}}"
    result = command.run(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", name)
    said = result.stderr.decode("utf-8", "replace").strip()
    if result.returncode and said:
        raise UnusableError(f"{folder}: git cannot use it: {said[:_SAID]}")
    if result.returncode and not revision:
        return _only_branch(folder)
    if result.returncode:
        raise GitError(f"{folder}: there is no branch or commit {revision!r}")
    return result.stdout.decode().strip()


def _only_branch(folder: Path) -> str:
    """The commit of the only branch, for a store whose `HEAD` names one that is not there.

    So it is after `git clone --bare` of a bundle.

    Raises:
        GitError: there is none, or more than one.
    """
    listed = command.run(folder, "for-each-ref", "--format=%(objectname) %(refname)", "refs/heads")
    branches = [
        line.split(" ", 1) for line in listed.stdout.decode("utf-8", "replace").splitlines()
    ]
    if len(branches) == 1:
        return branches[0][0]
    names = ", ".join(name.removeprefix("refs/heads/") for _, name in branches[:_NAMED])
    error = GitError if branches else UnusableError
    raise error(
        f"{folder}: its HEAD names no branch that is there; "
        + (f"say which one: `branch` ({names})" if branches else "it has none")
    )


def leads_to(folder: Path, old: str, new: str, *, side_branches: bool) -> bool:
    """Whether `log` would give all of `old`'s history and go on to `new`."""
    if old == new:
        return True
    if side_branches:
        return command.run(folder, "merge-base", "--is-ancestor", old, new).returncode == 0
    span = ("--first-parent", "--parents", new, f"^{old}", "--")
    listed = command.run(folder, "rev-list", *span)
    lines = listed.stdout.decode("ascii", "replace").splitlines()
    return bool(lines) and listed.returncode == 0 and lines[-1].split()[1:2] == [old]


class Standing(NamedTuple):
    """A file, a link or a submodule as a commit has it."""

    path: str
    blob: str
    is_file: bool


def standing(folder: Path, tip: str, *, below: bool) -> Iterator[Standing]:
    """What the commit `tip` has at its root, and, if asked, `below` it."""
    flags = ("-r",) if below else ()
    listed = command.run(folder, "ls-tree", "-z", "--full-tree", *flags, tip, "--")
    for entry in listed.stdout.split(b"\0"):
        about, _, path = entry.partition(b"\t")
        mode, kind, blob = about.split(b" ") if path else (b"", b"tree", b"")
        if kind != b"tree":
            name = path.decode("utf-8", "backslashreplace")
            yield Standing(name, blob.decode(), mode.startswith(b"100"))


def log(folder: Path, tip: str, seen: str = "", *, side_branches: bool = False) -> Iterator[Commit]:
    """The main line's commits up to `tip`, parents first, without those that lead up to `seen`.

    What was merged is there as the merge left it: drafts on the way to it were never published.
    With `side_branches`, its own commits come before that.

    Raises:
        GitError: the history is damaged; what came before has been given.
    """
    span = [tip, f"^{seen}"] if seen else [tip]
    if not side_branches:
        span.insert(0, "--first-parent")
    arguments = (
        "log", "-z", "--raw", "--no-abbrev", "--reverse", "--topo-order", "--root",
        "--no-renames", "--no-ext-diff", "--no-textconv", "--no-show-signature", "--no-mailmap",
        "--no-notes", "--no-color", "--diff-merges=first-parent",
        "--no-relative", f"-O{os.devnull}", "--encoding=UTF-8",
        f"--format=tformat:{_FORMAT}", *span, "--",
    )  # fmt: skip
    # Complaints go to a file: a pipe that nobody reads fills up, and git then waits for ever.
    with (
        tempfile.TemporaryFile() as complaints,
        command.start(folder, *arguments, stdin=subprocess.DEVNULL, stderr=complaints) as process,
    ):
        yield from _commits(_fields(process))
        if process.wait():
            complaints.seek(0)
            said = complaints.read(_SAID).decode("utf-8", "replace").strip()
            raise GitError(f"{folder}: git log failed: {said}")


def _fields(process: subprocess.Popen[bytes]) -> Iterator[bytes]:
    """What stands between NULs, without ever holding the whole."""
    rest = b""
    while chunk := command.following(process):
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
            parents, time, message = (next(fields, b"") for _ in range(3))
            seconds = int(time) if re.fullmatch(rb"-?[0-9]{1,18}", time) else None
            said = message.decode("utf-8", "replace")
            commit = Commit(text.decode(), seconds, said, is_merge=b" " in parents)
    if commit:
        yield commit


def _blob(name: bytes) -> str:
    return name.decode() if name.strip(b"0") else ""
