"""Markdown, as HTML-to-text converters leave it, to blocks.

markdown-it-py reads the syntax (CommonMark and tables). Raw HTML and link reference definitions
are switched off: in archived text they are words that a reader saw, not instructions to us.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from textwrap import dedent

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, paragraph, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from policy_archive.model import Block, Item, Lines, Repair, Run, Runs
from policy_archive.reading import Reading, limits
from policy_archive.reading.runs import tidy

_MARKS = "\\`*_[]!<&"
_INLINE = re.compile(r"[\n\\`*_\[\]!<&]")
"""Where something other than text may begin, under the rules for inline text that are on."""
_GROWN = re.compile(r"[^\W_]{2}")
_CODE_LINK = re.compile(r"\[(.+)\]\(((?:(?!\]\()\S)+)\)")
_SPLIT_LINK = re.compile(r"(\n[ \t]*\n[^\w\[\n]*)\]\((?:[^()\s]|\([^()\s]*\))*\)(?=[\s\[]|$)")
_CELL_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
"""How converters write a line break in a table's cell, where Markdown has none."""
_PROSE = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]{2,}+[\s,.;:’'\"“”)(]++){6}")


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 2 * limits.DEPTH})
    parser.enable("table").disable(["reference", "html_block"])
    # A link with a scheme that we do not follow is still a link: its target is no visible text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    # Targets are kept as they were written; `site/links.py` decides what may be followed.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    # Half of the library's time goes into looking for marks where a look shows that there are none.
    parser.inline.terminator_re = _INLINE
    parser.core.ruler.at("inline", _inline)
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before("table", "prose", _prose)
    return parser


def _inline(state: StateCore) -> None:
    """The library's rule, but for text without a mark, which is one token of text."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        if token.content and not _INLINE.search(token.content):
            token.children = [Token("text", "", 0, content=token.content)]
        else:
            token.children = []
            state.md.inline.parse(token.content, state.md, state.env, token.children)


def _prose(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A line between blank ones that begins with a letter: no other rule can want it."""
    first = state.src[state.bMarks[line] + state.tShift[line]]
    if not first.isalpha() or not state.isEmpty(line + 1) or state.is_code_block(line):
        return False
    return paragraph(state, line, end, silent)


def _table(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """The library's rule, which makes of two kilobytes of short rows up to 65,000 cells."""
    found = table(state, line, end, silent)
    limits.require(len(state.tokens), limits.TOKENS, "pieces of Markdown")
    return found


_MARKDOWN = _parser()


def read(text: str) -> Reading:
    """Read Markdown.

    Raises:
        BeyondLimitsError: the text is too long, has too many marks, or nests too deep.
    """
    limits.require(len(text), limits.CHARACTERS, "characters")
    limits.require(text.count("\n"), limits.LINES, "lines")
    limits.require(sum(map(text.count, _MARKS)), limits.MARKS, "marks of Markdown")
    text, repairs = _without_split_links(text)
    tokens = _parsed(text)
    builder = _Builder(tokens, text.split("\n"))
    blocks = tuple(builder.blocks(0, len(tokens), 0))
    return Reading(blocks, (*repairs, *builder.repairs))


def _parsed(text: str) -> list[Token]:
    """The flat tokens of `text`; what the parser would leave out, nested too deep, is refused."""
    tokens = _MARKDOWN.parse(text)
    deepest = max([token.level for token in tokens], default=0)
    limits.require(deepest, limits.DEPTH, "levels of nesting")
    return tokens


def _without_split_links(text: str) -> tuple[str, list[Repair]]:
    """Links around whole blocks (`[`, a heading, a paragraph, `](target)`) keep their blocks alone.

    CommonMark knows no such links and would print the target as if it had been text.
    """
    repairs = []
    line, counted = 1, 0
    for match in _SPLIT_LINK.finditer(text):
        line += text.count("\n", counted, match.end())
        counted = match.end()
        repairs.append(Repair("split-link", (line, line), "[ ]", ""))
    return (_SPLIT_LINK.sub(r"\1", text) if repairs else text), repairs


class _Builder:
    """Walks the flat token list; `offset` is where the text stands in the source."""

    def __init__(self, tokens: list[Token], source: list[str], offset: int = 0) -> None:
        self._tokens = tokens
        self._source = source
        self._offset = offset
        self._closing = _closing(tokens)
        self.repairs: list[Repair] = []

    def blocks(self, start: int, end: int, depth: int) -> Iterator[Block]:
        """Blocks of the tokens from `start` to before `end`, which hold whole elements."""
        index = start
        while index < end:
            token = self._tokens[index]
            close = self._closing.get(index, index)
            yield from self._block(token, index, close, depth)
            index = close + 1

    def _block(self, token: Token, index: int, close: int, depth: int) -> Iterator[Block]:
        lines = self._lines(token)
        match token.type:
            case "heading_open":
                runs = _one_line(self._runs(self._tokens[index + 1]))
                if runs:
                    yield Block("heading", lines, runs=runs, level=int(token.tag[1]))
            case "paragraph_open":
                runs = self._runs(self._tokens[index + 1])
                if runs:
                    yield Block("paragraph", lines, runs=runs)
            case "bullet_list_open" | "ordered_list_open":
                items = tuple(self._items(index + 1, close, depth))
                if items:
                    yield Block("list", lines, items=items)
            case "blockquote_open":
                inner = tuple(self.blocks(index + 1, close, depth + 1))
                if inner:
                    yield Block("quote", lines, blocks=inner)
            case "table_open":
                yield from self._table(index + 1, close, lines)
            case "code_block" | "fence":
                yield from self._preformatted(token, lines, depth)

    def _runs(self, inline: Token) -> Runs:
        """The runs of an inline token; a link grown together with a word is parted from it."""
        runs = list(_spans(inline.children or ()))
        for place, (left, right) in enumerate(pairwise(runs)):
            if left.href != right.href and _GROWN.search(left.text[-1:] + right.text[:1]):
                before = left.text.rsplit(None, 1)[-1] + right.text.split(None, 1)[0]
                after = left.text.rsplit(None, 1)[-1] + " " + right.text.split(None, 1)[0]
                self.repairs.append(Repair("missing-space", self._lines(inline), before, after))
                if right.href:
                    runs[place] = left._replace(text=left.text + " ")
                else:
                    runs[place + 1] = right._replace(text=" " + right.text)
        return tidy(runs)

    def _lines(self, token: Token) -> Lines:
        first, last = token.map or (0, 1)
        while last > first + 1 and not self._source[last - 1].strip():
            last -= 1
        return first + 1 + self._offset, last + self._offset

    def _items(self, start: int, end: int, depth: int) -> Iterator[Item]:
        index = start
        while index < end:
            token, close = self._tokens[index], self._closing[index]
            number = f"{token.info}{token.markup}" if token.info else ""
            blocks = tuple(self.blocks(index + 1, close, depth + 1))
            if blocks or number:
                yield Item(number, blocks)
            index = close + 1

    def _table(self, start: int, end: int, lines: Lines) -> Iterator[Block]:
        rows: list[tuple[Runs, ...]] = []
        cells: list[Runs] = []
        for token in self._tokens[start:end]:
            if token.type == "tr_open":
                cells = []
            elif token.type == "inline":
                cells.append(self._cell(token))
            elif token.type == "tr_close":
                rows.append(tuple(cells))
        has_header = bool(rows) and any(rows[0])
        filled = tuple(row for row in rows if any(row))
        if filled:
            yield Block("table", lines, rows=filled, has_header=has_header)

    def _cell(self, inline: Token) -> Runs:
        runs = self._runs(inline)
        marks = [mark for run in runs for mark in _CELL_BREAK.findall(run.text)]
        if not marks:
            return runs
        self.repairs.append(Repair("cell-break", self._lines(inline), " ".join(marks), ""))
        return tidy(run._replace(text=_CELL_BREAK.sub("\n", run.text)) for run in runs)

    def _preformatted(self, token: Token, lines: Lines, depth: int) -> Iterator[Block]:
        """Indented prose is a paragraph that a converter indented, not code."""
        if token.type == "code_block" and depth < 3 and _PROSE.search(token.content):
            text = dedent(token.content)
            source = text.split("\n")
            inner = _parsed(text)
            builder = _Builder(inner, source, lines[0] - 1)
            yield from builder.blocks(0, len(inner), depth + 1)
            self.repairs += builder.repairs
            return
        content = token.content.rstrip("\n")
        if token.info.strip():  # the words behind ``` were visible too
            content = f"{token.info.strip()}\n{content}"
        if content.strip():
            yield Block("preformatted", lines, runs=(Run(content),))


def _closing(tokens: list[Token]) -> dict[int, int]:
    """For the place of each token that opens an element, that of the token that closes it."""
    opened: list[int] = []
    closing: dict[int, int] = {}
    for index, token in enumerate(tokens):
        if token.nesting == 1:
            opened.append(index)
        elif token.nesting == -1:
            closing[opened.pop()] = index
    return closing


def _one_line(runs: Runs) -> Runs:
    return tidy(run._replace(text=run.text.replace("\n", " ")) for run in runs)


def _spans(children: list[Token] | tuple[Token, ...]) -> Iterator[Run]:
    bold = italic = 0
    href = before = ""
    for token in children:
        match token.type:
            case "text" | "text_special":
                yield Run(token.content, href, bold > 0, italic > 0)
            case "code_inline":
                link = _CODE_LINK.fullmatch(token.content)
                text, target = (link[1], link[2]) if link else (token.content, href)
                yield Run(text, target, bold > 0, italic > 0)
            case "softbreak":
                yield Run(" ", href, bold > 0, italic > 0)
            case "hardbreak":
                yield Run("\n", href)
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                if before == "link_close":  # two links in a row are two things to click
                    yield Run(" ")
                href = str(token.attrGet("href") or "")
            case "link_close":
                href = ""
            case "image":
                yield Run(f" {token.content} ", href, bold > 0, italic=True)
        before = token.type
