"""A record as people read it: an outline in text."""

from collections.abc import Iterator

from policy_archive.cli.output import printable
from policy_archive.model import Block, Lines, Record
from policy_archive.pages.data.inspection import iso


def as_text(record: Record) -> str:
    """An outline to read: provenance, headings as `#`, one block a paragraph, then the ledger."""
    lines = [*_head(record), "", *_body(record), *_foot(record)]
    return "\n".join(map(printable, lines)) + "\n"


def _head(record: Record) -> Iterator[str]:
    snapshot = record.snapshot
    yield f"{snapshot.path}: {record.document.title}"
    yield f"  site {snapshot.site}, {snapshot.kind}, captured {iso(snapshot.captured) or 'unknown'}"
    for name in ("original_url", "memento_url"):
        if value := getattr(snapshot, name):
            yield f"  {name.replace('_', ' ')} {value}"
    words = "word" if record.words == 1 else "words"
    yield f"  {record.words} {words}, language {record.language}, encoding {record.encoding}"
    for date in record.stated_dates:
        yield f"  states {date.date}: {date.evidence}"
    for notice in record.notices:
        yield f"  {notice.severity} {notice.code}, line {notice.line}: {notice.message}"


def _body(record: Record) -> Iterator[str]:
    topics: dict[str, list[str]] = {}
    for passage in record.passages:
        mark = passage.topic if passage.score >= 0.5 else f"{passage.topic}?"
        topics.setdefault(passage.block, []).append(mark)
    for section in record.document.sections:
        if section.title is not None:
            yield f"{'#' * section.level} {section.title}  ({section.id})"
        for block in section.blocks:
            labels = " ".join(topics.get(block.id, ()))
            folded = ", folded" if block.folded else ""
            yield f"[{block.id}{folded}{', ' + labels if labels else ''}]"
            yield from _lines(block, "  ")
            yield ""


def _lines(block: Block, indent: str) -> Iterator[str]:
    if block.kind == "list":
        for item in block.items:
            first = True
            for inner in item.blocks:
                for line in _lines(inner, ""):
                    mark = f"{item.number or '•'} " if first else "  "
                    yield f"{indent}{mark}{line}"
                    first = False
    elif block.kind == "quote":
        for inner in block.blocks:
            yield from _lines(inner, f"{indent}> ")
    else:
        for line in block.text.split("\n"):
            yield f"{indent}{line}"


def _foot(record: Record) -> Iterator[str]:
    if record.repairs:
        yield "repairs"
    for repair in record.repairs:
        yield f"  {repair.rule} {_span(repair.lines)}: {repair.before!r} -> {repair.after!r}"


def _span(lines: Lines) -> str:
    return f"line {lines[0]}" if lines[0] == lines[1] else f"lines {lines[0]}-{lines[1]}"
