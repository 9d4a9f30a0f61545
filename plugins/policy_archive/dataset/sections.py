"""The sections of texts, as they are kept or read anew."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple, Protocol

import msgspec

from policy_archive.build.tasks import read_source
from policy_archive.build.texts import RECORD, Texts, unpacked
from policy_archive.model import Block
from policy_archive.settings import Settings
from policy_archive.sources.files import Source


class Titled(Protocol):
    """What rows show of a section."""

    @property
    def title(self) -> str | None:
        """Its heading; None: it has none."""

    @property
    def blocks(self) -> tuple[Block, ...]:
        """What stands in it."""


class _Section(msgspec.Struct):
    title: str | None
    blocks: tuple[Block, ...]


class _Document(msgspec.Struct):
    sections: tuple[_Section, ...]


class _Record(msgspec.Struct):
    """What is looked at of a `Record`; decoding passes over the rest."""

    document: _Document


_DECODER = msgspec.msgpack.Decoder(_Record)


class Sections(NamedTuple):
    """Looks texts up, and reads again those that could not be kept."""

    texts: Texts
    sources: Mapping[str, Source]
    """By the names that the catalogue has."""
    settings: Settings

    def of(self, name: str, key: str) -> Iterable[Titled]:
        """The sections of a text by the name of its source and its key, in order.

        Raises:
            OSError: it is not kept, and its file cannot be read.
        """
        if data := self.texts.get(key, RECORD):
            return _DECODER.decode(unpacked(data)).document.sections
        return read_source(self.sources[name], self.settings).document.sections
