"""Lays saved HTML out in boxes and inline text (`boxes.py`), the way a browser does.

BeautifulSoup reads the markup. What no reader of the page could see (scripts, styles, comments, the
head) gets into no box. Nothing recurses: pages nest thousands deep.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from bs4.element import CData, NavigableString, PageElement, PreformattedString, Tag

from policy_archive.model import Repair
from policy_archive.reading.html import raised
from policy_archive.reading.html.boxes import Box, InlineText, Page, TextNode
from policy_archive.reading.html.tree import parsed
from policy_archive.reading.html.vocabulary import names

_BLOCKS = names(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html li "
    "listing main menu nav noframes noscript ol optgroup option p plaintext pre section select "
    "summary table tbody td template textarea tfoot th thead tr ul xmp"
)
_ROLES = {
    "cell": "td", "columnheader": "th", "grid": "table", "gridcell": "td", "row": "tr",
    "rowgroup": "tbody", "rowheader": "th", "table": "table",
}  # fmt: skip
"""What elements of any name are by their role, as parts of a table."""
_BOLD = frozenset(["b", "strong", "th"])
_ITALIC = frozenset(["cite", "dfn", "em", "i", "var"])
_VERBATIM = frozenset(["listing", "plaintext", "pre", "textarea", "xmp"])
_STRUCK = frozenset(["del", "s", "strike"])
_ICONS = re.compile(r"\bmaterial-(?:icons|symbols)\b")
"""A font that draws a word as a picture: what stands there is a picture's name."""
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_STRIKING_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]{0,60}line-through", re.IGNORECASE)
_UNPRINTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff]")


@dataclass(slots=True)
class _Context:
    """Where the content of an element goes: the box it is in and the marks it is under."""

    box: Box
    href: str = ""
    bold: bool = False
    italic: bool = False


def page_of(text: str) -> Page:
    """Lay out the page that `text` describes.

    Raises:
        BeyondLimitsError: it has too many elements, or too much text.
    """
    soup, base = parsed(text)
    nodes = list(soup.descendants)
    page = Page(Box("html", {}, 1, text.count("\n") + 1))
    page.base = base if _scheme(base) in ("", "http", "https") else ""
    _lay_out(nodes, _boxed(nodes, page), {id(soup): _Context(page.root)}, page)
    return page


def _scheme(url: str) -> str | None:
    """None where it cannot be told."""
    try:
        return urlsplit(url).scheme
    except ValueError:
        return None


def _attribute(tag: Tag, name: str) -> str:
    value = tag.attrs.get(name)
    return value.strip() if isinstance(value, str) else ""


def _boxed(nodes: list[PageElement], page: Page) -> set[int]:
    """The ids of tags that make boxes: block elements, and inline ones that hold some.

    On the way it notes what the page says of itself. (Tags equal one another, and are hashed, by
    all that is in them, so that they cannot be keys themselves.)
    """
    boxed: set[int] = set()
    for node in nodes:
        if not isinstance(node, Tag):
            continue
        name = node.name
        if name in _BLOCKS or node.attrs.get("role") in _ROLES:
            tag: Tag | None = node
            while tag is not None and id(tag) not in boxed:
                boxed.add(id(tag))
                tag = tag.parent
        if name == "html":
            page.language = _attribute(node, "lang") or _attribute(node, "xml:lang")
        elif name == "title" and not page.title:
            page.title = " ".join(node.get_text().split())
        elif name == "frameset":
            page.frameset = True
    return boxed


def _lay_out(
    nodes: list[PageElement], boxed: set[int], places: dict[int, _Context], page: Page
) -> None:
    """Hang the visible `nodes` (in document order) into their boxes."""
    line = 1
    printed: dict[int, str] = {}
    for node in nodes:
        place = places.get(id(node.parent))
        if isinstance(node, Tag):
            line = max(line, node.sourceline or 0)
            if place is None or node.name == "title":
                continue
            if node.name == "br":
                _append(place, TextNode("\n", line, line, broken=True))
            elif node.name == "img":
                _picture(_attribute(node, "alt") or _attribute(node, "title"), place)
            else:
                if not node.contents:  # an icon, drawn by a style
                    _picture(_attribute(node, "aria-label"), place)
                if node.name in raised.RAISING:
                    printed |= raised.rewritten(node, _end(place.box), printed)
                places[id(node)] = _place(node, place, boxed, line, page.base)
        elif isinstance(node, NavigableString):
            first, line = line, line + node.count("\n")
            if place is None or (isinstance(node, PreformattedString) and type(node) is not CData):
                continue
            if node.isspace() and not _takes_space(place.box):
                continue
            text = _UNPRINTED.sub("", node)
            if id(node) in printed:
                _note(page, place, text, printed[id(node)], line)
                text = printed[id(node)]
            if text:
                shown = text.lstrip()
                first += text.count("\n", 0, len(text) - len(shown))
                last = first + shown.rstrip().count("\n")
                _append(place, TextNode(text, first, last, place.href, place.bold, place.italic))


def _end(box: Box) -> str:
    """The end of the line that is open in `box`."""
    line = box.children[-1] if box.children else None
    return line.pieces[-1].text[-8:] if isinstance(line, InlineText) else ""


def _note(page: Page, place: _Context, text: str, printed: str, line: int) -> None:
    """Tell the ledger of characters that were put around a raised text; a browser quotes itself."""
    if "“" not in printed and "”" not in printed:
        word = _end(place.box).rsplit(None, 1)[-1:]
        before = "".join([*word, text.strip()])
        after = "".join([*word, printed])
        page.repairs.append(Repair("raised-text", (line, line), before, after))


def _picture(said: str, place: _Context) -> None:
    """Keep what a picture in a table's cell says, for where nothing else stands there."""
    if place.box.name in ("td", "th") and (words := " ".join(said.split())):
        place.box.pictures.append(words)


def _place(tag: Tag, outer: _Context, boxed: set[int], line: int, base: str) -> _Context:
    """Where the content of `tag` goes, given where the tag itself stands."""
    name = tag.name
    attributes = tag.attrs
    place = _Context(outer.box, outer.href, outer.bold, outer.italic)
    style = attributes.get("style", "") if attributes else ""
    if name == "a":
        place.href = _target(attributes.get("href", "").strip(), base) or outer.href
    elif name in _BOLD or ("bold" in style and _BOLD_STYLE.search(style)):
        place.bold = name != "th"
    elif name in _ITALIC:
        place.italic = True
    struck = name in _STRUCK or ("line-through" in style and bool(_STRIKING_STYLE.search(style)))
    hidden = name in ("noscript", "dialog") and "open" not in attributes
    hidden = hidden or (bool(attributes) and _is_hidden(attributes, style))
    if hidden or struck or id(tag) in boxed:
        name = _named(name, attributes)
        box = Box(name, attributes, line, line, outer.box.verbatim or name in _VERBATIM, hidden)
        box.struck = struck
        siblings = outer.box.children
        inline = id(tag) not in boxed
        in_line = inline and bool(siblings) and isinstance(siblings[-1], InlineText)
        if in_line or (inline and struck and not hidden):
            box.marked = True
            _open_line(outer.box, line).pieces.append(TextNode("", line, line, inner=box))
            siblings.insert(-1, box)  # words that are not shown do not break the line
        else:
            siblings.append(box)
        place.box = box
    return place


def _named(name: str, attributes: Mapping[str, str]) -> str:
    """`name`, or that of the heading or the part of a table which the element is by its role."""
    role = attributes.get("role") if attributes else None
    if role in _ROLES:
        return _ROLES[role]
    if role == "heading":
        level = attributes.get("aria-level", "").strip()
        return f"h{level}" if level in "123456" and level else "h2"
    return name


def _target(href: str, base: str) -> str:
    """Where a link leads, by the page's own `<base>` if it has one."""
    if not base or not href or href.startswith("#"):
        return href
    try:
        return urljoin(base, href)
    except ValueError:
        return href


def _is_hidden(attributes: Mapping[str, str], style: str) -> bool:
    # `aria-hidden` says nothing here: it hides from screen readers what the eye sees.
    return (
        "hidden" in attributes
        or (("none" in style or "hidden" in style) and _HIDING.search(style) is not None)
        or ("material" in attributes.get("class", "") and bool(_ICONS.search(attributes["class"])))
    )


def _takes_space(box: Box) -> bool:
    """Whether space stands for something in `box`: inside a line, or where text is verbatim."""
    return box.verbatim or bool(box.children and isinstance(box.children[-1], InlineText))


def _open_line(box: Box, first: int, last: int = 0) -> InlineText:
    """The line that is open in `box`, or a new one."""
    line = box.children[-1] if box.children else None
    if not isinstance(line, InlineText):
        line = InlineText(first, last or first)
        box.children.append(line)
    return line


def _append(place: _Context, piece: TextNode) -> None:
    """Add `piece` to the line that is open in the box of `place`, or open one."""
    blank = not piece.text.strip()
    if blank and not (place.box.verbatim or piece.broken or _takes_space(place.box)):
        return
    line = _open_line(place.box, piece.first, piece.last)
    line.pieces.append(piece)
    if not blank:
        line.last = max(line.last, piece.last)
