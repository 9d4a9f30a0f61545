"""What a change did to each topic: the sentence before and after, and the passage that has it."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec

from policy_archive.diff import Change, Edit, Span, leading
from policy_archive.model import Record
from policy_archive.pages.html.diff_html import passage_names, readable, side_html

_END = re.compile(r"[.!?][\"”’)\]]{0,3}(?:\s+|$)|[。！？\n]")
"""Where a sentence ends, or a unit; full stops of abbreviations only make it shorter."""
_MOST = 320
"""Characters of one stretch of words."""


class ChangedSentence(msgspec.Struct, array_like=True, frozen=True):
    """Of the passage on a topic that changed most, the sentence that did."""

    topic: str
    passage: str
    """Its id on the page."""
    before: str
    """As HTML, what went in `del`; empty where the passage is new."""
    after: str
    """As HTML, what came in `ins`; empty where the passage went."""


def changed_sentences(change: Change, old: Record, new: Record) -> list[ChangedSentence]:
    """One for each topic that changed passages speak to, by topic id."""
    names = passage_names(change)
    return [
        ChangedSentence(topic, names[at], *_sides(change.edits[at]))
        for topic, at in sorted(leading(change, old, new).items())
    ]


def _sides(edit: Edit) -> tuple[str, str]:
    if not edit.spans:
        before, after = (_cut(" ".join(it.printed for it in side)) for side in (edit.old, edit.new))
        spans = [Span("removed", before, ""), Span("added", "", after)]
    else:
        spans = sentence(readable(edit.spans))
    before, after = side_html(spans, "removed"), side_html(spans, "added")
    return before if edit.old else "", after if edit.new else ""


def sentence(spans: Sequence[Span]) -> list[Span]:
    """Of `spans`, those of the sentence that changed most."""
    sizes = [len(span.old + span.new) if span.substantive else 0 for span in spans]
    first = last = sizes.index(max(sizes))
    if first and spans[first - 1].substantive:  # what stood in the place of what came
        first -= 1
    elif last + 1 < len(spans) and spans[last + 1].substantive:
        last += 1
    changed = [_each(span, _cut) for span in spans[first : last + 1]]
    ended = all(_ends(span.old or span.new) for span in spans[first : last + 1])
    behind = [] if ended else list(_until_end(spans[last + 1 :]))
    return [*reversed(list(_since_end(reversed(spans[:first])))), *changed, *behind]


def _since_end(spans: Iterable[Span]) -> Iterator[Span]:
    """Spans read backwards, up to the end of the sentence before."""
    for span in spans:
        yield _each(span, lambda text: text[_starts(text) :])
        if _starts(span.new or span.old):
            return


def _until_end(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        yield _each(
            span, lambda text: text[: found.end()] if (found := _END.search(text)) else text
        )
        if _END.search(span.new or span.old):
            return


def _starts(text: str) -> int:
    """Where the last sentence of `text` starts, in characters."""
    return max((found.end() for found in _END.finditer(text)), default=0)


def _ends(text: str) -> bool:
    return bool(text) and _starts(text) == len(text)


def _each(span: Span, cut: Callable[[str], str]) -> Span:
    return Span(span.kind, cut(span.old), cut(span.new))


def _cut(text: str) -> str:
    return text if len(text) <= _MOST else text[:_MOST].rpartition(" ")[0] + " … "
