"""Labels corrected by maintainers, in a file that is reviewed like code: `content/labels.yml`.

    - site: softorino.com
      snapshot: 20140521173313       # from this capture on; left out: in all of them
      quote: We may use cookies      # or block: p-75477066
      topics: [cookies, choices]     # what it speaks to; [] for nothing
      note: The second half tells how to refuse them.

A correction follows its words: it holds in every later snapshot of the site, and kind, whose block
still has the same words (`block`) or still contains them (`quote`).
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import yaml

from policy_archive.model import Notice, Passage, Record
from policy_archive.text.bounded_yaml import BoundedLoader
from policy_archive.text.words import words
from policy_archive.topics.taxonomy import Taxonomy

_KEYS = frozenset({"site", "snapshot", "block", "quote", "topics", "note"})


@dataclass(frozen=True, slots=True)
class Correction:
    """What a maintainer says that a block speaks to."""

    site: str
    snapshot: str
    block: str
    quote: str
    topics: tuple[str, ...]
    note: str

    def covers(self, record: Record) -> bool:
        """Whether it is about this snapshot: its own, or a later one of the same site."""
        snapshot = record.snapshot
        if self.site != snapshot.site:
            return False
        if self.snapshot.startswith("undated-"):
            return record.sha256.startswith(self.snapshot.removeprefix("undated-"))
        return not self.snapshot or snapshot.captured >= self.snapshot

    def blocks(self, record: Record) -> list[str]:
        """Ids of the blocks that it speaks of."""
        found = []
        for block in record.document.blocks:
            same = block.id == self.block or block.id.startswith(f"{self.block}-")
            if (self.block and same) or (self.quote and self.quote in _joined(block.text)):
                found.append(block.id)
        return found


class Corrections:
    """All corrections of an archive, by site."""

    def __init__(self, corrections: Sequence[Correction] = ()) -> None:
        """Keep `corrections`; of two that speak of one block the later one holds."""
        self._by_site: dict[str, list[Correction]] = defaultdict(list)
        for correction in corrections:
            self._by_site[correction.site].append(correction)

    def concern(self, site: str) -> bool:
        """Whether any speaks of `site`."""
        return site in self._by_site

    def digest(self, site: str) -> str:
        """Names what is corrected of `site`; empty: nothing."""
        found = self._by_site.get(site)
        return hashlib.sha256(repr(found).encode()).hexdigest() if found else ""

    def apply(self, record: Record) -> Record:
        """`record` with the passages that people say it has."""
        chosen: dict[str, Correction] = {}
        for correction in self._by_site.get(record.snapshot.site, ()):
            if correction.covers(record):
                chosen |= dict.fromkeys(correction.blocks(record), correction)
        if not chosen:
            return record
        by_block: dict[str, list[Passage]] = defaultdict(list)
        for passage in record.passages:
            if passage.block not in chosen:
                by_block[passage.block].append(passage)
        for block, correction in chosen.items():
            evidence = ("corrected by hand", *([correction.note] if correction.note else ()))
            by_block[block] = [
                Passage(block, topic, 1.0, evidence, human=True) for topic in correction.topics
            ]
        order = (block.id for block in record.document.blocks)
        return replace(record, passages=tuple(p for block in order for p in by_block[block]))


def load(file: Path, taxonomy: Taxonomy) -> tuple[Corrections, tuple[Notice, ...]]:
    """The corrections in `file` (none where it is absent), and a problem for each bad entry."""
    if not file.exists():
        return Corrections(), ()
    try:
        root = yaml.compose(file.read_text(encoding="utf-8"), BoundedLoader)
    except OSError as error:
        return Corrections(), (_problem(f"cannot be read: {error.strerror}", 1),)
    except RecursionError:
        return Corrections(), (_problem("is nested too deeply", 1),)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        return Corrections(), (_problem(f"is no YAML: {error}", mark.line + 1 if mark else 1),)
    if root is None:
        return Corrections(), ()
    if not isinstance(root, yaml.SequenceNode):
        return Corrections(), (_problem("must be a list of corrections", 1),)
    corrections, notices = [], []
    for node, line in _entries(root):
        try:
            corrections.append(_correction(node, taxonomy))
        except ValueError as error:
            notices.append(_problem(str(error), line))
    return Corrections(corrections), tuple(notices)


def _entries(root: yaml.SequenceNode) -> Iterator[tuple[Any, int]]:
    loader = yaml.SafeLoader("")
    for node in root.value:
        try:
            yield loader.construct_object(node, deep=True), node.start_mark.line + 1
        except Exception as error:  # whatever Python makes of a number or day that is none
            yield str(error), node.start_mark.line + 1


def _correction(entry: Any, taxonomy: Taxonomy) -> Correction:
    if not isinstance(entry, dict) or not entry.keys() <= _KEYS:
        raise ValueError(f"a correction is a mapping with keys among {', '.join(sorted(_KEYS))}")
    topics = entry.get("topics")
    known = [topic.id for topic in taxonomy.topics]
    if not isinstance(topics, list) or not set(map(str, topics)) <= set(known):
        raise ValueError(f"`topics` must be a list of topic ids among {', '.join(known)}")
    block, quote = str(entry.get("block") or ""), _joined(str(entry.get("quote") or ""))
    if not entry.get("site") or bool(block) == bool(quote):
        raise ValueError("a correction needs `site`, and either `block` or `quote`")
    return Correction(
        site=str(entry["site"]),
        snapshot=str(entry.get("snapshot") or ""),
        block=block,
        quote=quote,
        topics=tuple(topic for topic in known if topic in topics),
        note=str(entry.get("note") or ""),
    )


def _joined(text: str) -> str:
    """Words between spaces, so that containment is containment of whole words."""
    found = words(text)
    return f" {' '.join(found)} " if found else ""


def _problem(message: str, line: int) -> Notice:
    return Notice("invalid-correction", f"{message}; mend or remove this entry", "problem", line)
