"""Passages as Web Annotations: their positions hit their words, and they claim no more than that."""

import csv
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from policy_archive import Record, read
from policy_archive.model import Block, Document, Passage, Run, Section
from policy_archive.pages.addresses import Addresses
from policy_archive.pages.context import BodyContext
from policy_archive.pages.data import annotations
from policy_archive.pages.data.inspection import as_json
from policy_archive.pages.data.structured_data import snapshot_json_ld
from policy_archive.topics import taxonomy
from policy_archive.topics.corrections import load

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "content/policies").glob("*.*"))
VOCABULARY = Path(os.environ.get("POLICY_ARCHIVE_CORPORA", "../shared")) / "vocab/dpv-2.3.tsv"
TOPICS = taxonomy.load().topics


def context(directory_urls: bool = True, **rest: Any) -> BodyContext:
    return BodyContext(
        Addresses(directory_urls, "https://archive.example/"),
        "Archive",
        tuple((it.id, it.name) for it in TOPICS),
        tuple((it.id, it.dpv) for it in TOPICS),
        **rest,
    )


def items(record: Record, **rest: Any) -> list[dict[str, Any]]:
    page = json.loads(annotations.made(context(**rest), record, {}))
    assert page["@context"] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    found: list[dict[str, Any]] = page["items"]
    return found


def documented_text(record: Record, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """What the code of the reference makes of `index.json`."""
    written = json.dumps(as_json(record, taxonomy.load()), ensure_ascii=False)
    (folder / "index.json").write_text(written, "utf-8")
    monkeypatch.chdir(folder)
    reference = (ROOT / "docs/reference.md").read_text("utf-8")
    (code,) = re.findall(r"```python\n(import json\n.*?)```", reference, re.DOTALL)
    names: dict[str, Any] = {}
    exec(compile(code, "reference.md", "exec"), names)
    return str(names["text"])


HOSTILE = """# Privacy 🍪 <b>Policy</b>

We use cookies \\*and\\* web beacons 🍪🍪 to remember `</script><script>alert(1)</script>` what you bought.

We use cookies to remember what is in your basket, you can refuse cookies.

We use cookies to remember what is in your basket, you can refuse cookies.

- 1\\) We share your **p**ersonal information with advertisers & "others"
- נשתמש בעוגיות cookies, we use cookies on your device \u202e

## נתונים

| we collect | your e-mail address and name |
|---|---|
| we share | your personal information with third parties |
"""


def check(record: Record, text: str) -> None:
    found = items(record)
    blocks = {block.id: block for block in record.document.blocks}
    ids = [it["id"] for it in found]
    assert len(ids) == len(set(ids))
    for item in found:
        quote, position = item["target"]["selector"]
        start, end = position["start"], position["end"]
        assert 0 <= start < end <= len(text)
        assert text[start:end] == quote["exact"]
        assert text[max(0, start - 32) : start] == quote["prefix"]
        assert text[end : end + 32] == quote["suffix"]
        block = item["target"]["scope"].removeprefix("./#")
        assert blocks[block].text.endswith(quote["exact"])
    tags = {
        (it["target"]["scope"].removeprefix("./#"), body["value"])
        for it in found
        for body in it["body"]
        if isinstance(body, dict)
    }
    names = {topic.id: topic.name for topic in TOPICS}
    counted = {(it.block, names[it.topic]) for it in record.passages if it.score >= 0.5}
    assert tags == counted


@pytest.mark.parametrize("seed", SEEDS, ids=lambda it: it.name)
def test_positions_hit_the_words_in_the_text_of_the_reference(
    seed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = read(seed)
    assert len(items(record)) > 5
    check(record, documented_text(record, tmp_path, monkeypatch))


def test_hostile_texts_are_quoted_and_hit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record = read(HOSTILE.encode(), name="policies/lamps.example.md")
    assert any("🍪" in text for text in record.document.texts)
    assert any(block.id.endswith("-2") for block in record.document.blocks)
    check(record, documented_text(record, tmp_path, monkeypatch))
    data = annotations.made(context(), record, {})
    assert len(items(record)) >= 4
    assert b"<" not in data and b"&" not in data


def document(*texts: str) -> Document:
    blocks = tuple(
        Block("paragraph", (1, 1), (Run(text),), id=f"p-0000000{n}") for n, text in enumerate(texts)
    )
    return Document("Privacy", (Section("s", "Privacy", 1, (1, 1), blocks),))


def made_up(text: str, *passages: Passage) -> Record:
    whole = document("First.", text, "Last.")
    return Record(
        *(read(b"We use cookies.").snapshot, whole, (), passages, (), ()),
        *("en", "utf-8", "0" * 64, 3),
    )


def test_a_passage_begins_where_its_block_begins_to_speak_of_it() -> None:
    text = "We are a shop. 🍪 Cookies are used. We sell data."
    record = made_up(
        text,
        Passage("p-00000001", "cookies", 0.9, start=text.index("🍪")),
        Passage("p-00000001", "sale", 0.5, start=text.index("We sell")),
        Passage("p-00000001", "use", 0.7),
        Passage("p-00000001", "children", 0.49),
        Passage("p-00000002", "children", 0.2),
    )
    found = [(it["id"], it["target"]["selector"][0]["exact"]) for it in items(record)]
    assert found == [
        ("#p-00000001", text),
        ("#p-00000001.15", "🍪 Cookies are used. We sell data."),
        ("#p-00000001.35", "We sell data."),
    ]
    check(record, "Privacy\n\nFirst.\n\n" + text + "\n\nLast.")


def test_a_correction_is_a_persons(tmp_path: Path) -> None:
    record = read(SEEDS[-1])
    block = record.document.blocks[3].id
    labels = tmp_path / "labels.yml"
    labels.write_text(f"- site: {record.snapshot.site}\n  block: {block}\n  topics: [sale]\n")
    corrections, faults = load(labels, taxonomy.load())
    assert not faults
    found = items(corrections.apply(record))
    (human,) = [it for it in found if "creator" in it]
    assert human["creator"] == {"type": "Person"}
    assert human["id"] == f"#{block}.person"
    assert human["body"] == [
        {"type": "TextualBody", "value": "Sale of data"},
        "https://w3id.org/dpv#SellDataToThirdParties",
    ]


def test_a_text_without_passages_has_none() -> None:
    assert items(read(b"Hello there.")) == []


def test_addresses_name_files_where_directories_are_none() -> None:
    scopes = {it["target"]["scope"] for it in items(read(SEEDS[0]), directory_urls=False)}
    assert all(scope.startswith("index.html#p-") for scope in scopes)


def tagged(record: Record) -> set[str]:
    return {body for it in items(record) for body in it["body"] if isinstance(body, str)}


def mentions(record: Record) -> list[dict[str, str]]:
    said = snapshot_json_ld(context(), "policies/a/20200101/", record)
    found: list[dict[str, str]] = json.loads(said).get("mentions", [])
    return found


@pytest.mark.parametrize("seed", SEEDS, ids=lambda it: it.name)
def test_the_page_mentions_the_concepts_of_its_annotations_and_no_others(seed: Path) -> None:
    record = read(seed)
    assert {it["@id"] for it in mentions(record)} == tagged(record)
    first = mentions(record)[0]
    assert first == {
        "@type": "DefinedTerm",
        "@id": "https://w3id.org/dpv#Collect",
        "name": "Collect",
        "inDefinedTermSet": "https://w3id.org/dpv",
    }


def test_what_is_only_possible_is_not_mentioned() -> None:
    record = made_up("We may.", Passage("p-00000001", "cookies", 0.49))
    assert mentions(record) == []


@pytest.mark.skipif(not VOCABULARY.is_file(), reason="needs the vocabulary beside the project")
def test_concepts_are_those_of_the_vocabulary() -> None:
    with VOCABULARY.open(encoding="utf-8", newline="") as file:
        known = {row["iri"]: row["label"] for row in csv.DictReader(file, delimiter="\t")}
    found = {it["@id"]: it["name"] for seed in SEEDS for it in mentions(read(seed))}
    assert len(found) > 20
    assert {iri: known.get(iri) for iri in found} == found
