"""Clones of repositories that a project names by address or as a bundle, kept in its cache."""

import hashlib
import os
import re
import subprocess
from pathlib import Path

from policy_archive.errors import SourceError

_PATIENCE = 3_600
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_SAFE = (
    *("-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never"),
    *("-c", "protocol.https.allow=always", "-c", "protocol.file.allow=always"),
    *("-c", "credential.helper=", "-c", "http.followRedirects=initial"),
)
"""Nothing of the user's, or of the repository's, is started."""


def is_address(name: str) -> bool:
    """Whether `name` is that of a repository somewhere else, and no path."""
    return bool(_ADDRESS.match(name))


def place(cache: Path, name: str) -> Path:
    """Where the clone of what is called `name` is kept."""
    return cache / "clones" / f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.git"


def bring(source: str, clone: Path) -> None:
    """Make `clone` anew from `source`, an https address or the path of a bundle, or add to it.

    Raises:
        SourceError: git is not installed, or cannot do it; the message says why.
    """
    if clone.is_dir():
        into = ("--git-dir", str(clone), "fetch", "--quiet", "--prune")
        _run(source, *into, source, "+refs/*:refs/*")
        return
    clone.parent.mkdir(parents=True, exist_ok=True)
    _run(source, "clone", "--quiet", "--mirror", "--template=", source, str(clone))


def _run(source: str, *arguments: str) -> None:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k == "GIT_EXEC_PATH"}
    environment = {**kept, "GIT_TERMINAL_PROMPT": "0", "GIT_CONFIG_NOSYSTEM": "1", "LC_ALL": "C"}
    environment["GIT_CONFIG_GLOBAL"] = os.devnull
    try:
        done = subprocess.run(
            ["git", *_SAFE, *arguments],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            env=environment,
            timeout=_PATIENCE,
        )
    except FileNotFoundError as error:
        raise SourceError(f"{source}: git is not installed; repositories need it") from error
    except subprocess.TimeoutExpired as error:
        raise SourceError(f"{source}: git did not end within {_PATIENCE // 60} minutes") from error
    if done.returncode:
        said = done.stderr.strip().splitlines()
        why = next((it for it in said if it.startswith("fatal: ")), said[-1] if said else "")
        raise SourceError(
            f"{source}: git cannot clone it ({why.removeprefix('fatal: ')}); see that the address "
            "is right and the repository public"
        )
