"""Blocks of Markdown: what the parser found, in the archive's own words."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from textwrap import dedent

from markdown_it.token import Token

from policy_archive.model import Block, Item, Lines, Repair, Run, Runs, plain
from policy_archive.reading import Reading, limits
from policy_archive.reading.markdown.parser import parse
from policy_archive.reading.markdown.source import SourceLine, mended
from policy_archive.reading.runs import lines_of, merged, tidy
from policy_archive.reading.struck import settled

_MARKS = "\\`*_[]!<&"
_GROWN = re.compile(r"[^\W_]{2}")
_LABEL_GROWN = re.compile(r"[:?!][^\W\d_]|[.;)][A-Z]")
_CODE_LINK = re.compile(r"\[(.+)\]\(((?:(?!\]\()\S)+)\)")
_CELL_BREAK = re.compile(r"<br ?/?>", re.IGNORECASE)
"""How converters write a line break in a table's cell, where Markdown has none."""
_CELL_BULLET = re.compile(r"[*+-] +(?=\S|$)")
_CELL_HEADING = re.compile(r"#{1,6} +(?=\S)")
_CELL_MARK = re.compile(r"^(?:[*+-]|#{1,6}) ", re.MULTILINE)
_RULE = re.compile(r":?-{3,}:?")
_FIRST_WITHOUT_SPACES = "\u2e80"
"""The first letter of the scripts that put no space between sentences."""
_PROSE = re.compile(r"(?<![^\W\d_])(?:[^\W\d_]{2,}+[\s,.;:’'\"“”)(]++){6}")
_MARKED = re.compile(r"^[ \t]*(?:[*+-]|\d{1,3}[.)]|#{1,6}) +\S|\]\(|\*\*", re.MULTILINE)


def read(text: str) -> Reading:
    """Read Markdown.

    Raises:
        BeyondLimitsError: the text is too long, has too many marks, or nests too deep.
    """
    limits.require(len(text), limits.CHARACTERS, "characters")
    limits.require(text.count("\n"), limits.LINES, "lines")
    limits.require(sum(map(text.count, _MARKS)), limits.MARKS, "marks of Markdown")
    lines, repairs = mended(text)
    builder = _Builder(lines)
    blocks = tuple(builder.all_blocks())
    if any(repair.rule == "struck-text" for repair in builder.repairs):
        blocks = settled(blocks)
    return Reading(blocks, (*repairs, *builder.repairs))


class _Builder:
    """Walks the flat list of the tokens that some lines of Markdown make."""

    def __init__(self, source: Sequence[SourceLine]) -> None:
        self._source = source
        self._tokens = parse("\n".join([line.text for line in source]))
        self._closing = _closing(self._tokens)
        self.repairs: list[Repair] = []

    def all_blocks(self, depth: int = 0) -> Iterator[Block]:
        """The blocks of all lines, which stand so deep in lists, quotes and indented text."""
        return self.blocks(0, len(self._tokens), depth)

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
        """The runs of an inline token; what has grown together with a word is parted from it."""
        lines = self._lines(inline)
        for mark in inline.meta.get("dropped", ()):
            self.repairs.append(Repair("lone-mark", lines, mark, ""))
        for before, after in inline.meta.get("parted", ()):
            self.repairs.append(Repair("missing-space", lines, before, after))
        children = _with_struck(inline.children or [])
        struck = [token.content for token in children if token.type == "struck"]
        self.repairs.extend(Repair("struck-text", lines, text, "") for text in struck)
        if any(a.type == "link_close" and b.type == "link_open" for a, b in pairwise(children)):
            self.repairs.append(Repair("missing-space", lines, "][", "] ["))
        runs = list(_spans(children))
        for place, (left, right) in enumerate(pairwise(runs)):
            if not _grown(left, right):
                continue
            first, last = left.text.split(None)[-1], right.text.split(None, 1)[0]
            repair = Repair("missing-space", lines, f"{first}{last}", f"{first} {last}")
            self.repairs.append(repair)
            if right.href or left.bold:
                runs[place] = left._replace(text=left.text + " ")
            else:
                runs[place + 1] = right._replace(text=" " + right.text)
        return tidy(runs) or tuple(run for run in runs if run.struck)

    def _lines(self, token: Token) -> Lines:
        first, last = token.map or (0, 1)
        while last > first + 1 and not self._source[last - 1].text.strip():
            last -= 1
        return self._source[first].number, self._source[last - 1].number

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
        rules = [place for place, row in enumerate(rows) if any(row) and all(map(_is_rule, row))]
        for place in rules:  # the header of a table with a caption comes second, with its own rule
            self.repairs.append(Repair("rule-line", lines, " | ".join(map(plain, rows[place])), ""))
        filled = [row for place, row in enumerate(rows) if any(row) and place not in rules]
        if filled:
            has_header = any(rows[0]) or (rules[:1] == [2] and rows[1] == filled[0])
            yield Block("table", lines, rows=tuple(filled), has_header=has_header)

    def _cell(self, inline: Token) -> Runs:
        runs = self._runs(inline)
        marks = [mark for run in runs for mark in _CELL_BREAK.findall(run.text)]
        if marks:
            self.repairs.append(Repair("cell-break", self._lines(inline), " ".join(marks), ""))
            runs = tidy(run._replace(text=_CELL_BREAK.sub("\n", run.text)) for run in runs)
        if not any(_CELL_MARK.search(run.text) for run in runs):
            return runs
        made = _without_marks(runs)
        if made != runs:
            repair = Repair("cell-mark", self._lines(inline), plain(runs), plain(made))
            self.repairs.append(repair)
        return made

    def _preformatted(self, token: Token, lines: Lines, depth: int) -> Iterator[Block]:
        """Indented prose and lists are text that a converter indented, not code."""
        content = token.content.rstrip("\n")
        indented = token.type == "code_block" and depth < 3
        if indented and (_PROSE.search(content) or _MARKED.search(content)):
            texts = dedent(content).split("\n")
            first = (token.map or [0])[0]
            numbers = [line.number for line in self._source[first : first + len(texts)]]
            builder = _Builder(list(map(SourceLine, texts, numbers)))
            yield from builder.all_blocks(depth + 1)
            self.repairs += builder.repairs
            return
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


def _grown(left: Run, right: Run) -> bool:
    """Whether a link and a word, or a bold label and its text, stand without space between."""
    seam = left.text[-1:] + right.text[:1]
    if left.href != right.href:
        return _GROWN.search(seam) is not None
    label = left.bold and not right.bold and right.text[:1] < _FIRST_WITHOUT_SPACES
    return label and _LABEL_GROWN.match(seam) is not None


def _is_rule(cell: Runs) -> bool:
    return _RULE.fullmatch(plain(cell)) is not None


def _without_marks(cell: Runs) -> Runs:
    """A cell's list with printed bullets, its headings in bold: Markdown has none in a cell."""
    made: list[Run] = []
    for number, line in enumerate(lines_of(cell)):
        if number:
            made.append(Run("\n"))
        first, *rest = line or (Run(""),)
        if _CELL_HEADING.match(first.text):
            text = _CELL_HEADING.sub("", first.text)
            made += [run._replace(bold=True) for run in (first._replace(text=text), *rest)]
        else:
            made += [first._replace(text=_CELL_BULLET.sub("• ", first.text)), *rest]
    return merged(made)


def _one_line(runs: Runs) -> Runs:
    return tidy(run._replace(text=run.text.replace("\n", " ")) for run in runs)


def _with_struck(children: list[Token]) -> list[Token]:
    """`children` with each stretch that is struck out as one token with its text."""
    kept: list[Token] = []
    struck = ""
    depth = 0
    for token in children:
        if token.type in ("s_open", "s_close"):
            depth += token.nesting
            if not depth and struck:
                kept.append(Token("struck", "", 0, content=struck))
                struck = ""
        elif not depth:
            kept.append(token)
        elif token.content:
            struck += token.content
        elif token.nesting:
            kept.append(token)  # emphasis and links may begin there and end elsewhere
        else:
            struck += " "
    return kept


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
            case "struck":
                yield Run("", struck=token.content)
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
                href = before = ""
            case "image":
                yield Run(f" {token.content} ", href, bold > 0, italic=True)
        before = token.type
