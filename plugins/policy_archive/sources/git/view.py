"""A repository as git is shown it: its own branches and objects, under settings of ours.

A repository's configuration can name programs to start, remotes to fetch from, further files to
read and other stores to take objects from. Git has no switch against all of that; so it is given a
folder of links to what the repository holds, with a configuration that says no more than what the
store's format is.
"""

import re
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from policy_archive.sources.git import places

_HELD = ("refs", "packed-refs", "reftable", "shallow")
"""What a store has beside its objects, there or not: it may come."""

_OBJECTS = ("pack", *(f"{first:02x}" for first in range(256)))
"""Folders of objects. Others may name further stores (`info/alternates`)."""

_FORMAT = re.compile(
    r"core\.(?:repositoryformatversion|bare)|extensions\.(?:objectformat|refstorage)"
)
"""The settings without which a store cannot be read; a format unknown to git is its to refuse."""

_PROMISED = re.compile(r"extensions\.partialclone|remote\..*\.promisor")

_SECTION = re.compile(r'\[\s*([\w.-]+)\s*(?:"((?:[^"\\\n]|\\.)*)"\s*)?\]')
_SETTING = re.compile(r"([A-Za-z][\w-]*)\s*=\s*\"?([\w:./-]*)")

_LONGEST = 1_000_000
"""Characters of a configuration that are looked at."""


class View(NamedTuple):
    """Two folders that git is pointed to."""

    store: Path
    """For `GIT_COMMON_DIR`: what work trees share, settings included."""
    objects: Path
    """For `GIT_OBJECT_DIRECTORY`."""


_views: list[tempfile.TemporaryDirectory[str]] = []
"""Kept, and so there, until the program ends."""


def view(folder: Path) -> View | None:
    """The repository whose store is `folder` (see `places.git_dir`) as git may see it.

    None where links cannot be made, as for most users of Windows: git then sees the store itself,
    with what `command.py` sets against its configuration.

    Raises:
        OSError: the store cannot be told.
    """
    store = places.common_dir(folder).resolve()
    settings = "".join(f"{it}\n" for it in _settings(store) if _FORMAT.match(it))
    try:
        return _made(store, settings)
    except (OSError, NotImplementedError):
        return None


def is_partial(folder: Path) -> bool:
    """Whether the repository was cloned without all of its contents."""
    return any(_PROMISED.match(it) for it in _settings(places.common_dir(folder)))


@lru_cache(maxsize=16)
def _made(store: Path, settings: str) -> View:
    made = tempfile.TemporaryDirectory(prefix="policy-archive-git-")
    _views.append(made)
    seen = View(Path(made.name), Path(made.name, "objects"))
    seen.objects.mkdir()
    for name in _HELD:
        (seen.store / name).symlink_to(store / name)
    for name in _OBJECTS:
        (seen.objects / name).symlink_to(store / "objects" / name)
    lines = (_written(setting) for setting in settings.splitlines())
    (seen.store / "config").write_text("".join(lines), "utf-8")
    return seen


def _written(setting: str) -> str:
    name, _, value = setting.partition("=")
    section, _, key = name.partition(".")
    return f'[{section}]\n\t{key} = "{value}"\n'


def _settings(store: Path) -> Iterator[str]:
    """The settings of a store that have plain values, as `section.name=value`; includes are not."""
    with (store / "config").open(encoding="utf-8", errors="replace") as file:
        lines = file.read(_LONGEST).splitlines()
    section = ""
    for line in lines:
        rest = line.strip()
        if found := _SECTION.match(rest):
            section = ".".join(part for part in (found[1].lower(), found[2]) if part)
            rest = rest[found.end() :].strip()
        if found := _SETTING.match(rest):
            yield f"{section}.{found[1].lower()}={found[2]}"
