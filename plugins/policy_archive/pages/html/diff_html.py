"""Changes to HTML: archived words escaped, what was added in `ins`, what was removed in `del`.

Rows of a change: `pa-edit` with the unit's words once (`pa-inline`) and, where both sides have
words, twice (`pa-pair`); which of them is seen is the reader's choice.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from policy_archive.diff import Change, Edit, Span, Unit
from policy_archive.diff.change import SpanKind
from policy_archive.pages import capture_time
from policy_archive.pages.language import current, gettext, ngettext
from policy_archive.text.words import Distinct, block_id, words

_MARKS = {"removed": "del", "added": "ins"}
_CLOSING = re.compile(r"[,.;:!?)\]}]")
"""Before these stands no space."""
_CONTEXT = 2
_CHANCE = 2
"""Up to this many words in common between changed ones are shown as changed, to be readable."""


class _Shown(NamedTuple):
    """An edit, and the id of its passage on the page; empty where no word changed."""

    edit: Edit
    name: str


class Moved(NamedTuple):
    """Numbers of moved texts, for the links between their two places."""

    numbers: dict[tuple[Unit, ...], int]

    @classmethod
    def of(cls, change: Change) -> "Moved":
        """Every text that moved, numbered in reading order."""
        moved = (edit.new for edit in change.edits if edit.kind == "moved")
        return cls({new: number for number, new in enumerate(moved, 1)})


def passage_names(change: Change) -> list[str]:
    """For each edit the id of its passage: made of its words as a block's, so that it lasts.

    Empty for what is the same, looks different only, or stands elsewhere now.
    """
    distinct = Distinct()
    return [
        ""
        if edit.kind in ("same", "cosmetic", "moved-away")
        else distinct(block_id("\n".join(unit.printed for unit in edit.new or edit.old)))
        for edit in change.edits
    ]


def change_body(change: Change) -> str:
    """All units in order; those far from any change carry `pa-rest`, for the whole text."""
    near = _near(change.edits)
    moved = Moved.of(change)
    shown = map(_Shown, change.edits, passage_names(change))
    rows: list[str] = []
    for is_near, group in groupby(zip(near, shown, strict=True), key=lambda pair: pair[0]):
        found = [it for _, it in group]
        if is_near:
            rows += _rows(found, moved)
        else:
            rows.append(_rest([it.edit for it in found]))
    return "\n".join(rows)


def _near(edits: Sequence[Edit]) -> list[bool]:
    """Which units stand within two of a change."""
    near = [False] * len(edits)
    for at, edit in enumerate(edits):
        if edit.returns:
            near[at] = True
        elif edit.kind not in ("same", "cosmetic"):
            first, last = max(0, at - _CONTEXT), min(len(edits), at + _CONTEXT + 1)
            near[first:last] = [True] * (last - first)
    return near


def _rest(edits: Sequence[Edit]) -> str:
    said = ngettext("%(num)s unchanged paragraph", "%(num)s unchanged paragraphs", len(edits))
    inside = "".join(_units(edit.new) for edit in edits)
    return f'<p class="pa-skip">{said}</p><div class="pa-rest">{inside}</div>'


def _rows(shown: Iterable[_Shown], moved: Moved) -> Iterator[str]:
    """Edits one after the other; what only goes back to an earlier capture is folded."""
    for capture, group in groupby(shown, key=lambda it: it.edit.returns):
        rows = (_row(it, moved) for it in group)
        if not capture:
            yield from rows
            continue
        day = capture_time.of_segment(capture)
        said = gettext("Returns to the text of %(day)s", day=day)
        inside = "\n".join(rows)
        yield f'<details class="pa-returns"><summary>{said}</summary>{inside}</details>'


def _row(shown: _Shown, moved: Moved) -> str:
    edit = shown.edit
    match edit.kind:
        case "same" | "cosmetic":
            return f'<div class="pa-edit pa-same">{_units(edit.new)}</div>'
        case "added":
            return _framed(shown, gettext("Added"), _units(edit.new, "ins"))
        case "removed":
            return _framed(shown, gettext("Removed"), _units(edit.old, "del"))
        case "moved":
            return _arrived(shown, moved)
        case "moved-away":
            number = moved.numbers.get(edit.new, 0)
            said = gettext("Moved: %(words)s stands elsewhere now", words=_quoted(edit.old))
            return (
                f'<p class="pa-edit pa-away" id="pa-from-{number}">'
                f'<a href="#pa-to-{number}">{said}</a></p>'
            )
        case _:
            return _framed(shown, gettext("Changed"), _both(edit))


def _arrived(shown: _Shown, moved: Moved) -> str:
    edit = shown.edit
    number = moved.numbers.get(edit.new, 0)
    start = f'<p class="pa-what-moved" id="pa-to-{number}">'
    link = f'<a href="#pa-from-{number}">'
    if edit.substantive:
        said = gettext("%(link)sMoved here</a>, and changed", link=link)
        return _framed(shown, gettext("Changed"), f"{start}{said}</p>{_both(edit)}")
    # Words that did not change need not be read again: the whole text has them.
    said = gettext("Moved here: %(words)s", words=_quoted(edit.new))
    whole = f'<div class="pa-rest">{_units(edit.new)}</div>'
    return _framed(shown, gettext("Moved"), f"{start}{link}{said}</a></p>{whole}")


def _quoted(units: Sequence[Unit]) -> str:
    return f'<span class="pa-theirs" dir="auto">{escape(_opening(units))}</span>'


def _framed(shown: _Shown, label: str, inside: str) -> str:
    edit, name = shown
    # Whole passages bear the word instead of a line under or through all of theirs.
    told = "pa-told" if edit.kind in ("added", "removed") else "pa-vh"
    called = _opening(edit.new or edit.old)
    permalink = gettext("Permalink: %(words)s", words=called)
    permalink = escape(gettext("Permalink: %(words)s", words=called))
    return (
        f'<div class="pa-edit pa-{edit.kind}" id="{name}">'
        f'<h3 class="{told}"><span lang="{current().code}">{label}</span>'
        f'<span class="pa-vh">: {escape(called)}</span></h3>{inside}'
        f'<a href="#{name}" title="{gettext("Permalink")}" aria-label="{permalink}"></a></div>'
    )


def _both(edit: Edit) -> str:
    spans = readable(edit.spans)
    inline = _texts(edit.new, inline_html(spans))
    old = _texts(edit.old, side_html(spans, "removed"))
    new = _texts(edit.new, side_html(spans, "added"))
    return (
        f'<div class="pa-inline">{inline}</div>'
        f'<div class="pa-pair"><div>{old}</div><div>{new}</div></div>'
    )


def inline_html(spans: Sequence[Span]) -> str:
    """Both texts in one, what was removed before what was added.

    Without what `del` holds it reads as the new text does, without what `ins` holds as the old one.
    """
    parts: list[str] = []
    parted, due = True, ""
    for at, span in enumerate(spans):
        mark = _MARKS.get(span.kind, "")
        text = span.old if mark == "del" else span.new
        if mark:
            alone = _CLOSING.match(_ahead(spans, at)) is not None
            if due == mark and not parted:
                text = f" {text}" if alone else text
                parts.append("" if alone else " ")
                due = ""
            parts.append(_marked(text, mark, alone=alone))
        else:
            parts.append(" " if due == "ins" and not parted else "")
            due = _spaced_on_one_side(span) if at + 1 < len(spans) else ""
            text = text.rstrip() if due else text
            parts.append(_lines(text))
        parted = text[-1:].isspace() if text else parted
    return "".join(parts)


def _ahead(spans: Sequence[Span], at: int) -> str:
    """What follows a marked text for a reader who leaves it out."""
    other = (span for span in spans[at + 1 :] if span.kind != spans[at].kind)
    return next((text for span in other if (text := span.new or span.old)), "")


def _spaced_on_one_side(span: Span) -> str:
    """The mark of the text that alone has a space behind words that both have, or nothing."""
    old, new = span.old[-1:].isspace(), span.new[-1:].isspace()
    if old == new:
        return ""
    return "del" if old else "ins"


def side_html(spans: Iterable[Span], kind: SpanKind) -> str:
    """One of the two texts, with the spans of `kind` marked."""
    texts = ((s.kind, s.old if kind == "removed" else s.new) for s in spans)
    return "".join(_marked(text, _MARKS[kind] if told == kind else "") for told, text in texts)


def _marked(text: str, mark: str, *, alone: bool = False) -> str:
    """`text` in a mark, which holds the space behind it only where it stands `alone`."""
    if not mark or not text:
        return _lines(text)
    bare = text if alone else text.rstrip()
    return f"<{mark}>{_lines(bare)}</{mark}>{' ' if len(bare) < len(text) else ''}"


def _lines(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>\n")


def readable(spans: Sequence[Span]) -> tuple[Span, ...]:
    """`spans` with words in common that stand alone among changed ones counted as changed."""
    merged: list[Span] = []
    for at, span in enumerate(spans):
        inner = 0 < at < len(spans) - 1
        if inner and span.kind in ("same", "cosmetic") and _chance(spans, at):
            merged += [Span("removed", span.old, ""), Span("added", "", span.new)]
        else:
            merged.append(span)
    return tuple(_collected(merged))


def _chance(spans: Sequence[Span], at: int) -> bool:
    around = spans[max(0, at - 2) : at], spans[at + 1 : at + 3]
    sides = [[s for s in side if s.kind in ("added", "removed")] for side in around]
    kinds = [{s.kind for s in side} for side in sides]
    count = len(words(spans[at].new))
    both = all(kind == {"added", "removed"} for kind in kinds)
    large = sum(len(words(s.old or s.new)) for side in sides for s in side)
    return both and count <= _CHANCE and large >= 4 * count


def _collected(spans: Iterable[Span]) -> Iterator[Span]:
    """Neighbouring removals and additions as one of each."""
    for changed, group in groupby(spans, key=lambda span: span.kind in ("added", "removed")):
        if not changed:
            yield from group
            continue
        found = list(group)
        old, new = "".join(s.old for s in found), "".join(s.new for s in found)
        if old:
            yield Span("removed", old, "")
        if new:
            yield Span("added", "", new)


def _units(units: Iterable[Unit], mark: str = "") -> str:
    opening, closing = (f"<{mark}>", f"</{mark}>") if mark else ("", "")
    return "".join(_text(unit, f"{opening}{_lines(unit.printed)}{closing}") for unit in units)


def _texts(units: Sequence[Unit], inside: str) -> str:
    return _text(units[0], inside)


def _text(unit: Unit, inside: str) -> str:
    depth = f" pa-d{min(unit.depth, 4)}" if unit.kind == "item" and unit.depth > 1 else ""
    return f'<p class="pa-u pa-u-{unit.kind}{depth}" dir="auto">{inside}</p>'


def _opening(units: Sequence[Unit]) -> str:
    text = " ".join(units[0].printed.split())
    return f"“{text}”" if len(text) <= 60 else f"“{text[:60].rpartition(' ')[0]} …”"


def cosmetic_rows(change: Change) -> Iterator[tuple[str, str]]:
    """Both sides of every passage that only looks different."""
    for edit in change.edits:
        if edit.kind == "cosmetic":
            yield (
                "<br>\n".join(_lines(unit.printed) for unit in edit.old),
                "<br>\n".join(_lines(unit.printed) for unit in edit.new),
            )
