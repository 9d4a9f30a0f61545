import random
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

import pytest

from policy_archive import pipeline
from policy_archive.archive import Archive
from policy_archive.pipeline import Settings, build, read_bytes
from policy_archive.sources.files import Source, find
from policy_archive.store import Store

ROOT = Path(__file__).parents[1]
POLICIES = ROOT / "content" / "policies"


def archive_of(folder: Path, **options: object) -> Archive:
    return build(find(folder, folder.parent), Settings(), **options)  # type: ignore[arg-type]


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    policies = tmp_path / "policies"
    policies.mkdir()
    for file in POLICIES.iterdir():
        (policies / file.name).write_bytes(file.read_bytes())
    yield policies


def test_archive_does_not_depend_on_order_or_executor(folder: Path) -> None:
    sources = find(folder, folder.parent)
    expected = build(sources, Settings())
    shuffled = random.Random(7).sample(sources, len(sources))
    with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(2) as processes:
        for executor in (None, threads, processes):
            found = build(shuffled, Settings(), executor=executor)
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
    monkeypatch.setattr(pipeline, "read_source", lambda *_: pytest.fail("read again"))
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
    read = pipeline.read_source

    def failing(source: Source, settings: Settings) -> object:
        if "ostoto" in source.path:
            raise ValueError("cannot be")
        return read(source, settings)

    monkeypatch.setattr(pipeline, "read_source", failing)
    archive = archive_of(folder)
    assert len(archive.policies) == 4
    (problem,) = [(path, n) for path, n in archive.notices if n.severity == "problem"]
    assert problem[0] == "policies/ostoto.com.md"
    assert "ValueError: cannot be" in problem[1].message


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
