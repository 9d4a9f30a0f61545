"""How git is asked: by itself, with no say for the repository's configuration or the user's."""

import os
import subprocess
from pathlib import Path
from typing import IO

_NOT_OURS = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE")
"""Set where a build runs inside a git hook; they would lead us to another repository."""


class GitError(OSError):
    """Git could not do what was asked, in its own words."""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """One question to the repository whose store is `folder`, answered at once.

    Raises:
        GitError: git is not installed.
    """
    try:
        return subprocess.run(
            _command(folder, arguments), capture_output=True, check=False, env=_environment()
        )
    except FileNotFoundError as error:
        raise GitError(_MISSING) from error


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
            env=_environment(),
        )
    except FileNotFoundError as error:
        raise GitError(_MISSING) from error


_MISSING = "reading a repository needs git, which is not installed"


def _command(folder: Path, arguments: tuple[str, ...]) -> list[str]:
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
