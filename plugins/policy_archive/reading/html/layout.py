"""Lays saved HTML out in boxes and inline text (`boxes.py`), the way a browser does.

BeautifulSoup reads the markup. What no reader of the page could see (scripts, styles, comments, the
head) gets into no box. Nothing recurses: pages nest thousands deep.
"""

import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from bs4.element import CData, NavigableString, PageElement, PreformattedString, Tag
from lxml import etree

from policy_archive.reading import limits
from policy_archive.reading.html.boxes import Box, InlineText, Page, TextNode
from policy_archive.reading.html.vocabulary import names

_BLOCKS = names(
    "address article aside blockquote body button caption center dd details dialog dir div dl dt "
    "fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html li "
    "listing main menu nav noframes noscript ol optgroup option p plaintext pre section select "
    "summary table tbody td textarea tfoot th thead tr ul xmp"
)
_INVISIBLE = names(
    "applet area audio base canvas datalist embed frame iframe img input link meta noembed "
    "object param script source style svg template track video"
)
_UNSHOWN = names("head title")
_ATTRIBUTES = names(
    "aria-hidden class hidden href id lang reversed role start style type value xml:lang"
)
_BOLD = frozenset(["b", "strong", "th"])
_ITALIC = frozenset(["cite", "dfn", "em", "i", "var"])
_VERBATIM = frozenset(["listing", "plaintext", "pre", "textarea", "xmp"])
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_IMPOSSIBLE = re.compile("[\ud800-\udfff]")
_UNPRINTED = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b\u2060\ufeff]")


@dataclass(slots=True)
class _Context:
    """Where the content of an element goes: the box it is in and the marks it is under."""

    box: Box
    href: str = ""
    bold: bool = False
    italic: bool = False


class _ShownBuilder(LXMLTreeBuilder):
    """BeautifulSoup's lxml builder for what is shown, fed so that every tag knows its line.

    What it does otherwise, and what that saves: decision 15.
    """

    def __init__(self) -> None:
        super().__init__(multi_valued_attributes=None, string_containers={})
        self.attribute_dict_class = dict  # bs4's own also takes values that lxml never has
        self._line = 0
        self._unseen = 0
        """How many elements are open that show nothing."""
        self._elements = self._characters = self._breaks = 0

    def default_parser(self, encoding: str | None) -> object:
        # Without `huge_tree` libxml2 stops at 256 levels and drops the rest of the page.
        return etree.HTMLParser(
            target=self, strip_cdata=False, recover=True, encoding=encoding, huge_tree=True
        )

    def feed(self, markup: str | bytes) -> None:
        text = markup if isinstance(markup, str) else markup.decode()
        self.parser = self.default_parser(self.soup.original_encoding)
        self._line = 1
        start = 0
        while True:
            # Lines in which no tag can end go with the one where it can: far fewer calls.
            close = text.find(">", start)
            end = text.find("\n", close) + 1 if close >= 0 else 0
            end = end or len(text)
            self._line += text.count("\n", start, end - 1)
            self.parser.feed(text[start:end])
            if text[end - 1 : end] == "\n":
                self._line += 1
            if end == len(text):
                break
            start = end
        self.parser.close()

    # What is below bypasses bs4's care for namespaces, which lxml never finds in HTML.

    def start(self, name: str, attrs: Mapping[str, str], nsmap: object = None) -> None:
        if self._unseen or name in _INVISIBLE:
            self._unseen += 1
            return
        self._elements += 1
        limits.require(self._elements, limits.MARKS, "elements")
        # What nobody asks for is not worth its place in the tree.
        asked = {key: attrs[key] for key in attrs if key in _ATTRIBUTES}
        self.soup.handle_starttag(name, None, None, asked, sourceline=self._line)

    def end(self, name: str) -> None:
        if self._unseen:
            self._unseen -= 1
        else:
            self.soup.handle_endtag(name)

    def data(self, content: str) -> None:
        if not self._unseen:
            self._characters += len(content)
            limits.require(self._characters, limits.CHARACTERS, "characters of text")
            self._breaks += content.count("\n")
            limits.require(self._breaks, limits.LINES, "lines of text")
            self.soup.handle_data(content)


def parsed(text: str) -> BeautifulSoup:
    """The tree of what a page shows, each tag with its line in the source.

    Raises:
        BeyondLimitsError: it has too many elements, or too much text.
    """
    text = _IMPOSSIBLE.sub("\ufffd", text.replace("\0", ""))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bs4 takes a page without a tag for a file name
        return BeautifulSoup(text, builder=_ShownBuilder())


def page_of(text: str) -> Page:
    """Lay out the page that `text` describes.

    Raises:
        BeyondLimitsError: it has too many elements, or too much text.
    """
    soup = parsed(text)
    nodes = list(soup.descendants)
    page = Page(Box("html", {}, 1, text.count("\n") + 1))
    _lay_out(nodes, _boxed(nodes, page), {id(soup): _Context(page.root)})
    return page


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
        if name in _BLOCKS:
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


def _lay_out(nodes: list[PageElement], boxed: set[int], places: dict[int, _Context]) -> None:
    """Hang the visible `nodes` (in document order) into their boxes."""
    line = 1
    for node in nodes:
        place = places.get(id(node.parent))
        if isinstance(node, Tag):
            line = max(line, node.sourceline or 0)
            if place is not None and node.name not in _UNSHOWN:
                if node.name == "br":
                    _append(place, TextNode("\n", line, line, broken=True))
                else:
                    places[id(node)] = _place(node, place, boxed, line)
        elif isinstance(node, NavigableString):
            first, line = line, line + node.count("\n")
            if place is None or (isinstance(node, PreformattedString) and type(node) is not CData):
                continue
            if node.isspace() and not _takes_space(place.box):
                continue
            text = _UNPRINTED.sub("", node)
            if text:
                shown = text.lstrip()
                first += text.count("\n", 0, len(text) - len(shown))
                last = first + shown.rstrip().count("\n")
                _append(place, TextNode(text, first, last, place.href, place.bold, place.italic))


def _place(tag: Tag, outer: _Context, boxed: set[int], line: int) -> _Context:
    """Where the content of `tag` goes, given where the tag itself stands."""
    name = tag.name
    attributes = tag.attrs
    place = _Context(outer.box, outer.href, outer.bold, outer.italic)
    style = attributes.get("style", "") if attributes else ""
    if name == "a":
        place.href = attributes.get("href", "").strip() or outer.href
    elif name in _BOLD or ("bold" in style and _BOLD_STYLE.search(style)):
        place.bold = name != "th"
    elif name in _ITALIC:
        place.italic = True
    hidden = name == "noscript" or (bool(attributes) and _is_hidden(attributes, style))
    if hidden or id(tag) in boxed:
        box = Box(name, attributes, line, line, outer.box.verbatim or name in _VERBATIM, hidden)
        siblings = outer.box.children
        if id(tag) not in boxed and siblings and isinstance(siblings[-1], InlineText):
            siblings.insert(-1, box)  # hidden words do not break the line they stand in
        else:
            siblings.append(box)
        place.box = box
    return place


def _is_hidden(attributes: Mapping[str, str], style: str) -> bool:
    return (
        "hidden" in attributes
        or attributes.get("aria-hidden") == "true"
        or (("none" in style or "hidden" in style) and _HIDING.search(style) is not None)
    )


def _takes_space(box: Box) -> bool:
    """Whether space stands for something in `box`: inside a line, or where text is verbatim."""
    return box.verbatim or bool(box.children and isinstance(box.children[-1], InlineText))


def _append(place: _Context, piece: TextNode) -> None:
    """Add `piece` to the line that is open in the box of `place`, or open one."""
    children = place.box.children
    blank = not piece.text.strip()
    line = children[-1] if children else None
    if not isinstance(line, InlineText):
        if blank and not (place.box.verbatim or piece.broken):
            return
        line = InlineText(piece.first, piece.last)
        children.append(line)
    line.pieces.append(piece)
    if not blank:
        line.last = max(line.last, piece.last)
