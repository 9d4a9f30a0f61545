"""The tree of what a saved page shows, each element with its line in the source.

BeautifulSoup on lxml reads the markup, through a builder that leaves out what nobody sees (decision
15), and that opens and closes what browsers do where lxml knows better of older HTML.
"""

import re
import warnings
from collections.abc import Mapping

from bs4 import BeautifulSoup
from bs4.builder._lxml import LXMLTreeBuilder
from lxml import etree

from policy_archive.reading import limits
from policy_archive.reading.html.vocabulary import names

_VOID = names(
    "area base basefont bgsound br col embed frame hr img input link meta param source track wbr"
)
"""Elements that hold nothing; lxml opens some of them, and puts the rest of the page inside."""
_INVISIBLE = names(
    "area audio base basefont bgsound canvas col datalist embed frame iframe input link "
    "meta noembed param rp script source style svg template track video wbr"
)
_BREAKING_OUT = names(
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li "
    "listing menu meta nobr ol p pre ruby s small span strong strike sub sup table tt u ul var"
)
"""Elements that end a picture whose end tag was forgotten (HTML standard, 13.2.6.5)."""
_ATTRIBUTES = names(
    "alt aria-controls aria-expanded aria-label aria-level aria-modal class colspan hidden href id "
    "lang open reversed role rowspan start style title type value xml:lang"
)
_SHADOW_ROOT = frozenset(["shadowrootmode", "shadowroot"])
_NOFRAMES = re.compile(r"</?noframes\b[^<>]{0,300}>", re.IGNORECASE)
"""Around what is shown in place of frames, which lxml takes for text with its marks."""
_IMPOSSIBLE = re.compile("[\ud800-\udfff]")


class ShownBuilder(LXMLTreeBuilder):
    """BeautifulSoup's lxml builder for what is shown, fed so that every tag knows its line."""

    def __init__(self) -> None:
        super().__init__(multi_valued_attributes=None, string_containers={})
        self.attribute_dict_class = dict  # bs4's own also takes values that lxml never has
        self.base = ""
        """What the page says that its links start from."""
        self._line = 0
        self._open: list[bool] = []
        """For each open element, whether it is in the tree."""
        self._unseen = 0
        """How many elements are open around the one that shows nothing, with that one; or 0."""
        self._picture = False
        """That element is a drawing, which other elements end."""
        self._untitled = False
        """It is one of which nothing has been said yet."""
        self._title: list[str] | None = None
        """What the title of a drawing says, while it is open."""
        self._elements = self._characters = self._breaks = 0

    def default_parser(self, encoding: str | None) -> object:
        """A parser that tells this builder what it finds."""
        # Without `huge_tree` libxml2 stops at 256 levels and drops the rest of the page.
        return etree.HTMLParser(
            target=self, strip_cdata=False, recover=True, encoding=encoding, huge_tree=True
        )

    def feed(self, markup: str | bytes) -> None:
        """Read the page line by line, so that each element knows its own."""
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
        """Take an element into the tree, unless it or one around it shows nothing."""
        if self._unseen and self._picture and name in _BREAKING_OUT:
            self._unseen = 0
        if name == "base" and not self.base:
            self.base = attrs.get("href", "").strip()
        hides = name in _INVISIBLE and not (name == "template" and _SHADOW_ROOT & attrs.keys())
        if not self._unseen and hides:
            self._picture = name == "svg"
            if name not in _VOID:
                self._unseen = len(self._open) + 1
            self._untitled = self._picture and not attrs.get("aria-label")
            if self._picture and not self._untitled:
                self._draw(attrs["aria-label"])
        elif self._untitled and name == "title" and len(self._open) == self._unseen:
            self._title = []
        shown = not (self._unseen or hides)
        self._open.append(shown)
        if shown:
            self._add(name, attrs)

    def _draw(self, said: str) -> None:
        """Put a picture that says this where a drawing stands."""
        self._add("img", {"alt": said})
        self.soup.handle_endtag("img")

    def _add(self, name: str, attrs: Mapping[str, str]) -> None:
        self._elements += 1
        limits.require(self._elements, limits.MARKS, "elements")
        # What nobody asks for is not worth its place in the tree.
        asked = {key: attrs[key] for key in attrs if key in _ATTRIBUTES}
        self.soup.handle_starttag(name, None, None, asked, sourceline=self._line)

    def end(self, name: str) -> None:
        """Close the element that was opened last."""
        if self._open.pop():
            self.soup.handle_endtag(name)
        if self._title and name == "title":
            self._draw("".join(self._title))
            self._untitled = False
        self._title = None
        if len(self._open) < self._unseen:
            self._unseen = 0

    def data(self, content: str) -> None:
        """Take text into the tree where it is shown."""
        if self._title is not None:
            self._title.append(content)
        if not self._unseen:
            self._characters += len(content)
            limits.require(self._characters, limits.CHARACTERS, "characters of text")
            self._breaks += content.count("\n")
            limits.require(self._breaks, limits.LINES, "lines of text")
            self.soup.handle_data(content)


def parsed(text: str) -> tuple[BeautifulSoup, str]:
    """The tree of what a page shows, and the address that its `<base>` gives.

    Raises:
        BeyondLimitsError: it has too many elements, or too much text.
    """
    text = _IMPOSSIBLE.sub("\ufffd", text.replace("\0", ""))
    if any(mark in text for mark in ("<noframes", "<NOFRAMES", "<NoFrames")):
        text = _NOFRAMES.sub("", text)
    builder = ShownBuilder()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # bs4 takes a page without a tag for a file name
        return BeautifulSoup(text, builder=builder), builder.base
