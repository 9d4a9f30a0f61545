import os
from pathlib import Path

import pytest

from policy_archive.sources.files import Source, find


def write(folder: Path, *names: str) -> None:
    for name in names:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"text")


def test_texts_are_found_in_path_order_whatever_the_layout(tmp_path: Path) -> None:
    write(tmp_path, "p/b.com.md", "p/a.com.TXT", "p/s/so/c.com.html", "p/d.htm", "p/e.markdown")
    paths = [source.path for source in find(tmp_path / "p", tmp_path)]
    assert paths == ["p/a.com.TXT", "p/b.com.md", "p/d.htm", "p/e.markdown", "p/s/so/c.com.html"]


def test_hidden_and_other_files_are_left_out(tmp_path: Path) -> None:
    write(tmp_path, ".git/x.md", ".x.md", "img.png", "Makefile", "kept.md")
    assert [source.path for source in find(tmp_path, tmp_path)] == ["kept.md"]


def test_a_file_named_itself_is_taken_whatever_its_ending(tmp_path: Path) -> None:
    write(tmp_path, "policy")
    (source,) = find(tmp_path / "policy", tmp_path)
    assert source == Source("policy", tmp_path / "policy")
    assert source.read() == b"text"


def test_outside_the_root_paths_are_whole(tmp_path: Path) -> None:
    write(tmp_path, "here/a.md")
    (source,) = find(tmp_path / "here", tmp_path / "elsewhere")
    assert source.path == (tmp_path / "here" / "a.md").as_posix()


def test_links_must_not_publish_files_from_elsewhere(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    write(tmp_path, "secret.txt", "private/more.txt", "archive/a.txt")
    (tmp_path / "archive" / "leak.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "archive" / "folder").symlink_to(tmp_path / "private")
    (tmp_path / "archive" / "same.txt").symlink_to(tmp_path / "archive" / "a.txt")
    (tmp_path / "archive" / "loop").symlink_to(tmp_path / "archive")
    (tmp_path / "archive" / "broken.txt").symlink_to(tmp_path / "archive" / "gone.txt")
    paths = [source.path for source in find(tmp_path / "archive", tmp_path)]
    assert paths == ["archive/a.txt", "archive/same.txt"]
    assert "leak.txt" in caplog.text
    assert "folder" in caplog.text


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    write(tmp_path, "real/a.md")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert [source.path for source in find(tmp_path / "link", tmp_path)] == ["link/a.md"]


@pytest.mark.skipif(os.name != "posix", reason="file names are text on this system")
def test_a_name_that_is_not_utf_8_can_still_be_shown(tmp_path: Path) -> None:
    name = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md")
    try:
        Path(name).write_bytes(b"text")
    except OSError:
        pytest.skip("this file system refuses such names")
    (source,) = find(tmp_path, tmp_path)
    assert source.path == "caf\ufffd.md"
    assert source.read() == b"text"
