"""A document as the units that are compared: headings, paragraphs, items, rows."""

import hashlib
from collections.abc import Iterator, Sequence

from policy_archive.diff.change import Unit, UnitKind
from policy_archive.model import Block, Document, Runs, Section, plain


def units(document: Document) -> tuple[Unit, ...]:
    """The document as the units that are compared."""
    return tuple(unit for section in document.sections for unit in _of_section(section))


def _of_section(section: Section) -> Iterator[Unit]:
    if section.title is not None:
        yield Unit("heading", section.title, depth=section.level, block=section.id)
    for block in section.blocks:
        yield from _of_block(block, block.id, block.folded, 0, "")


def _of_block(block: Block, id_: str, folded: bool, depth: int, number: str) -> Iterator[Unit]:
    match block.kind:
        case "list":
            for item in block.items:
                yield from _of_item(item.blocks, item.number, id_, folded, depth)
        case "table":
            for row in block.rows:
                text = " | ".join(plain(cell) for cell in row).strip()
                runs = tuple(run for cell in row for run in cell)
                yield Unit("row", text, number, depth, id_, _markup(runs), folded)
        case "quote":
            for inner in block.blocks:
                yield from _of_block(inner, id_, folded, depth + 1, number)
                number = ""
        case _:
            kind: UnitKind = "preformatted" if block.kind == "preformatted" else "paragraph"
            if number or depth:
                kind = "item"
            yield Unit(kind, block.text, number, depth, id_, _markup(block.runs), folded)


def _of_item(
    blocks: Sequence[Block], number: str, id_: str, folded: bool, depth: int
) -> Iterator[Unit]:
    if not blocks and number:
        yield Unit("item", "", number, depth + 1, id_, "", folded)
    for block in blocks:
        yield from _of_block(block, id_, folded, depth + 1, number)
        number = ""


def _markup(runs: Runs) -> str:
    if all(not (run.href or run.bold or run.italic or run.struck) for run in runs):
        return ""
    said = "\0".join(f"{len(r.text)},{r.href},{r.bold:d},{r.italic:d},{r.struck}" for r in runs)
    return hashlib.sha256(said.encode()).hexdigest()[:8]
