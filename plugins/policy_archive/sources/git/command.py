"""How git is asked: by itself, with no say for the repository's configuration or the user's.

A repository is foreign material, and what is published of it must be in it: nothing is fetched,
nothing is started, and neither grafts nor other object stores (`alternates`) stand in for what it
holds. Its own configuration is not read at all (`view.py`).
"""

import os
import select
import subprocess
from pathlib import Path
from typing import IO

from policy_archive.sources.git.view import view

PATIENCE = 60
"""Seconds without a word after which git is no longer waited for: a pipe may stand where the
repository should have a file."""

_CHUNK = 1 << 20

_KEPT = ("GIT_EXEC_PATH",)
"""Of git's variables. Others would lead us to another repository (inside a git hook, say) or to
other settings."""

_OWN = {
    # Both, since the first needs git 2.45, and configuration cannot overrule the second.
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "",
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_ATTR_NOSYSTEM": "1",
    "GIT_GRAFT_FILE": os.devnull,
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}


class GitError(OSError):
    """Git could not do what was asked, in its own words."""


class UnusableError(GitError):
    """Nothing of the repository can be read, whatever is asked of it."""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """One question to the repository whose store is `folder`, answered at once.

    Raises:
        UnusableError: its store cannot be told, or git does not answer.
        GitError: git is not installed.
    """
    try:
        return subprocess.run(
            _command(folder, arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            env=_environment(folder),
            timeout=PATIENCE,
        )
    except FileNotFoundError as error:
        raise GitError(_MISSING) from error
    except subprocess.TimeoutExpired as error:
        raise UnusableError(f"{folder}: git did not answer within {PATIENCE} seconds") from error


def start(
    folder: Path, *arguments: str, stdin: int, stderr: int | IO[bytes]
) -> subprocess.Popen[bytes]:
    """A process that answers as long as it is read from.

    Raises:
        GitError: git is not installed.
    """
    try:
        return subprocess.Popen(
            _command(folder, arguments),
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=stderr,
            env=_environment(folder),
        )
    except FileNotFoundError as error:
        raise GitError(_MISSING) from error


def following(process: subprocess.Popen[bytes]) -> bytes:
    """What the process says next, however much that is; nothing when it has ended.

    Raises:
        GitError: it says nothing for `PATIENCE` seconds, and has been ended.
    """
    assert process.stdout
    # Windows can wait for sockets alone; and has no pipes among files.
    if hasattr(select, "poll"):
        poll = select.poll()
        poll.register(process.stdout, select.POLLIN)
        if not poll.poll(PATIENCE * 1000):
            process.kill()
            raise GitError(f"git did not answer within {PATIENCE} seconds")
    return os.read(process.stdout.fileno(), _CHUNK)


_MISSING = "reading a repository needs git, which is not installed"


def _command(folder: Path, arguments: tuple[str, ...]) -> list[str]:
    return [
        "git",
        f"--git-dir={folder}",
        "--no-pager",
        "--no-replace-objects",
        *("-c", "protocol.allow=never"),
        *("-c", "core.fsmonitor=false"),
        *("-c", "advice.graftFileDeprecated=false"),  # we name an empty one
        *("-c", "core.commitGraph=false"),  # it could tell another history than the commits
        *arguments,
    ]


def _environment(folder: Path) -> dict[str, str]:
    variables = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("GIT_") or name in _KEPT
    }
    try:
        seen = view(folder)
    except OSError as error:
        raise UnusableError(f"{folder}: its store cannot be used ({error.strerror})") from error
    if seen:
        variables["GIT_COMMON_DIR"] = str(seen.store)
        variables["GIT_OBJECT_DIRECTORY"] = str(seen.objects)
    return variables | _OWN
