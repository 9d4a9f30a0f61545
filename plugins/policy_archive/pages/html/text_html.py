"""Blocks to HTML: the only place where archived text becomes body HTML.

Everything is escaped; the elements below are all there are. No attribute holds archived text but
`href` and the attributes of robust links, which `links.py` makes, and the name of a permalink.

A block is a `div` with its id and, in it, its permalink; that is all, for a page has a hundred.
Classes: `pa-note` (topics of a block), `pa-list` and `pa-list--numbered` with `pa-number` (the
printed number), `pa-table`, `pa-folded` (the archived site's own menus).
"""

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape
from itertools import groupby
from typing import NamedTuple

from policy_archive.catalogue.rows import excerpt
from policy_archive.model import Block, Item, Run, Runs
from policy_archive.pages.language import ENGLISH, current, gettext, ngettext
from policy_archive.pages.views import TopicChip
from policy_archive.text.words import words

LinkAttributes = Callable[[str], str | None]
"""The escaped attributes of a link, or None where the text stands alone."""

_BEGINNING = re.compile(r"<\w+")
_BEFORE_POINT = re.compile("</s> (?=[.,;:!?)])")

_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


class Tongues(NamedTuple):
    """Attributes that tell the archived text's language and direction from ours, where they differ.

    What is written from left to right throughout needs no word on it for each paragraph.
    """

    theirs: str = ""
    ours: str = ""

    @classmethod
    def of(cls, language: str, texts: Iterable[str]) -> "Tongues":
        """For archived `texts`; `language` is theirs as a whole."""
        own = current()
        said = f' lang="{own.code}"'
        if own.direction == "rtl" or any(
            not text.isascii() and _RIGHT_TO_LEFT.search(text) for text in texts
        ):
            return cls(' dir="auto"', f'{said} dir="{own.direction}"')
        return cls("", "" if language == own.code else said)


_ONE_TONGUE = Tongues()
_NAME = 40
"""Characters of a paragraph by which its permalink is called."""


def section_body(
    blocks: Sequence[Block],
    chips: Callable[[Block], Sequence[TopicChip]],
    link: LinkAttributes,
    tongues: Tongues = _ONE_TONGUE,
    slot: Callable[[str], str] = lambda block: "",
) -> str:
    """The blocks of one section; a topic is noted where it begins, not on every block it spans.

    `slot` gives the HTML beside a block's permalink by the block's id.
    """
    parts: list[str] = []
    before: set[tuple[str, bool]] = set()
    for folded, group in groupby(blocks, key=lambda block: block.folded):
        if folded:
            parts.append(_folded(list(group), link, tongues, slot))
            continue
        for block in group:
            spoken = chips(block)
            begun = [chip for chip in spoken if (chip.id, chip.possible) not in before]
            before = {(chip.id, chip.possible) for chip in spoken}
            parts.append(_framed(block, begun, link, tongues, slot(block.id)))
    return "\n".join(parts)


def _framed(
    block: Block, begun: Sequence[TopicChip], link: LinkAttributes, tongues: Tongues, beside: str
) -> str:
    name = escape(block.id)
    permalink = escape(gettext("Permalink"))
    called = escape(gettext("Permalink: %(words)s", words=excerpt(block.text, _NAME)))
    inside = _block(block, link)
    if tongues.theirs:  # not on the frame: columns beside a block are of the page, not of its words
        inside = _BEGINNING.sub(rf"\g<0>{tongues.theirs}", inside, count=1)
    return (
        f'<div id="{name}">{inside}'
        f'<a href="#{name}" title="{permalink}" aria-label="{called}"></a>{beside}'
        f"{_note(begun, tongues)}</div>"
    )


def _note(chips: Sequence[TopicChip], tongues: Tongues) -> str:
    if not chips:
        return ""
    return f'<aside class="pa-note"{tongues.ours}>{"".join(map(_chip, chips))}</aside>'


def _chip(chip: TopicChip) -> str:
    possible = f"<i>{escape(gettext('possibly'))}</i> " if chip.possible else ""
    # The style sheet says "compare" behind it; what that is in another language, it cannot know.
    compare = "" if current() is ENGLISH else f' data-compare="{escape(gettext("compare"))}"'
    return (
        f'<a href="{escape(chip.url)}" title="{escape(chip.why)}"{compare}>'
        f"{possible}{escape(chip.name)}</a>"
    )


def _folded(
    blocks: Sequence[Block],
    link: LinkAttributes,
    tongues: Tongues,
    slot: Callable[[str], str],
) -> str:
    count = sum(len(words(block.text)) for block in blocks)
    inside = "\n".join(_framed(block, (), link, tongues, slot(block.id)) for block in blocks)
    said = ngettext("Site menu (%(num)s word)", "Site menu (%(num)s words)", count)
    return f'<details class="pa-folded"><summary>{escape(said)}</summary>\n{inside}</details>'


def _block(block: Block, link: LinkAttributes) -> str:
    match block.kind:
        case "list":
            return _list(block, link)
        case "table":
            return _table(block, link)
        case "quote":
            return f"<blockquote>{_blocks(block.blocks, link)}</blockquote>"
        case "preformatted":
            return f"<pre>{_runs(block.runs, link)}</pre>"
        case "heading":  # inside a list or quotation it divides nothing
            return f"<p><strong>{_runs(block.runs, link)}</strong></p>"
        case _:
            return f"<p>{_runs(block.runs, link)}</p>"


def _blocks(blocks: Iterable[Block], link: LinkAttributes) -> str:
    return "".join(_block(block, link) for block in blocks)


def _list(block: Block, link: LinkAttributes) -> str:
    numbered = any(item.number for item in block.items)
    tag, kind = ("ol", "pa-list pa-list--numbered") if numbered else ("ul", "pa-list")
    items = "".join(_item(item, link) for item in block.items)
    return f'<{tag} class="{kind}">{items}</{tag}>'


def _item(item: Item, link: LinkAttributes) -> str:
    number = f'<span class="pa-number">{escape(item.number)}</span> ' if item.number else ""
    first, rest = item.blocks[:1], item.blocks[1:]
    if first and first[0].kind == "paragraph":
        text = _runs(first[0].runs, link)
        # One paragraph, perhaps with a list under it, reads as the item itself.
        loose = any(block.kind == "paragraph" for block in rest)
        opening = f"<p>{number}{text}</p>" if loose else number + text
        return f"<li>{opening}{_blocks(rest, link)}</li>"
    return f"<li>{number}{_blocks(item.blocks, link)}</li>"


def _table(block: Block, link: LinkAttributes) -> str:
    rows = list(block.rows)
    head = _row(rows.pop(0), "th", link) if block.has_header and rows else ""
    body = "".join(_row(row, "td", link) for row in rows)
    head = f"<thead>{head}</thead>" if head else ""
    body = f"<tbody>{body}</tbody>" if body else ""
    # Focusable, so that a keyboard can scroll a table that is wider than the page.
    return f'<div class="pa-table" tabindex="0"><table>{head}{body}</table></div>'


def _row(cells: Iterable[Runs], tag: str, link: LinkAttributes) -> str:
    scope = ' scope="col"' if tag == "th" else ""
    inside = "".join(f"<{tag}{scope}>{_runs(cell, link)}</{tag}>" for cell in cells)
    return f"<tr>{inside}</tr>"


def _runs(runs: Runs, link: LinkAttributes) -> str:
    """Text under marks; neighbours with one address are one link."""
    parts = []
    for href, group in groupby(runs, key=lambda run: run.href):
        text = "".join(map(_marked, group))
        text = _BEFORE_POINT.sub("</s>", text) if "</s>" in text else text
        attributes = link(href) if href and text.strip() else None
        parts.append(f"<a {attributes}>{text}</a>" if attributes else text)
    return "".join(parts)


def _marked(run: Run) -> str:
    text = _printed(run.text)
    if run.italic and text:
        text = f"<em>{text}</em>"
    if run.bold and text:
        text = f"<strong>{text}</strong>"
    return f"{text} <s>{_printed(run.struck)}</s> " if run.struck else text


def _printed(text: str) -> str:
    return escape(text, quote=False).replace("\n", "<br>\n")
