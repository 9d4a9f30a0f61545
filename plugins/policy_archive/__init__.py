"""policy-archive: archived privacy policies as a website people can trust.

From Python, `read` reads one archived text and `open_archive` a whole project. What they need is
imported when it is first asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from policy_archive.api.archive import (
        Archive,
        ArchivedChange,
        ArchivedPassage,
        ArchivedSnapshot,
        open_archive,
    )
    from policy_archive.api.texts import read
    from policy_archive.errors import ArchiveError, ProjectError, SourceError
    from policy_archive.model import (
        Block,
        Document,
        Fact,
        Item,
        Notice,
        Passage,
        Record,
        Repair,
        Run,
        Section,
        Snapshot,
        StatedDate,
    )

__version__ = "0.1.0"

PIPELINE_VERSION = "10"
"""Told to readers beside each text: equal where texts are read, cleaned and labelled alike."""

__all__ = [
    "PIPELINE_VERSION",
    "Archive",
    "ArchiveError",
    "ArchivedChange",
    "ArchivedPassage",
    "ArchivedSnapshot",
    "Block",
    "Document",
    "Fact",
    "Item",
    "Notice",
    "Passage",
    "ProjectError",
    "Record",
    "Repair",
    "Run",
    "Section",
    "Snapshot",
    "SourceError",
    "StatedDate",
    "__version__",
    "open_archive",
    "read",
]

_MODULES = ("errors", "model", "api.texts", "api.archive")
"""Where these are found, the quickest to import first."""


if not TYPE_CHECKING:  # who asks for a name that is not offered is told so

    def __getattr__(name: str) -> object:
        """What is offered under `name`, imported now."""
        for module in _MODULES if name in __all__ else ():
            found = import_module(f"{__name__}.{module}")
            if hasattr(found, name):
                return globals().setdefault(name, getattr(found, name))
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def __dir__() -> list[str]:
        return sorted({*globals(), *__all__})
