"""A cleaned text as Markdown from which our own reader takes the same words again.

What Markdown could take for a mark is escaped. Emphasis and links are written where CommonMark, and
the repairs of our reader, leave the words around them as they are; elsewhere the words stand alone.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from policy_archive.model import Block, Document, Item, Run, Runs
from policy_archive.reading.runs import lines_of

_MARK = re.compile(r"[\\`*_\[\]#|~]")
_LINE_MARK = re.compile(r"^(?:(\d{1,9})(?=[.)])|(?=[-+=>:]))")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_NUMBER = re.compile(r"\d{1,9}[.)]")
"""What an item of an ordered list begins with; other numbers are words of its text."""
_PLAIN_URL = re.compile(r"[^\s()<>\\]+")
_URL_MARK = re.compile(r"[<>\\]")
_MENDED = re.compile(r"[<\[\]]")
_UNMARKED = Run("")[1:]
_AFTER_EMPHASIS = " .,;:!?)\n"


def document(text: Document) -> str:
    """All sections of a text."""
    parts: list[str] = []
    for section in text.sections:
        if section.title:
            parts.append(_heading(section.level, (Run(section.title),)))
        parts += map("\n".join, map(_block, section.blocks))
    return "\n\n".join(filter(None, parts)) + "\n"


def _block(block: Block) -> list[str]:
    """The lines of a block."""
    match block.kind:
        case "heading":
            return [_heading(block.level, block.runs)]
        case "list":
            return [line for item in block.items for line in _item(item)]
        case "table" if "<br" not in block.text.casefold():  # our reader breaks lines there
            return list(_table(block))
        case "quote":
            return [f"> {line}".rstrip() for line in _blocks(block.blocks)]
        # Many tags would make the text a page, and brackets a link around blocks.
        case "preformatted" if not _MENDED.search(block.text):
            fence = "`" * max(3, 1 + max(map(len, re.findall("`+", block.text)), default=0))
            return [fence, *block.text.split("\n"), fence]
    return _paragraph(block.runs or (Run(block.text),))


def _blocks(blocks: Iterable[Block]) -> list[str]:
    """The lines of blocks with an empty one between each two."""
    lines: list[str] = []
    for block in blocks:
        lines += ["", *_block(block)] if lines else _block(block)
    return lines


def _heading(level: int, runs: Runs) -> str:
    return "#" * max(1, min(level, 6)) + " " + _inline(runs).replace("\n", " ")


def _paragraph(runs: Runs) -> list[str]:
    lines = [runs] if len(runs) == 1 and "\n" not in runs[0].text else lines_of(runs)
    texts = [_LINE_MARK.sub(r"\1\\", _inline(line)) for line in lines]
    filled = [text for text in texts if text.strip()]
    return [*(f"{line}\\" for line in filled[:-1]), *filled[-1:]]


def _item(item: Item) -> list[str]:
    blocks = item.blocks
    marker = item.number if _NUMBER.fullmatch(item.number) else "-"
    if item.number and marker == "-":
        blocks = _numbered(item.number, blocks)
    lines = _blocks(blocks) or [""]
    indent = " " * (len(marker) + 1)
    rest = [f"{indent}{line}".rstrip() for line in lines[1:]]
    return [f"{marker} {lines[0]}".rstrip(), *rest, ""]


def _numbered(number: str, blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """The blocks of an item with its number as their first word."""
    if blocks and blocks[0].kind == "paragraph":
        runs = (Run(f"{number} "), *blocks[0].runs)
        return (Block("paragraph", blocks[0].lines, runs=runs), *blocks[1:])
    return (Block("paragraph", (1, 1), runs=(Run(number),)), *blocks)


def _table(block: Block) -> Iterator[str]:
    width = max(map(len, block.rows), default=0)
    rows = list(block.rows)
    header = rows.pop(0) if block.has_header and rows else ()
    yield _row(header, width)
    yield "|" + " --- |" * width
    for row in rows:
        yield _row(row, width)


def _row(cells: Sequence[Runs], width: int) -> str:
    texts = [_inline(cell).replace("\n", "<br>") for cell in cells]
    return f"| {' | '.join([*texts, *[''] * (width - len(texts))])} |"


def _inline(runs: Runs) -> str:
    """Text with its emphasis and links."""
    if len(runs) == 1 and runs[0][1:] == _UNMARKED:  # most of what there is
        return escaped(runs[0].text)
    made = ""
    for before, run, after in _between(runs):
        text = run.text.strip(" ")
        if not text or "\n" in text:
            made += escaped(run.text)
            continue
        start = run.text[: len(run.text) - len(run.text.lstrip(" "))]
        end = run.text[len(run.text.rstrip(" ")) :]
        if run.href and made.endswith("!"):  # it would make a picture of the link
            made = f"{made[:-1]}\\!"
        made += f"{start}{_marked(run._replace(text=text), before + start, end + after)}{end}"
    return made


def _between(runs: Runs) -> Iterator[tuple[str, Run, str]]:
    """Each run with the texts before and after it."""
    around = [Run(""), *runs, Run("")]
    for (before, run), (_, after) in zip(pairwise(around), pairwise(around[1:]), strict=False):
        yield before.text, run, after.text


def _marked(run: Run, before: str, after: str) -> str:
    """The words of `run` under their marks, as far as what stands beside them bears that."""
    made = escaped(run.text)
    ends = run.text[0].isalnum() and run.text[-1].isalnum()
    alone = not before[-1:].strip() and (not after or after[0] in _AFTER_EMPHASIS)
    if run.href and not (_grown(before, run.text) or _grown(run.text, after)):
        text = _emphasised(made, run) if ends else made
        return f"[{text}]({_target(run.href)})"
    return _emphasised(made, run) if ends and alone else made


def _emphasised(made: str, run: Run) -> str:
    mark = "**" * run.bold + "*" * run.italic
    return f"{mark}{made}{mark}"


def _grown(left: str, right: str) -> bool:
    """Whether a word goes on where one text ends and another begins."""
    return re.fullmatch(r"\w\w", left[-1:] + right[:1]) is not None


def _target(url: str) -> str:
    url = _ENTITY.sub("&amp;", "".join(url.split("\n")))
    if _PLAIN_URL.fullmatch(url):
        return url
    return "<" + _URL_MARK.sub(r"\\\g<0>", url) + ">"


def escaped(text: str) -> str:
    """`text` without anything that Markdown could take for a mark within a line."""
    text = _MARK.sub(r"\\\g<0>", text)
    return _ENTITY.sub("&amp;", text).replace("<", "&lt;") if "&" in text or "<" in text else text
