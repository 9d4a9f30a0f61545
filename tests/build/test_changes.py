import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from policy_archive.build import update_changes
from policy_archive.build.parallel import run
from policy_archive.build.texts import Texts
from policy_archive.build.update import named, update
from policy_archive.build.visit import Compared, Order, PairBatch, compare_pairs
from policy_archive.catalogue import history_rows
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.questions import listings, policies
from policy_archive.catalogue.questions.policies import PolicyHistory
from policy_archive.diff import ChangeSummary
from policy_archive.settings import Settings
from policy_archive.sources.git import history
from policy_archive.topics import taxonomy
from policy_archive.topics.corrections import Corrections, load

from ..repositories import LAMPS, Repository, open_terms, repository, text

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

LONGER = "\n\n## Sharing\n\n" + "\n\n".join(
    f"We disclose your information to partner number {n}, who may use it for {n} purposes only."
    for n in range(9)
)


def built(
    folder: Path,
    catalogue: Catalogue | None = None,
    texts: Texts | None = None,
    corrections: Corrections | None = None,
) -> PolicyHistory:
    """The first policy of a repository, as the catalogue has it then."""
    catalogue, texts = catalogue or Catalogue(), texts or Texts()
    order = Order(Settings(), corrections or Corrections())
    update(catalogue, texts, history.find(folder), order)
    first, *_ = listings.policies(catalogue)
    return policies.history(catalogue, first.id)


def test_steps_of_a_history(tmp_path: Path) -> None:
    open_terms(tmp_path / "repo")
    found = built(tmp_path / "repo").steps
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
    found = built(folder)
    (step,) = found.steps
    assert [e.segment for e in step.bridged] == [found.entries[1].segment]
    assert (step.summary.passages, step.summary.added) == (1, 1)


def test_what_is_broken_at_an_end_makes_no_change(tmp_path: Path) -> None:
    error = "# 404\n\nThe page you were looking for was not found.\n"
    folder = repeated(tmp_path / "a", error, text("two", LONGER), text("six", LONGER), error)
    found = built(folder).steps
    assert [step.segment for step in found] == ["20110101000000..20120101000000"]
    found = built(repeated(tmp_path / "b", error, error.replace("looking", "searching"))).steps
    assert len(found) == 1  # nothing else there is


def test_a_policy_that_stays_short_is_not_broken(tmp_path: Path) -> None:
    found = built(repeated(tmp_path / "repo", text("two", LONGER), text(), text("six"))).steps
    assert [bool(step.bridged) for step in found] == [False, False]


def test_equal_bytes_and_looks_make_no_change(tmp_path: Path) -> None:
    quoted = text().replace("cookies to", "“cookies” to")
    found = built(repeated(tmp_path / "repo", text(), quoted, text("two", LONGER))).steps
    assert found[0].summary == ChangeSummary(cosmetic=1)
    assert not found[0].counts
    assert found[1].summary.topics[0].topic
    assert found[1].summary.share > 0.3
    assert len(found[1].summary.excerpts) == 3


def test_equal_bytes_around_a_broken_capture_make_no_change(tmp_path: Path) -> None:
    error = "# 404\n\nThe page you were looking for was not found.\n"
    same = text("two", LONGER)
    (step,) = built(repeated(tmp_path / "repo", same, error, same)).steps
    assert len(step.bridged) == 1
    assert step.summary == ChangeSummary()


def test_topics_are_those_that_people_have_corrected(tmp_path: Path) -> None:
    folder = repeated(tmp_path / "repo", text("two"), text("three"))
    catalogue, texts, labels = Catalogue(), Texts(), tmp_path / "labels.yml"
    (step,) = built(folder, catalogue, texts).steps
    assert "security" not in {topic.topic for topic in step.summary.topics}
    labels.write_text("- {site: Lamp Shop, quote: We collect your name, topics: [security]}")
    corrections, _ = load(labels, taxonomy.load())
    (step,) = built(folder, catalogue, texts, corrections).steps
    assert {topic.topic for topic in step.summary.topics} == {"security"}


def test_tasks_are_small_whatever_a_history_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = repeated(tmp_path / "repo", *(text(str(n)) for n in range(6)))
    catalogue, texts, order = Catalogue(), Texts(), Order(Settings())
    whole = built(folder, catalogue, texts)
    given = (catalogue, texts, named(history.find(folder)), order)
    waiting = history_rows.to_compare(catalogue, "anything else")

    def batches() -> list[tuple[int, int]]:
        found = update_changes._batches(*given, waiting)
        return [(len(it.records), len(it.pairs)) for it in found]

    assert batches() == [(6, 5)]
    monkeypatch.setattr(update_changes, "_BATCH_BYTES", 1)
    assert batches() == [(2, 1)] * 5
    assert built(folder).steps == whole.steps


def test_only_what_is_new_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = repeated(tmp_path / "repo", text("two"), text("three"), text("four"))
    catalogue, texts = Catalogue(), Texts()
    first = built(folder, catalogue, texts)
    compared: list[int] = []

    def recorded(batch: PairBatch) -> Sequence[Compared]:
        compared.extend(pair.id for pair in batch.pairs)
        return compare_pairs(batch)

    monkeypatch.setattr(
        update_changes, "run", lambda tasks, _, workers: run(tasks, recorded, workers)
    )
    assert built(folder, catalogue, texts).steps == first.steps
    assert compared == []
    made = Repository(folder)
    made.commit("2020-01-01T00:00:00Z", "Update", **{LAMPS: text("nine")})
    assert len(built(folder, catalogue, texts).steps) == 3
    assert len(compared) == 1
    made.git("reset", "--quiet", "--hard", "HEAD~2")
    assert len(built(folder, catalogue, texts).steps) == 1
    assert len(compared) == 1
