import os
import subprocess
from pathlib import Path

import pytest

from policy_archive.build.cache import cache_folder, clear, contents, prepare
from policy_archive.build.texts import Texts


def test_git_does_not_see_the_cache(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet", str(tmp_path)], check=True)
    folder = prepare(cache_folder(tmp_path))
    assert folder == tmp_path / ".cache" / "policy-archive"
    Texts(folder / "texts.sqlite").close()
    status = ["git", "-C", str(tmp_path), "status", "--porcelain", "--untracked-files=all"]
    assert subprocess.run(status, check=True, capture_output=True).stdout == b""


def test_its_contents_are_told_and_forgotten(tmp_path: Path) -> None:
    assert list(contents(tmp_path / "none")) == [f"{tmp_path / 'none'}: empty"]
    folder = prepare(tmp_path / "cache")
    assert folder
    (folder / "texts.sqlite").write_bytes(b"x" * 1_500_000)
    (folder / "search").mkdir()
    (folder / "search" / "a").write_bytes(b"")
    assert list(contents(folder)) == [
        "texts that were read, cleaned and labelled, and bodies of pages: 1 file, 1.5 MB",
        "the index for full-text search, in shards: 1 file, 0.0 MB",
    ]
    clear(folder)
    assert not folder.exists()


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / ".cache").write_text("a file")
    assert prepare(cache_folder(tmp_path)) is None
    folder = tmp_path / "read-only"
    folder.mkdir()
    (folder / ".gitignore").write_text("*\n")
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere
    assert prepare(folder) is None
    assert [line.endswith(")") for line in caplog.messages] == [True, True]
