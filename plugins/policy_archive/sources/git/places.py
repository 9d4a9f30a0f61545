"""Where a repository keeps what: its store, its branches and its objects, all inside of it."""

import os
import re
from pathlib import Path

_LINKED = ("objects", "objects/pack", "refs", "packed-refs")
"""Where a link would lead to another repository's contents."""

_READ = ("config", "config.worktree", "packed-refs", "shallow")
"""What git reads to its end, so that a pipe would keep it waiting for ever."""

_LONGEST = 4_096
"""Characters of a file that names a folder."""


def git_dir(path: Path) -> Path | None:
    """Where the object store of the repository at `path` is; None unless `path` is the root of one.

    A folder inside a work tree is a folder, whatever stands above it; and so is one that only
    points to a repository which knows nothing of it: that would publish what lies elsewhere.
    """
    inner = path / ".git"
    try:
        if inner.is_file():  # in work trees that share one store, and in submodules
            return inner if _is_known(inner) else None
        store = inner if inner.is_dir() else path if path.is_dir() else None
        return store if store and _is_store(store) else None
    except (OSError, ValueError):
        return None


def is_meant(path: Path) -> bool:
    """Whether there is a repository at `path` for all one can see, be it one that is not used."""
    return git_dir(path) is not None or os.path.lexists(path / ".git")


def common_dir(folder: Path) -> Path:
    """The store that work trees share, from the one of any (see `git_dir`).

    Raises:
        OSError: it cannot be told.
    """
    if folder.is_file():
        folder = _pointed(folder)
    own = folder / "commondir"
    return folder / own.read_text("utf-8").strip() if own.is_file() else folder


def refs(folder: Path) -> tuple[Path, ...]:
    """The files and folders that differ once a branch of `folder` (see `git_dir`) has a new commit.

    Objects and the work tree are not among them: they are large, and a commit is not one before
    its branch says so.
    """
    common = common_dir(folder)
    head = _pointed(folder) if folder.is_file() else folder
    shared = (common / "refs", common / "packed-refs", common / "reftable/tables.list")
    return (head / "HEAD", *shared)


def boundary(folder: Path) -> list[str]:
    """The first commits that a shallow clone has, in order; none in any other repository."""
    try:
        said = (common_dir(folder) / "shallow").read_text("ascii")
    except (OSError, ValueError):
        return []
    return sorted(set(re.findall(r"(?m)^[0-9a-f]{40,64}$", said)))


def _is_store(folder: Path) -> bool:
    if not ((folder / "HEAD").is_file() and (folder / "objects").is_dir()):
        return False
    if not (folder / "refs").is_dir() or (folder / "commondir").exists():
        return False
    if any((folder / name).exists() and not (folder / name).is_file() for name in _READ):
        return False
    inside = os.path.realpath(folder.parent if folder.name == ".git" else folder)
    places = (os.path.realpath(it) for it in (folder, *(folder / name for name in _LINKED)))
    return all(it == inside or it.startswith(inside.rstrip(os.sep) + os.sep) for it in places)


def _pointed(file: Path) -> Path:
    """Where a `.git` file says that the store is."""
    with file.open(encoding="utf-8") as opened:
        said = opened.read(_LONGEST).partition("gitdir:")[2].strip()
    return file.parent / said


def _is_known(file: Path) -> bool:
    """Whether the repository that a `.git` file points to names that file as its own.

    A linked work tree's has the file's place in `gitdir`, a submodule's that of the work tree in
    its configuration.
    """
    store = _pointed(file)
    back = store / "gitdir"
    if back.is_file():
        shared = common_dir(file)
        owned = os.path.realpath(store.parent) == os.path.realpath(shared / "worktrees")
        named = os.path.realpath(store / back.read_text("utf-8").strip())
        return owned and _is_store(shared) and named == os.path.realpath(file)
    said = re.findall(r"(?m)^\s*worktree\s*=\s*(.+?)\s*$", (store / "config").read_text("utf-8"))
    trees = (os.path.realpath(store / it.strip('"')) for it in said)
    return _is_store(store) and os.path.realpath(file.parent) in trees
