import contextlib
import os
import subprocess
from collections.abc import Iterator
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


def read(sources: list[Source]) -> list[str]:
    return [source.path for source in sources if not source.problem]


def problems(sources: list[Source]) -> list[tuple[str, str]]:
    return [(source.path, source.problem.code) for source in sources if source.problem]


def test_hidden_files_are_left_out_and_what_is_not_read_is_named(tmp_path: Path) -> None:
    write(tmp_path, ".git/x.md", ".x.md", "img.png", "Makefile", "kept.md", "f/paper.pdf")
    found = find(tmp_path, tmp_path)
    assert read(found) == ["kept.md"]
    assert problems(found) == [
        ("Makefile", "not-read"),
        ("f/paper.pdf", "not-read"),
        ("img.png", "not-read"),
    ]


def test_what_is_excluded_is_neither_read_nor_named(tmp_path: Path) -> None:
    write(tmp_path, "p/a.md", "p/draft-b.md", "p/drafts/c.md", "p/img.png")
    asked: list[str] = []

    def excluded(path: str) -> bool:
        asked.append(path)
        return "draft" in path or path == "p/img.png"

    assert [source.path for source in find(tmp_path / "p", tmp_path, excluded)] == ["p/a.md"]
    assert "p/drafts/c.md" in asked


def test_a_file_named_itself_is_taken_whatever_its_ending(tmp_path: Path) -> None:
    write(tmp_path, "policy")
    (source,) = find(tmp_path / "policy", tmp_path)
    assert source == Source("policy", tmp_path / "policy")
    assert source.read() == b"text"


def test_outside_the_root_paths_are_whole(tmp_path: Path) -> None:
    write(tmp_path, "here/a.md")
    (source,) = find(tmp_path / "here", tmp_path / "elsewhere")
    assert source.path == (tmp_path / "here" / "a.md").as_posix()


def test_links_must_not_publish_files_from_elsewhere(tmp_path: Path) -> None:
    write(tmp_path, "secret.txt", "private/more.txt", "archive/a.txt", "archive-2/b.txt")
    archive = tmp_path / "archive"
    (archive / "leak.txt").symlink_to(tmp_path / "secret.txt")
    (archive / "folder").symlink_to(tmp_path / "private")
    (archive / "near.txt").symlink_to(tmp_path / "archive-2" / "b.txt")
    (archive / "same.txt").symlink_to(archive / "a.txt")
    (archive / "broken.txt").symlink_to(archive / "gone.txt")
    found = find(archive, tmp_path)
    assert read(found) == ["archive/a.txt", "archive/same.txt"]
    assert problems(found) == [
        ("archive/broken.txt", "unreadable"),
        ("archive/folder", "unreadable"),
        ("archive/leak.txt", "unreadable"),
        ("archive/near.txt", "unreadable"),
    ]
    said = {source.path: source.problem.message for source in found if source.problem}
    assert "leads out of the archive" in said["archive/leak.txt"]
    assert "gone.txt, which does not exist" in said["archive/broken.txt"]


def test_every_walk_ends(tmp_path: Path) -> None:
    write(tmp_path, "p/a/one.md", "p/b/two.md")
    (tmp_path / "p/itself.md").symlink_to(tmp_path / "p/itself.md")
    (tmp_path / "p/up").symlink_to(tmp_path / "p")
    (tmp_path / "p/a/b").symlink_to(tmp_path / "p/b")
    (tmp_path / "p/b/a").symlink_to(tmp_path / "p/a")
    (tmp_path / "p/root").symlink_to("/")
    found = find(tmp_path / "p", tmp_path)
    assert read(found) == ["p/a/one.md", "p/b/two.md"]
    assert problems(found) == [("p/itself.md", "unreadable"), ("p/root", "unreadable")]
    assert "links lead to each other" in str(found)


@pytest.fixture
def deep_path(tmp_path: Path) -> Iterator[Path]:
    """`tmp_path`, emptied by a program that goes as deep as the tests do."""
    yield tmp_path
    subprocess.run(["rm", "-rf", *map(str, tmp_path.iterdir())], check=True)


def nest(folder: Path, name: str, depth: int) -> None:
    """A file `deep.md` below `depth` folders, on a path that may be longer than the system takes."""
    with contextlib.chdir(folder):
        for _ in range(depth):
            Path(name).mkdir()
            os.chdir(name)
        Path("deep.md").write_bytes(b"text")


def test_a_tree_of_any_depth_is_walked(deep_path: Path) -> None:
    nest(deep_path, "d", 1_200)
    write(deep_path, "kept.md")
    assert read(find(deep_path, deep_path)) == [f"{'d/' * 1_200}deep.md", "kept.md"]


def test_beyond_the_system_s_longest_path_a_folder_is_a_problem(deep_path: Path) -> None:
    nest(deep_path, "d" * 200, 30)
    write(deep_path, "kept.md")
    found = find(deep_path, deep_path)
    assert read(found) == ["kept.md"]
    assert [code for _, code in problems(found)] == ["unreadable"]


@pytest.mark.parametrize(
    "error", [PermissionError(13, "Permission denied"), OSError(5, "I/O error")]
)
def test_whatever_the_system_refuses_is_a_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError
) -> None:
    write(tmp_path, "locked/a.md", "open/b.md")
    scandir = os.scandir

    def refusing(place: str) -> object:
        if place.endswith("locked"):
            raise error
        return scandir(place)

    monkeypatch.setattr(os, "scandir", refusing)
    found = find(tmp_path, tmp_path)
    assert read(found) == ["open/b.md"]
    assert problems(found) == [("locked", "unreadable")]
    assert error.strerror and error.strerror in str(found)
    excluded = find(tmp_path, tmp_path, lambda path: path == "locked/")
    assert [source.path for source in excluded] == ["open/b.md"]


def test_what_is_no_file_is_not_read(tmp_path: Path) -> None:
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no pipes in folders")
    os.mkfifo(tmp_path / "pipe.md")
    assert problems(find(tmp_path, tmp_path)) == [("pipe.md", "not-read")]


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
    Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe8.md")).write_bytes(b"other")
    other, source = find(tmp_path, tmp_path)
    assert other.path == "caf\\xe8.md"  # two names are never shown as one
    assert source.path == "caf\\xe9.md"
    assert source.read() == b"text"


def test_what_a_saved_page_shows_is_named_once(tmp_path: Path) -> None:
    (tmp_path / "Privacy.html").write_text("<p>We collect data.</p>")
    for folder in ("Privacy_files", "Privacy-Dateien", "Privacy.files", "Terms_files"):
        (tmp_path / folder).mkdir()
        for name in ("frame.html", "style.css", "logo.png"):
            (tmp_path / folder / name).write_text("x")
    found = {it.path: it.problem for it in find(tmp_path, tmp_path)}
    assert found.pop("Privacy.html") is None
    # Without its page beside it, a folder is one like any other.
    assert found.pop("Terms_files/frame.html") is None
    assert {path for path, it in found.items() if it and it.severity == "problem"} == {
        "Terms_files/logo.png", "Terms_files/style.css",
    }  # fmt: skip
    doubts = {path for path, it in found.items() if it and it.severity == "doubt"}
    assert doubts == {"Privacy_files", "Privacy-Dateien", "Privacy.files"}
