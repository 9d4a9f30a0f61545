import shutil
from pathlib import Path

import pytest

from policy_archive.build import changes
from policy_archive.build.archive import read_archive
from policy_archive.build.changes import steps
from policy_archive.build.store import Store
from policy_archive.catalogue.archive import Archive
from policy_archive.catalogue.history import Step
from policy_archive.diff import Change, ChangeSummary, compare
from policy_archive.model import Document
from policy_archive.settings import Settings
from policy_archive.sources.git import history

from ..repositories import LAMPS, Repository, open_terms, repository, text

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

LONGER = "\n\n## Sharing\n\n" + "\n\n".join(
    f"We disclose your information to partner number {n}, who may use it for {n} purposes only."
    for n in range(9)
)


def built(folder: Path, store: Store | None = None) -> tuple[Archive, tuple[Step, ...]]:
    store = store or Store()
    archive = read_archive(history.find(folder), Settings(), store)
    return archive, steps(archive, store)[archive.policies[0].url]


def test_steps_of_a_history(tmp_path: Path) -> None:
    open_terms(tmp_path / "repo")
    _, found = built(tmp_path / "repo")
    assert [step.segment for step in found] == [
        "20190516100000..20200201100000",
        "20200201100000..20200201100000-2",
        "20200201100000-2..20200901100000",
        "20200901100000..20210301100000",
    ]
    assert [(s.technical, s.counts) for s in found] == [
        (False, True), (False, True), (True, False), (False, True),
    ]  # fmt: skip
    # What was extracted anew in September was seen in February.
    assert [step.since.segment for step in found] == [
        "20190516100000", "20200201100000", "20200201100000-2", "20200201100000-2",
    ]  # fmt: skip
    summary = found[0].summary
    assert (summary.passages, summary.added, summary.removed) == (1, 1, 1)
    assert "data-collected" in {topic.topic for topic in summary.topics}
    (spans,) = summary.excerpts
    assert [s.new or s.old for s in spans if s.kind in ("added", "removed")] == ["two ", "three "]


def repeated(folder: Path, *texts: str) -> Path:
    made = repository(folder)
    for year, content in enumerate(texts, 2010):
        made.commit(f"{year}-01-01T00:00:00Z", "Update", **{LAMPS: content})
    return folder


@pytest.mark.parametrize(
    "broken",
    [
        "# 404\n\nThe page you were looking for was not found.\n",
        text()[:200],
        "# Politique\n\n" + "Nous vous demandons votre nom et votre adresse pour la commande des "
        "lampes, et nous gardons ces informations pendant deux ans avec les autres. " * 9,
    ],
)
def test_a_broken_capture_is_bridged(tmp_path: Path, broken: str) -> None:
    folder = repeated(tmp_path / "repo", text("two", LONGER), broken, text("six", LONGER))
    archive, (step,) = built(folder)
    assert [e.segment for e in step.bridged] == [archive.policies[0].entries[1].segment]
    assert (step.summary.passages, step.summary.added) == (1, 1)


def test_what_is_broken_at_an_end_makes_no_change(tmp_path: Path) -> None:
    error = "# 404\n\nThe page you were looking for was not found.\n"
    folder = repeated(tmp_path / "a", error, text("two", LONGER), text("six", LONGER), error)
    _, found = built(folder)
    assert [step.segment for step in found] == ["20110101000000..20120101000000"]
    _, found = built(repeated(tmp_path / "b", error, error.replace("looking", "searching")))
    assert len(found) == 1  # nothing else there is


def test_a_policy_that_stays_short_is_not_broken(tmp_path: Path) -> None:
    _, found = built(repeated(tmp_path / "repo", text("two", LONGER), text(), text("six")))
    assert [bool(step.bridged) for step in found] == [False, False]


def test_equal_bytes_and_looks_make_no_change(tmp_path: Path) -> None:
    quoted = text().replace("cookies to", "“cookies” to")
    _, found = built(repeated(tmp_path / "repo", text(), quoted, text("two", LONGER)))
    assert found[0].summary == ChangeSummary(cosmetic=1)
    assert not found[0].counts
    assert found[1].summary.topics[0].topic
    assert found[1].summary.share > 0.3
    assert len(found[1].summary.excerpts) == 3


def test_equal_bytes_around_a_broken_capture_are_not_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = "# 404\n\nThe page you were looking for was not found.\n"
    same = text("two", LONGER)
    monkeypatch.setattr(changes, "compare", lambda *_: pytest.fail("compared"))
    _, (step,) = built(repeated(tmp_path / "repo", same, error, same))
    assert len(step.bridged) == 1
    assert step.summary == ChangeSummary()


def test_topics_are_those_that_people_have_corrected(tmp_path: Path) -> None:
    folder = repeated(tmp_path / "repo", text("two"), text("three"))
    store, labels = Store(), tmp_path / "labels.yml"
    _, (step,) = built(folder, store)
    assert "security" not in {topic.topic for topic in step.summary.topics}
    labels.write_text("- {site: Lamp Shop, quote: We collect your name, topics: [security]}")
    archive = read_archive(history.find(folder), Settings(), store, labels=labels)
    (step,) = steps(archive, store)[archive.policies[0].url]
    assert {topic.topic for topic in step.summary.topics} == {"security"}


def test_tasks_are_small_whatever_a_history_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = repeated(tmp_path / "repo", *(text(str(n)) for n in range(6)))
    store = Store()
    archive, whole = built(folder, store)
    (batch,) = changes._batches(archive, store, [(it, it.segment) for it in whole])
    assert (len(batch.records), len(batch.pairs)) == (6, 5)
    monkeypatch.setattr(changes, "_BATCH_BYTES", 1)
    divided = list(changes._batches(archive, store, [(it, it.segment) for it in whole]))
    assert [(len(it.records), len(it.pairs)) for it in divided] == [(2, 1)] * 5
    assert built(folder)[1] == whole


def test_only_what_is_not_known_is_compared_whatever_lies_between(tmp_path: Path) -> None:
    folder = repeated(tmp_path / "repo", *(text(word) for word in ("two", "three", "four", "five")))
    store = Store()
    archive, whole = built(folder, store)
    store.keep_only_changes([changes._key(archive, whole[1])])
    assert len(store.changes()) == 1
    assert built(folder, store)[1] == whole


def test_summaries_are_kept_and_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = repeated(tmp_path / "repo", text("two"), text("three"), text("four"))
    store = Store(tmp_path / "store.sqlite")
    _, first = built(folder, store)
    assert len(store.changes()) == 2
    monkeypatch.setattr(changes, "compare", lambda *_: pytest.fail("compared again"))
    assert [s.summary for s in built(folder, store)[1]] == [s.summary for s in first]
    monkeypatch.undo()
    compared: list[object] = []

    def recorded(old: Document, new: Document) -> Change:
        compared.append((old, new))
        return compare(old, new)

    monkeypatch.setattr(changes, "compare", recorded)
    made = Repository(folder)
    made.commit("2020-01-01T00:00:00Z", "Update", **{LAMPS: text("nine")})
    assert len(built(folder, store)[1]) == 3
    assert len(compared) == 1
    made.git("reset", "--quiet", "--hard", "HEAD~2")
    built(folder, store)
    assert len(store.changes()) == 1
