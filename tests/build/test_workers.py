"""Whoever reads, and in whatever order: the catalogue is the same."""

import os
import random
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from policy_archive.build import visit
from policy_archive.build.parallel import OpenWorkers, Workers, opener
from policy_archive.build.tasks import read_bytes, read_source
from policy_archive.build.texts import RECORD, Texts
from policy_archive.build.update import Progress, update
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.model import Record
from policy_archive.settings import Settings
from policy_archive.sources.files import Source, find

from .catalogues import said

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "content" / "policies"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    policies = tmp_path / "policies"
    policies.mkdir()
    for file in POLICIES.iterdir():
        (policies / file.name).write_bytes(file.read_bytes())
    yield policies


def read(
    sources: Iterable[Source],
    workers: Workers | OpenWorkers | None = None,
    progress: Progress | None = None,
) -> tuple[object, list[tuple[str, bytes | None]]]:
    """What a catalogue and its texts say."""
    catalogue, texts = Catalogue(), Texts()
    order = visit.Order(Settings())
    update(catalogue, texts, sources, order, workers=workers, progress=progress)
    return said(catalogue), [(key, texts.get(key, RECORD)) for key in sorted(catalogue.keys())]


def test_archive_does_not_depend_on_order_or_executor(folder: Path) -> None:
    sources = find(folder, folder.parent)
    expected = read(sources)
    shuffled = random.Random(7).sample(sources, len(sources))
    with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(2) as processes:
        for workers in (None, Workers(threads, 2), Workers(processes, 2)):
            assert read(shuffled, workers) == expected


def test_one_bad_file_stops_no_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(source: Source, settings: Settings) -> Record:
        if "ostoto" in source.path:
            raise ValueError("cannot be")
        return read_source(source, settings)

    monkeypatch.setattr(visit, "read_source", failing)
    catalogue = Catalogue()
    update(catalogue, Texts(), find(folder, folder.parent), visit.Order(Settings()))
    assert catalogue.connection.execute("SELECT count(*) FROM policies").fetchone() == (4,)
    (problem,) = [it for it in catalogue.diagnostics() if it[1].severity == "problem"]
    assert problem[0] == "policies/ostoto.com.md"
    assert "ValueError: cannot be" in problem[1].message


@pytest.mark.parametrize("same", [True, False])
def test_two_files_of_one_path_are_both_read(tmp_path: Path, same: bool) -> None:
    sources = []
    for root in ("a", "b"):
        (tmp_path / root).mkdir()
        text = "# Privacy\n\nWe collect nothing at all, and share it with nobody.\n"
        (tmp_path / root / "lamps.example.md").write_text(text if same else text + root)
        sources += find(tmp_path / root, tmp_path / root)
    catalogue = Catalogue()
    update(catalogue, Texts(), sources, visit.Order(Settings()))
    rows = catalogue.connection.execute("SELECT sha256 FROM snapshots WHERE position IS NOT NULL")
    assert len({sha256 for (sha256,) in rows.fetchall()}) == (1 if same else 2)
    query = "SELECT name FROM sources ORDER BY name"
    names = [name for (name,) in catalogue.connection.execute(query)]
    assert names == ["lamps.example.md", "lamps.example.md#2"]


def test_a_rule_can_be_switched_off() -> None:
    data = (POLICIES / "istonsoft.com.md").read_bytes()
    off = Settings(disabled_rules=frozenset({"mojibake"}))
    record = read_bytes(data, "istonsoft.com.md", off)
    assert any("industryâ€™s" in text for text in record.document.texts)
    assert off.digest != Settings().digest


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\0" * 100,
        b"\xff\xfe\xfd",
        b"---\n",
        b"---\n{[\n---\n",
        b"\xef\xbb\xbf",
        b"<",
        b"# \n",
    ],
)
@pytest.mark.parametrize("suffix", [".md", ".html", ".txt"])
def test_odd_files_become_records_with_doubts(data: bytes, suffix: str) -> None:
    record = read_bytes(data, f"policies/example.org{suffix}", Settings())
    assert record.snapshot.site == "example.org"
    assert record.notices


def many(folder: Path, count: int) -> list[Source]:
    """Files that are all a little different."""
    text = (POLICIES / "softorino.com.md").read_text("utf-8")
    for number in range(count):
        path = folder / f"made-{number}.example.md"
        path.write_text(f"# Privacy {number}\n\n{text}\n\nThe end of number {number}.\n", "utf-8")
    return find(folder, folder.parent)


def test_any_number_of_workers_gives_the_same(folder: Path) -> None:
    sources = many(folder, 40)
    assert read(sources, opener(workers=1)) == read(sources, opener(workers=2))


@pytest.mark.cluster
def test_a_cluster_gives_the_same_though_a_worker_is_killed(folder: Path) -> None:
    distributed = pytest.importorskip("distributed")
    sources = many(folder, 120)
    expected = read(sources)
    killed: list[int] = []
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        address = cluster.scheduler_address.removeprefix("tcp://")

        def kill_one(done: int, total: int) -> None:
            if not killed and done < total:
                killed.append(next(iter(cluster.workers.values())).pid)
                os.kill(killed[0], signal.SIGKILL)

        workers = opener(f"dask://{address}")
        found = read(sources, workers, kill_one)
    assert killed
    assert found == expected
