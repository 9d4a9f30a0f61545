"""A catalogue says what the archive held in memory says, however it came to be."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from policy_archive.build.texts import Texts
from policy_archive.build.update import update
from policy_archive.build.visit import Order
from policy_archive.catalogue.archive import Policy
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.questions import answers, listings, timeline
from policy_archive.catalogue.questions.listings import EVERYTHING, Listed
from policy_archive.settings import Settings
from policy_archive.sources.files import Source, find
from policy_archive.sources.git import history
from policy_archive.topics import taxonomy

from ..repositories import open_terms
from . import as_of, comparison
from .in_memory import Archive, read_archive, steps

POLICIES = Path(__file__).parents[2] / "content" / "policies"
TOPICS = [topic.id for topic in taxonomy.load().topics]


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> list[Source]:
    """Files of many sites and kinds, alike and not, some of them broken, and a repository."""
    root = tmp_path_factory.mktemp("sources")
    folder = root / "policies"
    shutil.copytree(POLICIES, folder)
    for file in POLICIES.iterdir():
        text = file.read_text("utf-8", "replace")
        for n in range(3):
            copy = text.replace("cookies", f"cookies of kind {n}", n)
            (folder / f"copy-{n}-{file.stem}.example.txt").write_text(copy, "utf-8")
    head = (
        "---\nsite: lamps.example\ncaptured: {}\nkind: {}\n---\n# Privacy\n\nWe keep your {}.\n\n"
    )
    body = "We share your address with the carrier, and use cookies on our site. " * 20
    for n, year in enumerate(("2011", "2012", "2012", "2015")):
        text = head.format(f"{year}0101", "privacy-policy", n) + body
        (folder / f"lamps-{n}.md").write_text(text, "utf-8")
    for n in range(2):
        same = head.format("20100101120000", "privacy-policy", n) + body
        (folder / f"same-{n}.md").write_text(same, "utf-8")
    (folder / "terms.md").write_text(head.format("20140101", "terms-of-service", "x") + body)
    (folder / "short.example.md").write_text("# Privacy\n\nNothing.\n")
    (folder / "bad.example.md").write_text("---\ncaptured: never\n---\n# Privacy\n\nNothing.\n")
    (folder / "picture.png").write_bytes(b"")
    found = find(folder, root)
    if shutil.which("git"):
        open_terms(root / "repo")
        found += history.find(root / "repo")
    return found


@pytest.fixture(scope="module")
def archive(sources: list[Source]) -> Archive:
    return read_archive(sources)


@pytest.fixture(scope="module")
def catalogue(sources: list[Source]) -> Catalogue:
    return updated(Catalogue(), Texts(), sources)


def updated(catalogue: Catalogue, texts: Texts, sources: Sequence[Source]) -> Catalogue:
    update(catalogue, texts, sources, Order(Settings()))
    return catalogue


def row(policy: Policy) -> tuple[object, ...]:
    """What a list says of a policy."""
    newest = policy.speaking
    return (
        *(policy.url, policy.site, policy.kind, len(policy.entries), newest.segment),
        *(newest.snapshot.captured, newest.title, newest.language, newest.words, newest.blocks),
        *(newest.checked, newest.doubtful, comparison.decided(newest)),
    )


def listed(it: Listed) -> tuple[object, ...]:
    return tuple(
        value for name, value in it._asdict().items() if name not in ("id", "snapshot", "newer")
    )


def test_policies_are_listed_alike(archive: Archive, catalogue: Catalogue) -> None:
    assert len(archive.policies) > 10
    assert [listed(it) for it in listings.policies(catalogue)] == [*map(row, archive.policies)]
    dated = [it for it in archive.policies if it.speaking.snapshot.captured]
    dated.sort(key=lambda it: it.speaking.snapshot.captured, reverse=True)
    assert [listed(it) for it in listings.latest(catalogue, 9)] == [*map(row, dated[:9])]
    assert listings.kinds(catalogue) == sorted({it.kind for it in archive.policies})


def test_snapshots_stand_in_time_alike(archive: Archive, catalogue: Catalogue) -> None:
    for policy, it in zip(archive.policies, listings.policies(catalogue), strict=True):
        found = list(timeline.snapshots(catalogue, it.id))
        assert [shot.segment for shot in found] == [e.segment for e in policy.entries]
        assert [shot.path for shot in found] == [e.source.path for e in policy.entries]
        assert [shot.doubtful for shot in found] == [e.doubtful for e in policy.entries]


def test_notices_are_alike(archive: Archive, catalogue: Catalogue) -> None:
    expected = sorted((name, n.line, n.code, n.severity) for name, n in archive.notices)
    found = sorted((name, n.line, n.code, n.severity) for name, n in catalogue.diagnostics())
    assert found == expected
    assert {"not-read", "duplicate-identity"} <= {code for _, _, code, _ in found}


def test_figures_are_alike(archive: Archive, catalogue: Catalogue) -> None:
    expected = comparison.tallies(archive.policies, taxonomy.load())
    assert listings.tallies(catalogue, TOPICS) == {id: (*it,) for id, it in expected.items()}
    figures = as_of.YearFigures(archive.policies, TOPICS)
    found = timeline.year_figures(catalogue, TOPICS)
    assert len(figures.years) > 5
    assert {topic: tuple(rows) for topic, rows in found.items()} == {
        topic: figures.of(topic) for topic in TOPICS
    }


@pytest.mark.parametrize("topic", TOPICS)
def test_answers_are_alike(archive: Archive, catalogue: Catalogue, topic: str) -> None:
    similar = comparison.similar_passages(archive.policies, topic)
    found = list(answers.answers(catalogue, topic, EVERYTHING))
    for policy, it in zip(archive.policies, found, strict=True):
        expected = comparison.findings(policy.speaking).get(topic)
        if expected is None:
            assert it.finding is None
            continue
        assert it.finding
        values = it.finding._asdict()
        assert values.pop("passages") == expected.count
        assert values == {name: getattr(expected, name) for name in values}
        assert it.similar
        known = similar[policy.url]
        assert it.similar.same == known.same
        assert [other[0] for other in it.similar.alike] == [o.url for o in known.alike]


def test_the_matrix_is_alike(archive: Archive, catalogue: Catalogue) -> None:
    cells = listings.matrix(catalogue, EVERYTHING)
    for policy, it in zip(archive.policies, listings.policies(catalogue), strict=True):
        expected = {
            id: (f.count, f.block) for id, f in comparison.findings(policy.speaking).items()
        }
        assert cells.get(it.id, {}) == expected


def test_changes_are_alike(archive: Archive, catalogue: Catalogue) -> None:
    every = steps(archive)
    for policy, it in zip(archive.policies, listings.policies(catalogue), strict=True):
        found = list(timeline.changes_of(catalogue, it.id))
        expected = every[policy.url]
        assert [c.segment for c in found] == [s.segment for s in expected]
        # `steps` compares without regard to captures before.
        assert [c.summary for c in found if not c.summary.returned] == [
            s.summary for c, s in zip(found, expected, strict=True) if not c.summary.returned
        ]
        assert [(c.technical, c.bridged) for c in found] == [
            (s.technical, len(s.bridged)) for s in expected
        ]
        assert [c.since for c in found] == [s.since.snapshot.captured for s in expected]
    back = {
        (it.url, c.segment)
        for it in listings.policies(catalogue)
        for c in timeline.changes_of(catalogue, it.id)
        if c.summary.returned and not c.summary.passages
    }
    counted = [
        (url, s)
        for url, own in every.items()
        for s in reversed(own)
        if s.counts and (url, s.segment) not in back
    ]
    counted.sort(key=lambda it: it[0])
    counted.sort(key=lambda it: it[1].after.snapshot.captured, reverse=True)
    newest = [(c.url, c.segment) for c in timeline.newest_changes(catalogue, 1000)]
    assert newest == [(url, s.segment) for url, s in counted]
    assert newest
