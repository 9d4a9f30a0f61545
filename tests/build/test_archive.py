import os
import random
import signal
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from policy_archive.build import archive as module
from policy_archive.build import tasks
from policy_archive.build.archive import read_archive
from policy_archive.build.parallel import Workers, opener
from policy_archive.build.store import Store
from policy_archive.build.tasks import read_bytes
from policy_archive.catalogue.archive import Archive
from policy_archive.settings import Settings
from policy_archive.sources.files import Source, find

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "content" / "policies"


def archive_of(folder: Path, **options: object) -> Archive:
    return read_archive(find(folder, folder.parent), Settings(), **options)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    policies = tmp_path / "policies"
    policies.mkdir()
    for file in POLICIES.iterdir():
        (policies / file.name).write_bytes(file.read_bytes())
    yield policies


def test_archive_does_not_depend_on_order_or_executor(folder: Path) -> None:
    sources = find(folder, folder.parent)
    expected = read_archive(sources, Settings())
    shuffled = random.Random(7).sample(sources, len(sources))
    with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(2) as processes:
        for workers in (None, Workers(threads, 2), Workers(processes, 2)):
            found = read_archive(shuffled, Settings(), workers=workers)
            assert found.policies == expected.policies
            assert found.notices == expected.notices
            for policy in found.policies:
                record = found.record(policy.newest)
                assert record == expected.record(policy.newest)


def test_a_stored_result_is_not_read_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    store = Store(tmp_path / "store.sqlite")
    first = archive_of(folder, store=store)
    monkeypatch.setattr(module, "read_source", lambda *_: pytest.fail("read again"))
    again = archive_of(folder, store=store)
    assert again.policies == first.policies
    assert again.record(again.policies[0].newest) == first.record(first.policies[0].newest)


def test_an_edited_or_removed_file_is_seen(folder: Path, tmp_path: Path) -> None:
    store = Store(tmp_path / "store.sqlite")
    archive_of(folder, store=store)
    (folder / "softorino.com.md").write_text("# Privacy\n\nWe now collect nothing at all.\n")
    (folder / "ostoto.com.md").unlink()
    archive = archive_of(folder, store=store)
    assert [policy.site for policy in archive.policies] == [
        "colasoft.com",
        "copperhub.com",
        "istonsoft.com",
        "softorino.com",
    ]
    assert archive.policies[-1].newest.title == "Privacy"


def test_one_bad_file_stops_no_other(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = tasks.read_source

    def failing(source: Source, settings: Settings) -> object:
        if "ostoto" in source.path:
            raise ValueError("cannot be")
        return read(source, settings)

    monkeypatch.setattr(module, "read_source", failing)
    archive = archive_of(folder)
    assert len(archive.policies) == 4
    (problem,) = [(path, n) for path, n in archive.notices if n.severity == "problem"]
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
    archive = read_archive(sources, Settings())
    (policy,) = archive.policies
    assert [entry.source.file.parent.name for entry in policy.entries] == ["a", "b"]
    texts = [archive.record(entry).document.texts[-1] for entry in policy.entries]
    assert [text[-1] for text in texts] == ([".", "."] if same else ["a", "b"])


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


def texts(archive: Archive) -> list[object]:
    return [archive.record(entry) for policy in archive.policies for entry in policy.entries]


def test_any_number_of_workers_gives_the_same(folder: Path) -> None:
    sources = many(folder, 40)
    one = read_archive(sources, Settings(), workers=opener(workers=1))
    two = read_archive(sources, Settings(), workers=opener(workers=2))
    assert (one.policies, one.notices) == (two.policies, two.notices)
    assert texts(one) == texts(two)


@pytest.mark.cluster
def test_a_cluster_gives_the_same_though_a_worker_is_killed(folder: Path) -> None:
    distributed = pytest.importorskip("distributed")
    sources = many(folder, 120)
    expected = read_archive(sources, Settings())
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
        found = read_archive(sources, Settings(), workers=workers, progress=kill_one)
    assert killed
    assert (found.policies, found.notices) == (expected.policies, expected.notices)
    assert texts(found) == texts(expected)


def damage(file: Path) -> None:
    """Overwrite every page of the database but the first."""
    data = bytearray(file.read_bytes())
    for at in range(4096, len(data), 4096):
        data[at : at + 64] = b"\xff" * 64
    file.write_bytes(data)


def test_a_store_damaged_inside_is_made_anew(folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "store.sqlite"
    store = Store(file)
    expected = archive_of(folder, store=store)
    expected_texts = texts(expected)
    store.close()
    damage(file)
    store = Store(file)
    found = archive_of(folder, store=store)
    assert found.policies == expected.policies
    assert texts(found) == expected_texts


def test_a_full_disk_costs_time_only(
    folder: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = Store(tmp_path / "store.sqlite")
    store._database._connection.execute("PRAGMA max_page_count = 4")
    archive = archive_of(folder, store=store)
    assert "results are not kept" in caplog.text
    assert [policy.site for policy in archive.policies] == [
        policy.site for policy in archive_of(folder).policies
    ]
    assert texts(archive) == texts(archive_of(folder))


def read_with(file: Path, folder: Path) -> int:
    return len(archive_of(folder, store=Store(file)).policies)


def test_two_builds_share_a_store(folder: Path, tmp_path: Path) -> None:
    sources = many(folder, 20)
    file = tmp_path / "store.sqlite"
    with ProcessPoolExecutor(3) as builds:
        counts = [builds.submit(read_with, file, folder) for _ in range(3)]
        assert {count.result() for count in counts} == {len(sources)}


def test_a_stopped_build_leaves_what_it_had_read(folder: Path, tmp_path: Path) -> None:
    sources = many(folder, 40)
    store = Store(tmp_path / "store.sqlite")

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_archive(sources, Settings(), store, progress=stop)
    left: list[int] = []
    read_archive(sources, Settings(), store, progress=lambda done, total: left.append(total))
    assert left[0] == len(sources) - 16
