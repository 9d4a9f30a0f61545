"""A record as other programs read it: the JSON contract of `inspect` and of `index.json`."""

from collections.abc import Mapping
from typing import Any

from policy_archive.model import Block, Record, Repair, Section
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
        "facts": [
            {"fact": it.name, "value": it.value, "block": it.block, "sentence": it.sentence}
            for it in record.facts
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
    names = ("collection", "revision", "record_url", "licence")
    optional = {name: getattr(snapshot, name) for name in names}
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
