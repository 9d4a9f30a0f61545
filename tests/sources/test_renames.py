"""Files that a commit renames: found by equal bytes or most of their lines, at a bounded cost."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from policy_archive.sources.git import renames as module
from policy_archive.sources.git.command import GitError
from policy_archive.sources.git.objects import Touched
from policy_archive.sources.git.renames import renames

Contents = dict[str, bytes]


def lines(*numbers: int, prefix: str = "line") -> bytes:
    return b"\n".join(f"{prefix} {n} of a policy".encode() for n in numbers)


def gone(path: str, blob: str) -> Touched:
    return Touched(path, "", blob)


def new(path: str, blob: str) -> Touched:
    return Touched(path, blob, "")


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> tuple[Contents, Counter[str]]:
    """Contents by blob, and how often each was read."""
    contents: Contents = {}
    read: Counter[str] = Counter()

    class Blobs:
        def read(self, blob: str) -> bytes:
            read[blob] += 1
            if blob not in contents:
                raise GitError("missing")
            return contents[blob]

    monkeypatch.setattr(module, "blobs", lambda folder: Blobs())
    return contents, read


def found(files: list[Touched]) -> dict[str, str]:
    return {path: old.path for path, old in renames(files, Path()).items()}


def test_equal_bytes_are_a_rename_and_are_not_read(store: tuple[Contents, Counter[str]]) -> None:
    files = [gone("a", "1"), gone("b", "1"), new("c", "1"), new("d", "1"), new("e", "1")]
    assert found(files) == {"c": "a", "d": "b"}
    assert not store[1]


@pytest.mark.parametrize(("shared", "renamed"), [(100, True), (50, True), (49, False), (0, False)])
def test_half_of_the_lines_are_a_rename(
    store: tuple[Contents, Counter[str]], shared: int, renamed: bool
) -> None:
    store[0].update(old=lines(*range(100)), new=lines(*range(100 - shared, 200 - shared)))
    assert found([gone("a", "old"), new("b", "new")]) == ({"b": "a"} if renamed else {})


@pytest.mark.parametrize(("shared", "renamed"), [(0.6, True), (0.4, False)])
def test_long_files_are_told_by_a_sample(
    store: tuple[Contents, Counter[str]], shared: float, renamed: bool
) -> None:
    size, first = 8_000, int(8_000 * (1 - shared))
    store[0].update(old=lines(*range(size)), new=lines(*range(first, first + size)))
    assert found([gone("a", "old"), new("b", "new")]) == ({"b": "a"} if renamed else {})


def test_a_part_of_a_long_file_is_not_that_file(store: tuple[Contents, Counter[str]]) -> None:
    store[0].update(old=lines(*range(8_000)), new=lines(*range(20)))
    assert not found([gone("a", "old"), new("b", "new")])


def test_the_likest_is_taken_and_each_once(store: tuple[Contents, Counter[str]]) -> None:
    store[0].update(
        near=lines(*range(90), *range(900, 910)), far=lines(*range(60)), one=lines(*range(100)),
        two=lines(*range(100)) + b"\n",
    )  # fmt: skip
    files = [gone("far", "far"), gone("near", "near"), new("x", "one"), new("y", "two")]
    assert found(files) == {"x": "near", "y": "far"}


def test_what_cannot_be_read_is_no_rename(store: tuple[Contents, Counter[str]]) -> None:
    store[0].update(new=lines(1))
    assert not found([gone("a", "lost"), new("b", "new"), new("c", "lost too")])


def test_a_commit_that_replaces_everything_reads_each_file_once(
    store: tuple[Contents, Counter[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """100 x 100 files of 8,000 lines each, as a sample of the work that it may take at most."""
    for n in range(100):
        store[0][f"old {n}"] = lines(*range(80), prefix=f"old {n}")
        store[0][f"new {n}"] = lines(*range(80), prefix=f"new {n}")
    files = [gone(f"a{n}", f"old {n}") for n in range(100)]
    files += [new(f"b{n}", f"new {n}") for n in range(100)]
    assert not found(files)
    assert set(store[1].values()) == {1}
    assert len(store[1]) == 200
    compared: list[int] = []
    share: Callable[..., float] = module._share

    def counted(a: Any, b: Any) -> float:
        compared.append(len(a.ordered))
        return share(a, b)

    monkeypatch.setattr(module, "_SAMPLE", 50)
    monkeypatch.setattr(module, "_share", counted)
    assert not found(files)
    assert len(compared) == 10_000
    assert max(compared) == 50


def test_beyond_that_only_equal_bytes_count(store: tuple[Contents, Counter[str]]) -> None:
    files = [gone(f"a{n}", f"old {n}") for n in range(102)]
    files += [new(f"b{n}", f"new {n}") for n in range(100)]
    assert found([*files, new("moved", "old 7")]) == {"moved": "a7"}
    assert not store[1]
