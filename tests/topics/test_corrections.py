from pathlib import Path

import pytest
from tests.build.in_memory import read_archive

from policy_archive.build.tasks import read_bytes
from policy_archive.build.texts import Texts
from policy_archive.build.update import update
from policy_archive.build.visit import Order
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.questions import answers as catalogue_answers
from policy_archive.catalogue.questions.listings import EVERYTHING
from policy_archive.settings import Settings
from policy_archive.sources.files import find
from policy_archive.topics import taxonomy
from policy_archive.topics.corrections import Correction, load

TEXT = """---
site: lamps.example
captured: {captured}
---
# Privacy

We may use cookies. You can refuse them.

We keep your letters in a drawer.
"""


def record(captured: str = "20140521173313"):  # type: ignore[no-untyped-def]
    data = TEXT.format(captured=captured).encode()
    return read_bytes(data, "policies/a.md", Settings())


def corrected(tmp_path: Path, text: str, captured: str = "20140521173313") -> dict[str, list[str]]:
    file = tmp_path / "labels.yml"
    file.write_text(text, encoding="utf-8")
    corrections, notices = load(file, taxonomy.load())
    assert not notices
    result = corrections.apply(record(captured))
    texts = {block.id: block.text for block in result.document.blocks}
    found: dict[str, list[str]] = {}
    for passage in result.passages:
        if passage.human:
            found.setdefault(texts[passage.block], []).append(passage.topic)
    return found


COOKIES = "We may use cookies. You can refuse them."


def test_a_quote_gives_its_block_these_topics_and_no_others(tmp_path: Path) -> None:
    text = "- site: lamps.example\n  quote: may use COOKIES\n  topics: [choices, cookies]\n"
    assert corrected(tmp_path, text) == {COOKIES: ["cookies", "choices"]}


def test_a_block_may_be_said_to_speak_to_nothing(tmp_path: Path) -> None:
    block = next(b.id for b in record().document.blocks if b.text == COOKIES)
    (tmp_path / "labels.yml").write_text(
        f"- {{site: lamps.example, block: {block}, topics: [], note: too vague}}"
    )
    corrections, _ = load(tmp_path / "labels.yml", taxonomy.load())
    assert block in {passage.block for passage in record().passages}
    assert block not in {passage.block for passage in corrections.apply(record()).passages}


def test_it_follows_into_later_snapshots_only(tmp_path: Path) -> None:
    text = (
        "- {site: lamps.example, snapshot: 20150101, quote: letters in a drawer, "
        "topics: [retention]}"
    )
    assert corrected(tmp_path, text, "20140521173313") == {}
    assert list(corrected(tmp_path, text, "20160101").values()) == [["retention"]]


def test_it_is_of_its_own_site_alone(tmp_path: Path) -> None:
    text = "- {site: chairs.example, quote: letters in a drawer, topics: [retention]}"
    assert corrected(tmp_path, text) == {}
    correction = Correction("chairs.example", "", "", " drawer ", (), "")
    assert not correction.covers(record())


def test_an_undated_snapshot_is_named_by_its_digest(tmp_path: Path) -> None:
    def named(digest: str) -> dict[str, list[str]]:
        text = (
            f"- {{site: lamps.example, snapshot: undated-{digest}, quote: drawer, topics: [use]}}"
        )
        return corrected(tmp_path, text)

    assert list(named(record().sha256[:8]).values()) == [["use"]]
    assert named("00000000") == {}


def test_a_quote_is_of_whole_words_and_a_block_is_meant_wherever_it_repeats(tmp_path: Path) -> None:
    assert corrected(tmp_path, "- {site: lamps.example, quote: draw, topics: [use]}") == {}
    data = (TEXT.format(captured="2014-05-21") + "\n" + TEXT.split("---")[2]).encode()
    twice = read_bytes(data, "policies/a.md", Settings())
    ids = [block.id for block in twice.document.blocks if block.text == COOKIES]
    assert len(ids) == 2
    correction = Correction("lamps.example", "", ids[0], "", (), "")
    assert correction.blocks(twice) == ids


def test_people_are_named_as_the_reason(tmp_path: Path) -> None:
    file = tmp_path / "labels.yml"
    file.write_text("- {site: lamps.example, quote: drawer, topics: [retention], note: says where}")
    corrections, _ = load(file, taxonomy.load())
    (passage,) = [p for p in corrections.apply(record()).passages if p.human]
    assert passage.evidence == ("corrected by hand", "says where")
    assert passage.score == 1.0


def explosion() -> str:
    """Twelve lines that stand for 9 to the power of 12 values."""
    lines = ["- &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"- &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]" for n in range(11)]
    return "\n".join(lines)


def test_aliases_are_read(tmp_path: Path) -> None:
    file = tmp_path / "labels.yml"
    file.write_text(
        "- &first {site: a.example, quote: x, topics: &both [sale, cookies]}\n"
        "- {<<: *first, site: b.example}\n- {site: c.example, quote: y, topics: *both}\n"
    )
    corrections, notices = load(file, taxonomy.load())
    assert not notices
    found = [corrections._by_site[f"{site}.example"] for site in "abc"]
    assert [it.topics for (it,) in found] == [("cookies", "sale")] * 3


@pytest.mark.parametrize("damage", ["folder", "bytes"])
def test_a_file_that_is_none_is_a_problem(tmp_path: Path, damage: str) -> None:
    file = tmp_path / "labels.yml"
    if damage == "folder":
        file.mkdir()
    else:
        file.write_bytes(b"\xff\xfe\0")
    _, (problem,) = load(file, taxonomy.load())
    assert (problem.code, problem.severity) == ("invalid-correction", "problem")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("- site: a.example\n  quote: x\n  topics: [nonsense]\n", 1),
        ("- {site: a.example, quote: x, topics: []}\n- {quote: x, topics: []}\n", 2),
        ("- {site: a.example, quote: x, block: p-1, topics: []}\n", 1),
        ("- 7\n", 1),
        ("site: a.example\n", 1),
        ("- [\n", 2),
        ("- {site: a.example, quote: x, topics: [], colour: red}\n", 1),
        ("- !!python/object/apply:os.system [ls]\n", 1),
        ("- 2001-99-99\n", 1),
        ("- {site: !!int x, quote: x, topics: []}\n", 1),
        (f"- {{site: {'9' * 9000}, quote: x, topics: [sale, 5]}}\n", 1),
        ("- ? [a, b]\n  : c\n", 1),
        ("- " + "[" * 20_000, 1),
        ("- " + "- " * 20_000, 1),
        (explosion(), 6),
        ("- &a {site: lamps.example, quote: x, topics: *a}\n", 1),
    ],
)
def test_bad_entries_are_problems_with_their_line(tmp_path: Path, text: str, line: int) -> None:
    file = tmp_path / "labels.yml"
    file.write_text(text)
    _, (problem,) = load(file, taxonomy.load())
    assert (problem.code, problem.severity, problem.line) == ("invalid-correction", "problem", line)


def test_changed_corrections_read_nothing_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "policies"
    folder.mkdir()
    (folder / "a.md").write_text(TEXT.format(captured="20140521173313"))
    catalogue, texts, sources = Catalogue(), Texts(), find(folder, tmp_path)
    labels = tmp_path / "labels.yml"
    update(catalogue, texts, sources, Order(Settings()))
    labels.write_text("- {site: lamps.example, quote: in a drawer, topics: [retention]}")
    corrections, _ = load(labels, taxonomy.load())
    monkeypatch.setattr("policy_archive.build.visit.read_source", lambda *_: pytest.fail("read"))
    update(catalogue, texts, sources, Order(Settings(), corrections))
    (quoted,) = [
        it.finding.text
        for it in catalogue_answers.answers(catalogue, "retention", EVERYTHING)
        if it.finding
    ]
    assert quoted == "We keep your letters in a drawer."
    labels.write_text("- {site: lamps.example, topics: [retention]}")
    archive = read_archive(sources, labels=labels)
    assert ("labels.yml", "invalid-correction") in [(p, n.code) for p, n in archive.notices]
