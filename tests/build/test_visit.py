from pathlib import Path

import pytest

from policy_archive.build.parallel import opener, run
from policy_archive.build.tasks import read_source
from policy_archive.build.texts import RECORD, unpacked
from policy_archive.build.update import carried
from policy_archive.build.visit import Extra, Order, Text, TextBatch, Visit, decoded, visit
from policy_archive.catalogue.rows import Quotes
from policy_archive.model import Record
from policy_archive.settings import Settings
from policy_archive.sources.files import find
from policy_archive.topics import taxonomy
from policy_archive.topics.corrections import load

ROOT = Path(__file__).parents[2] / "content"


def words(record: Record, _: Quotes) -> bytes:
    return str(record.words).encode()


def failing(record: Record, _: Quotes) -> bytes:
    if record.snapshot.site == "ostoto.com":
        raise RecursionError("too deep")
    return b""


def texts() -> list[Text]:
    return [Text(source.path, carried(source)) for source in find(ROOT / "policies", ROOT)]


def test_a_visit_brings_back_the_record_its_rows_and_what_was_asked_for() -> None:
    order = Order(Settings(), extras=(Extra("words", "1", words),))
    for text, found in zip(texts(), visit(TextBatch(order, texts())), strict=True):
        record = read_source(text.source, Settings())
        (_, name, data), (_, other, made) = found.parts
        assert (name, decoded(data)) == (RECORD, record)
        assert (other, unpacked(made)) == ("words", words(record, {}))
        assert found.rows
        assert found.rows.snapshot[:3] == (
            record.snapshot.site,
            "privacy-policy",
            record.snapshot.captured,
        )
        assert len(found.rows.passages) == len(record.passages)
        assert {row[0] for row in found.rows.findings} == {it.topic for it in record.passages}
        assert found.asked == ("privacy-policy", record.snapshot.captured, "en")


def test_a_visit_to_a_record_is_as_one_to_its_source() -> None:
    order = Order(Settings(), extras=(Extra("words", "1", words),))
    first = visit(TextBatch(order, texts()))
    again = [
        text._replace(record=found.parts[0][2]) for text, found in zip(texts(), first, strict=True)
    ]
    assert visit(TextBatch(order, again)) == first


def test_any_worker_brings_back_the_same() -> None:
    order = Order(Settings())
    batches = [TextBatch(order, [text]) for text in texts()]
    with opener(workers=2)(1) as workers:
        assert list(run(batches, visit, workers)) == [visit(batch) for batch in batches]


def test_what_one_text_raises_stops_no_other() -> None:
    order = Order(Settings(), extras=(Extra("failing", "1", failing),))
    found = visit(TextBatch(order, texts()))
    failures = {it.key: it.failure for it in found if it.failure}
    assert failures == {"policies/ostoto.com.md": "RecursionError: too deep"}
    assert [it.rows is None for it in found].count(True) == 1
    assert all(isinstance(it, Visit) for it in found)


def test_rows_have_corrected_labels_and_the_record_has_not(tmp_path: Path) -> None:
    labels = tmp_path / "labels.yml"
    labels.write_text("- {site: softorino.com, block: p-00000000, topics: [retention]}\n")
    uncorrected = visit(TextBatch(Order(Settings()), texts()))
    block = str(uncorrected[-1].rows.passages[0][2]) if uncorrected[-1].rows else ""
    labels.write_text(f"- {{site: softorino.com, block: {block}, topics: [retention]}}\n")
    corrections, faults = load(labels, taxonomy.load())
    assert not faults
    corrected = visit(TextBatch(Order(Settings(), corrections), texts()))
    assert [it.corrections != "" for it in corrected] == [False] * 4 + [True]
    assert corrected[-1].parts == uncorrected[-1].parts
    assert corrected[-1].rows
    (said,) = [row for row in corrected[-1].rows.passages if row[2] == block]
    assert (said[0], said[3], said[5]) == ("retention", 1.0, 1)


@pytest.mark.parametrize("extras", [(), (Extra("words", "1", words),)])
def test_another_template_is_another_order(extras: tuple[Extra, ...]) -> None:
    assert (
        Order(Settings(), extras=extras).made
        != Order(Settings(), extras=(Extra("words", "2", words),)).made
    )
