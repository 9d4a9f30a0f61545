"""A record as other programs and people read it: the JSON contract, and an outline in text."""

from collections.abc import Iterator, Mapping
from typing import Any

from policy_archive.model import Block, Lines, Record, Repair, Section
from policy_archive.topics.taxonomy import Taxonomy

SCHEMA = 1
"""Version of the contract that `as_json` keeps; it changes only with a new major version."""

Json = dict[str, Any]


def as_json(record: Record, taxonomy: Taxonomy) -> Json:
    """The contract's object for one snapshot: provenance, sections, ledger, warnings."""
    snapshot = record.snapshot
    topics = _topics(record, taxonomy)
    found: Json = {
        "schema": SCHEMA,
        "path": snapshot.path,
        "site": snapshot.site,
        "kind": snapshot.kind,
        "title": record.document.title,
        "captured": iso(snapshot.captured) or None,
        "captured_precision": precision(snapshot.captured),
        "original_url": snapshot.original_url or None,
        "memento_url": snapshot.memento_url or None,
        "raw_url": snapshot.raw_url or None,
        "stated_dates": [
            {"date": date.date, "evidence": date.evidence, "block": date.block}
            for date in record.stated_dates
        ],
        "language": record.language,
        "encoding": record.encoding,
        "sha256": record.sha256,
        "words": record.words,
        "checked": record.checked,
        "sections": [_section(section, topics) for section in record.document.sections],
        "repairs": [_repair(repair) for repair in record.repairs],
        "warnings": [
            {
                "code": notice.code,
                "message": notice.message,
                "severity": notice.severity,
                "line": notice.line,
            }
            for notice in record.notices
        ],
    }
    optional = {"collection": snapshot.collection, "revision": snapshot.revision}
    return found | {name: value for name, value in optional.items() if value}


def iso(captured: str) -> str:
    """`20140521173313` as `2014-05-21T17:33:13Z`, `20140521` as `2014-05-21`."""
    if not captured:
        return ""
    day = f"{captured[:4]}-{captured[4:6]}-{captured[6:8]}"
    if len(captured) == 8:
        return day
    return f"{day}T{captured[8:10]}:{captured[10:12]}:{captured[12:14]}Z"


def precision(captured: str) -> str | None:
    """`second` or `day`; None when the time of capture is unknown."""
    return {14: "second", 8: "day"}.get(len(captured))


def _topics(record: Record, taxonomy: Taxonomy) -> Mapping[str, list[Json]]:
    found: dict[str, list[Json]] = {}
    for passage in record.passages:
        entry: Json = {
            "topic": passage.topic,
            "opp115": next(iter(taxonomy[passage.topic].opp115), None),
            "score": round(passage.score, 4),
            "evidence": list(passage.evidence),
        }
        if passage.human:
            entry["human"] = True
        found.setdefault(passage.block, []).append(entry)
    return found


def _section(section: Section, topics: Mapping[str, list[Json]]) -> Json:
    return {
        "id": section.id,
        "title": section.title,
        "level": section.level,
        "blocks": [_block(block, topics) for block in section.blocks],
    }


def _block(block: Block, topics: Mapping[str, list[Json]]) -> Json:
    found: Json = {
        "id": block.id,
        "kind": block.kind,
        "text": block.text,
        "lines": list(block.lines),
        "topics": topics.get(block.id, []),
    }
    return found | {"folded": True} if block.folded else found


def _repair(repair: Repair) -> Json:
    return {
        "rule": repair.rule,
        "lines": list(repair.lines),
        "before": repair.before,
        "after": repair.after,
    }


def as_text(record: Record) -> str:
    """An outline to read: provenance, headings as `#`, one block a paragraph, then the ledger."""
    return "\n".join([*_head(record), "", *_body(record), *_foot(record)]) + "\n"


def _head(record: Record) -> Iterator[str]:
    snapshot = record.snapshot
    yield f"{snapshot.path}: {record.document.title}"
    yield f"  site {snapshot.site}, {snapshot.kind}, captured {iso(snapshot.captured) or 'unknown'}"
    for name in ("original_url", "memento_url"):
        if value := getattr(snapshot, name):
            yield f"  {name.replace('_', ' ')} {value}"
    yield f"  {record.words} words, language {record.language}, encoding {record.encoding}"
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
