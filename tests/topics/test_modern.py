"""The sheets of today's policies, and that what is measured on was never trained on."""

import json
from pathlib import Path

import pytest
from benchmarks.topics import labels, modern
from benchmarks.topics.corpus import MODERN, Sample
from benchmarks.topics.sheets import CATEGORIES

BLOCKS = [
    Sample("open-terms-more:A.md", f"p-{n}", "Cookies", f"We use cookies\n{n}") for n in range(4)
]
OTHER = Sample("open-terms-more:B.md", "p-9", "Sharing", "We share your data with partners.")


def test_letters_mean_topics_and_the_categories_they_go_with() -> None:
    assert modern.meaning("us") == (
        ["sharing", "use"],
        ["First Party Collection/Use", "Third Party Sharing/Collection"],
    )
    assert modern.meaning("G") == ([], ["Introductory/Generic"])
    assert modern.meaning("z") == (["sensitive-data"], [])
    assert modern.meaning("-") == ([], [])


def test_categories_are_added_or_stand_instead() -> None:
    first, third = "First Party Collection/Use", "Third Party Sharing/Collection"
    assert modern.meaning("aT") == (["advertising"], [first, third])
    assert modern.meaning("a=T") == (["advertising"], [third])
    assert modern.meaning("a=") == (["advertising"], [])


@pytest.mark.parametrize("letters", ["q", "a=q", "", "u,s"])
def test_letters_without_a_meaning_are_refused(letters: str) -> None:
    with pytest.raises(ValueError, match="no labels"):
        modern.meaning(letters)


def test_letters_reach_every_topic_and_category() -> None:
    assert {topic for topic, _ in modern.TOPICS.values()} == set(labels.TOPICS)
    assert {CATEGORIES[code] for code in modern.LETTERS.values()} == {
        name for name in labels.NAMES if name not in labels.TOPICS
    }
    assert not set(modern.TOPICS) & set(modern.LETTERS)


def test_a_sheet_shows_headings_once_and_blocks_on_one_line(tmp_path: Path) -> None:
    modern.write(tmp_path, [], [*BLOCKS[:2], OTHER])
    assert (tmp_path / "train-00.txt").read_text("utf-8").splitlines() == [
        "## Cookies (A.md)",
        "0 We use cookies / 0",
        "1 We use cookies / 1",
        "## Sharing (B.md)",
        "2 We share your data with partners.",
    ]


def test_what_is_measured_on_is_read_again_in_another_order(tmp_path: Path) -> None:
    modern.write(tmp_path, [*BLOCKS, OTHER], [])
    orders: dict[str, list[str]] = {"apart-00": [], "again-00": []}
    for line in (tmp_path / "entries.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        assert row["number"] == len(orders[row["sheet"]])
        orders[row["sheet"]].append(row["block"])
    first, second = orders.values()
    assert sorted(first) == sorted(second)
    assert first != second


def test_labels_are_gathered_without_text(tmp_path: Path) -> None:
    modern.write(tmp_path, [OTHER], BLOCKS[:1])
    (tmp_path / "train-00.s.labels").write_text("0 k\n", "utf-8")
    (tmp_path / "apart-00.u.labels").write_text("\n0 s=\n\n", "utf-8")
    assert modern.gather(tmp_path) == [
        {"set": "today", "source": OTHER.source, "block": "p-9", "reader": "u",
         "topics": ["sharing"], "opp115": []},
        {"set": "train", "source": BLOCKS[0].source, "block": "p-0", "reader": "s",
         "topics": ["cookies"], "opp115": ["First Party Collection/Use"]},
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("0 k\n2 k\n", "labels:2: '2 k'"),  # an entry was left out
        ("1 k\n0 k\n", "labels:1: '1 k'"),
        ("0 k\n0 k\n", "labels:2: '0 k'"),
        ("0 k\n1 k\n2 k\n", "labels:3: '2 k'"),  # more than there are
        ("0 k\n1 k?\n", "labels:2: .*no labels"),
        ("0 k\n1\n", "labels:2: no labels"),
        ("0 k\n", "1 lines for 2 entries"),
        ("", "0 lines for 2 entries"),
    ],
)
def test_labels_that_are_not_a_sheet_s_are_refused_by_line(
    tmp_path: Path, written: str, place: str
) -> None:
    modern.write(tmp_path, [], BLOCKS[:2])
    (tmp_path / "train-00.s.labels").write_text(written, "utf-8")
    with pytest.raises(ValueError, match=place):
        modern.gather(tmp_path)


def test_gathering_again_adds_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = tmp_path / "labels.jsonl"
    kept.write_text('{"set": "gold"}\n', "utf-8")
    monkeypatch.setattr(modern, "LABELS", kept)
    modern.write(tmp_path, [], BLOCKS[:1])
    (tmp_path / "train-00.s.labels").write_text("0 k\n", "utf-8")
    modern.main(["gather", str(tmp_path)])
    once = kept.read_text("utf-8")
    modern.main(["gather", str(tmp_path)])
    assert kept.read_text("utf-8") == once
    assert len(once.splitlines()) == 2
    assert "We use" not in once


def test_blocks_to_measure_on_are_spread_over_each_policy_and_none_twice() -> None:
    long = [Sample("A", f"p-{n}", "", "") for n in range(100)]
    short = [Sample("B", f"p-{n}", "", "") for n in (0, 200, 201)]
    drawn = list(modern._evenly({"A": long, "B": short}, 10))
    assert [it.block for it in drawn if it.source == "A"] == ["p-0", "p-20", "p-40", "p-60", "p-80"]
    assert [it.block for it in drawn if it.source == "B"] == ["p-200", "p-201"]


def test_nothing_kept_apart_is_trained_on_and_nothing_else_is_measured_on() -> None:
    trained = {source for source, _ in labels.readings("train") if source.startswith(MODERN)}
    measured = {source for source, _ in labels.readings("today")}
    assert len(trained) > 100
    assert not any(modern.kept_apart(source) for source in trained)
    assert all(modern.kept_apart(source) for source in measured)


def test_a_block_that_is_measured_on_has_its_words_in_no_block_trained_on() -> None:
    measured = {block for kind in ("gold", "today") for _, block in labels.readings(kind)}
    trained = {block for source, block in labels.readings("train") if source.startswith(MODERN)}
    assert not measured & trained


def test_what_only_one_reader_gave_is_neither_right_nor_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def row(block: str, reader: str, *topics: str) -> str:
        return json.dumps({"set": "today", "source": "A", "block": block, "reader": reader,
                           "topics": topics, "opp115": []})  # fmt: skip

    rows = [row("p-1", "u", "use", "sale"), row("p-1", "v", "use"), row("p-1", "w", "cookies"),
            row("p-2", "u", "use"), row("p-2", "w", "use")]  # fmt: skip
    monkeypatch.setattr(labels, "LABELS", tmp_path / "labels.jsonl")
    labels.LABELS.write_text("\n".join(rows), "utf-8")
    assert labels.today() == {("A", "p-1"): labels.Agreed(frozenset({"use"}), frozenset({"sale"}))}
