"""MkDocs' walk through the docs folder, without the folders of archived files.

MkDocs follows every link below `docs_dir`, so that two folders linked into each other, or a link to
`/`, keep it for ever; and it makes an object of every archived file only to drop it. It asks nobody
which folders to enter. For the moment in which it gathers its files, and for its module alone, the
walk is one that does not enter ours.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from mkdocs.structure import files as engine

Walked = tuple[str, list[str], list[str]]
"""A folder, the folders in it, and the files."""


class PrunedWalk:
    """Stands for the module `os` in MkDocs' module of files, between `begin` and `end`."""

    def __init__(self, folders: frozenset[str]) -> None:
        """`folders` are whole paths."""
        self._folders = folders

    def __getattr__(self, name: str) -> Any:
        """Everything else of `os`."""
        return getattr(os, name)

    def walk(
        self, top: str, *more: Any, **options: Any
    ) -> Iterator[tuple[str, list[str], list[str]]]:
        """`os.walk`, but for the folders that are left out."""
        for folder, folders, names in os.walk(top, *more, **options):
            folders[:] = [it for it in folders if str(Path(folder, it)) not in self._folders]
            yield folder, folders, names

    def begin(self) -> None:
        """Take the place of `os`, where the module is as we know it."""
        if getattr(engine, "os", None) is os:
            vars(engine)["os"] = self

    def end(self) -> None:
        """Give it back."""
        if getattr(engine, "os", None) is self:
            vars(engine)["os"] = os


def without(docs: Path, folders: list[str]) -> PrunedWalk:
    """A walk that does not enter `folders` below `docs`."""
    return PrunedWalk(frozenset(str(docs / folder) for folder in folders))
