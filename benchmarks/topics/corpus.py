"""Blocks of the corpora as the labeller reads them, and the policies that they come from.

Open Terms Archive (every service, some versions of each; of further ones the newest) and DMOZ are
read by the package's own readers and cleaning rules, so that the model learns from blocks as the
site has them.
"""

from collections.abc import Collection, Iterator
from pathlib import PurePosixPath
from typing import NamedTuple

from benchmarks import corpora
from policy_archive.analysis.language import identify
from policy_archive.cleaning import clean
from policy_archive.model import Document
from policy_archive.reading import html, plain
from policy_archive.reading.decode import decode
from policy_archive.reading.forms import READERS
from policy_archive.sources import provenance
from policy_archive.text.words import block_id
from policy_archive.topics.context import in_context
from policy_archive.topics.statements import statements

_VERSIONS = 4
"""Versions of one service's policy to read, spread evenly over its history."""


class Sample(NamedTuple):
    """One block as the labeller reads it."""

    source: str
    block: str
    heading: str
    text: str


def service(source: str) -> str:
    """What all versions of a policy have in common."""
    return source.partition("@")[0]


_VERSIONED, _OLD = "open-terms:", "dmoz:"
MODERN = "open-terms-more:"
"""How sources begin that are the newest policies of further services."""


def documents(
    wanted: Collection[str], *, alone: bool = False, only: str = ""
) -> Iterator[tuple[str, Document]]:
    """Every English policy, in a fixed order; of services with many versions, some and `wanted`.

    With `alone`, the policies `wanted` and no others; with `only`, those of the corpus whose
    sources begin so.
    """
    for source, data in _sources(wanted, only):
        if alone and source not in wanted:
            continue
        # The labeller itself is not asked: a model must not be needed to make one.
        reader = READERS.get(PurePosixPath(source.partition("@")[0]).suffix.lower(), plain.read)
        decoded = decode(data, html=reader is html.read)
        reading = reader(provenance.read(decoded.text, source).body)
        document, _ = clean(reading, fallback_title="Privacy policy")
        if identify(document, reading.language) == "en":
            yield source, document


def samples(source: str, document: Document) -> Iterator[Sample]:
    """The blocks of a policy."""
    for block in in_context(document):
        # A repeated block's id ends in its number; labels name the words alone.
        text = "\n".join(part.text for part in block.parts)
        yield Sample(source, block.block[:10], block.heading or "", text)


def said_alone(source: str, document: Document) -> Iterator[Sample]:
    """The sentences and items of a policy's blocks, each as a text of its own."""
    headings = {block.block: block.heading or "" for block in in_context(document)}
    for section in document.sections:
        for it in statements(section, headings):
            text = f"{it.lead}\n{it.text}" if it.lead else it.text
            yield Sample(source, block_id(text), headings[it.block], text)


def _sources(wanted: Collection[str], only: str) -> Iterator[tuple[str, bytes]]:
    if _VERSIONED.startswith(only):
        for path, versions in sorted(corpora.open_terms_versions().items()):
            step = max(1, len(versions) // _VERSIONS)
            spread = {revision for revision, _ in versions[::step][:_VERSIONS]}
            for revision, data in versions:
                source = f"{_VERSIONED}{path}@{revision}"
                if revision in spread or source in wanted:
                    yield source, data
    if _OLD.startswith(only):
        for name, data in corpora.dmoz():
            yield f"{_OLD}{name}", data
    if MODERN.startswith(only):
        for name, data in corpora.open_terms_more():
            yield f"{MODERN}{name}", data
