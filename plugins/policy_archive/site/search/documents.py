"""What Pagefind is given to read: a page's words and facets, without anything around them.

Published pages do not carry its attributes, which would make every one of them heavier for a step
that runs once; these slim pages live only while their shard is indexed.
"""

import re
from collections.abc import Iterator, Sequence
from html import escape

from policy_archive.model import Record
from policy_archive.pages import capture_time
from policy_archive.pages.snapshot_body import heading_level, is_title
from policy_archive.topics.taxonomy import Topic

_UNDATED = "undated"
_UNSPACED = "\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
"""Kana and Chinese characters, which stand without spaces between words."""
_BESIDE_ONE = re.compile(rf"(?<=[{_UNSPACED}])(?=\S)|(?<=\S)(?=[{_UNSPACED}])")


def of_snapshot(policy_url: str, record: Record) -> str:
    """A snapshot: every word of its text but the archived site's own menus."""
    snapshot, captured = record.snapshot, record.snapshot.captured
    # Letters come first so that moments are sorted as text: as numbers they would be rounded.
    attributes = {
        "data-site": snapshot.site,
        "data-year": captured[:4] or _UNDATED,
        "data-kind": snapshot.kind,
        "data-language": record.language,
        "data-captured": capture_time.shown(captured),
        "data-iso": capture_time.iso(captured),
        "data-policy": policy_url,
        "data-pagefind-filter": "site[data-site], year[data-year], kind[data-kind], "
        "language[data-language]",
        "data-pagefind-meta": "site[data-site], captured[data-captured], iso[data-iso], "
        "policy[data-policy], kind[data-kind]",
        "data-pagefind-sort": f"captured:t{captured:0<14}",
    }
    topics = "".join(
        f'<i data-pagefind-filter="topic[data-t]" data-t="{escape(topic)}"></i>'
        for topic in sorted({passage.topic for passage in record.passages})
    )
    # A site's name finds its policy before others that only mention it.
    name = f'<p data-pagefind-weight="10">{_plain(snapshot.site)}</p>'
    return _page(attributes, record.document.title, topics + "\n".join(_text(record)), name)


def facets(policy_url: str, record: Record) -> dict[str, list[str]]:
    """By facet, the values that a snapshot has; and its policy, by which they are counted."""
    snapshot = record.snapshot
    return {
        "policy": [policy_url],
        "topic": sorted({passage.topic for passage in record.passages}),
        "year": [snapshot.captured[:4] or _UNDATED],
        "site": [snapshot.site],
        "kind": [snapshot.kind],
        "language": [record.language],
    }


def of_topic(topic: Topic) -> str:
    """A comparison: its name, question and explanation."""
    words = f"<p>{escape(topic.question)}</p><p>{escape(topic.explanation)}</p>"
    return _page({}, topic.name, words)


def _page(attributes: dict[str, str], title: str, body: str, lead: str = "") -> str:
    whole = escape(title.replace("\u200b", ""))
    facts = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><body data-pagefind-body>'
        f'<i{facts}></i>{lead}<h1 data-pagefind-meta="title[data-title]" data-title="{whole}">'
        f"{_plain(title)}</h1>\n{body}"
    )


def _text(record: Record) -> Iterator[str]:
    document = record.document
    for section in document.sections:
        if section.title is not None and not is_title(document, section):
            level = heading_level(section)
            yield f'<h{level} id="{escape(section.id)}">{_plain(section.title)}</h{level}>'
        for block in section.blocks:
            if not block.folded:
                # An empty anchor: the text of any other element would be kept a second time.
                yield f'<a id="{escape(block.id)}"></a><p>{_lines(block.text.split(chr(10)))}</p>'


def _lines(lines: Sequence[str]) -> str:
    return "<br>".join(map(_plain, lines))


def _plain(text: str) -> str:
    # Pagefind takes a zero-width space for a boundary between words that it has set itself.
    # Where nothing parts words each character is one: the search asks for them in a row.
    return escape(_BESIDE_ONE.sub(" ", text.replace("\u200b", "")))
