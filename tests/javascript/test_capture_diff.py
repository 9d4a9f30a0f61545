"""The comparison of any two captures in the browser, beside that of the build."""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import accumulate, groupby, pairwise
from pathlib import Path

from policy_archive.build.tasks import read_source
from policy_archive.diff import Edit, Span, compare
from policy_archive.diff.furniture import is_furniture
from policy_archive.model import Record
from policy_archive.pages.data.snapshot_json import made
from policy_archive.settings import Settings
from policy_archive.sources.git import history

from ..open_terms import thorough, versions
from .test_javascript import HERE, node

Pair = tuple[Record, Record]
_WORD = re.compile(r"[^\s.;:…>|*+#-]")
"""Stops change no sentence; a comma may."""


def changed_in_browser(pairs: Sequence[Pair]) -> list[tuple[set[str], set[str]]]:
    """Of each pair the ids of blocks whose own words differ, old and new."""
    given = b",".join(b"[" + b",".join(made("{}", it, {}) for it in pair) + b"]" for pair in pairs)
    found = json.loads(node(str(HERE / "changed-blocks.js"), given=f"[{given.decode()}]"))
    return [(set(old), set(new)) for old, new in found]


def changed_in_build(old: Record, new: Record) -> tuple[set[str], set[str]]:
    """The same by what pages of changes show: blocks that a substantive span touches.

    Words of the block went or came, or others came amid them: what was only added behind a
    paragraph's last word, or before its first, is the other side's.
    """
    edits = compare(old.document, new.document).substantive
    olds = {id_ for edit in edits for id_ in touched(edit)}
    news = {id_ for edit in edits for id_ in touched(edit.reversed())}
    return olds, news


def touched(edit: Edit) -> Iterator[str]:
    """Ids of an edit's old blocks that its spans touch."""
    spans = edit.spans or [Span("removed", "\n".join(unit.printed for unit in edit.old), "")]
    starts = [0, *accumulate(len(unit.printed) + 1 for unit in edit.old)]
    place = 0
    for span in spans:
        first, last = place, place + len(span.old)
        place = last
        if not span.substantive or not _WORD.search(span.old + span.new):
            continue
        for unit, start in zip(edit.old, starts, strict=False):
            words = [start + it.end() for it in _WORD.finditer(unit.printed)]
            within = words and first < words[-1] and last > start
            if within and unit.block.startswith("p-") and not is_furniture(unit):
                yield unit.block


def pairs_of(folder: Path, count: int) -> list[Pair]:
    """Consecutive captures of all policies, spread evenly, and some that lie far apart."""
    sources = sorted(history.find(versions(folder)), key=lambda it: (it.path, it.order))
    pairs = []
    for _, group in groupby(sources, key=lambda it: it.path):
        own = list(group)
        pairs += [*pairwise(own), (own[0], own[-1])]
    step = max(1, len(pairs) // count)
    read = {it.name: read_source(it, Settings()) for pair in pairs[::step] for it in pair}
    return [(read[old.name], read[new.name]) for old, new in pairs[::step][:count]]


def test_the_browser_finds_the_blocks_changed_that_the_build_does_on_200_pairs(
    tmp_path: Path,
) -> None:
    """Measured on 200 pairs: 3,889 blocks in both, 20 in the build alone, 14 in the browser alone.

    The rest: a brief text that by chance stands in another, too ("Manage Consent"), which of two
    equal texts went, words whose stops changed ("US", "U.S."), a slash at the end of an address.
    """
    thorough()
    pairs = pairs_of(tmp_path, 200)
    assert len(pairs) == 200
    missed = agreed = more = 0
    for pair, browser in zip(pairs, changed_in_browser(pairs), strict=True):
        for own, theirs in zip(changed_in_build(*pair), browser, strict=True):
            agreed += len(own & theirs)
            missed += len(own - theirs)
            more += len(theirs - own)
    print(f"{agreed} blocks in both, {missed} in the build alone, {more} in the browser alone")
    assert agreed / (agreed + missed + more) >= 0.99
