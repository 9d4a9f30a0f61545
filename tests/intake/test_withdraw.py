"""What is withdrawn leaves no word behind, and an answer at each of its addresses."""

import json
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from mkdocs.exceptions import Abort

from ..site.conftest import run as build
from .projects import begin, captures, left_out, run
from .warcs import Answer, revisit, write

SECRET = "Zanzibarquux"
OTHER = "marmalade"


def text(site: str, stamp: str, words: str) -> str:
    return (
        f"---\nsite: {site}\ncaptured: {stamp}\noriginal_url: http://{site}/privacy\n"
        f"memento_url: https://web.archive.org/web/{stamp}/http://{site}/privacy\n---\n"
        f"# Privacy Policy of {words}\n\nWe at {words} use cookies to remember your basket, and share your "
        "name and address with carriers who bring the parcel. We keep your information for a year, "
        "and you may ask us to delete it at any time.\n"
    )


MOMENTS = ("20140521173313", "20150521173313", "20160521173313")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = begin(tmp_path / "project", monkeypatch)
    settings = yaml.safe_load((folder / "mkdocs.yml").read_text("utf-8"))
    settings["site_url"] = "https://archive.example/"
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")
    for number, moment in enumerate(MOMENTS):
        words = SECRET if number == 1 else f"{OTHER} {number}"
        file = folder / f"content/policies/lamps/{moment}.md"
        file.parent.mkdir(exist_ok=True)
        file.write_text(text("lamps.example", moment, words), "utf-8")
    other = folder / "content/policies/chairs.md"
    other.write_text(text("chairs.example", MOMENTS[0], "chairs"), "utf-8")
    return folder


def holds(folder: Path, word: str) -> list[str]:
    """Every file below `folder` that has the word, as it is or packed as our stores have it."""
    found = []
    for file in folder.rglob("*"):
        if file.is_file() and word.lower().encode() in file.read_bytes().lower():
            found.append(file.relative_to(folder).as_posix())
    return found


PLACE = "policies/lamps.example/20150521173313"
WAYS = {
    "file": "content/policies/lamps/20150521173313.md",
    "page": f"{PLACE}/",
    "address": f"https://archive.example/{PLACE}/index.html",
    "short": "lamps.example/20150521173313",
    "memento": "https://web.archive.org/web/20150521173313id_/http://lamps.example/privacy",
}


@pytest.mark.build
@pytest.mark.parametrize("way", WAYS)
def test_a_capture_is_named_in_many_ways(project: Path, way: str) -> None:
    assert run("withdraw", WAYS[way], "--reason", "It names a person.") == 0
    (line,) = [
        it for it in (project / "withdrawn.jsonl").read_text("utf-8").splitlines() if it[0] != "#"
    ]
    entry = json.loads(line)
    assert entry["place"] == f"{PLACE}/"
    assert entry["reason"] == "It names a person."
    assert entry["day"] == "2023-11-14"
    assert SECRET not in line


@pytest.mark.build
def test_no_word_of_a_withdrawn_capture_is_left(project: Path) -> None:
    before = build(project / "mkdocs.yml")
    build(project / "mkdocs.yml")  # so that the cache holds a site, too
    assert SECRET in before[PLACE]
    assert run("withdraw", PLACE, "--reason", "It names a person.") == 0
    assert holds(project / ".cache", SECRET) == []
    site = build(project / "mkdocs.yml")
    build(project / "mkdocs.yml")
    assert holds(site.folder, SECRET) == []
    assert holds(project / ".cache", SECRET) == []
    assert site.broken_links() == []
    assert (project / WAYS["file"]).is_file()


@pytest.mark.build
def test_its_addresses_answer_with_what_became_of_it(project: Path) -> None:
    before = build(project / "mkdocs.yml")
    run("withdraw", PLACE, "--reason", 'Names <b>"somebody"</b>.')
    site = build(project / "mkdocs.yml")
    pages = set(before.files("policies/lamps.example/**/index.html"))
    assert pages <= set(site.files())
    changes = [f"policies/lamps.example/{a}..{b}" for a, b in pairwise(MOMENTS)]
    for place in (PLACE, *changes):
        page = site[place]
        assert "Withdrawn" in page
        assert "2023-11-14" in page
        assert "Names &lt;b&gt;&#34;somebody&#34;&lt;/b&gt;." in page
        assert 'name="robots" content="noindex"' in page
    log = site["about/withdrawn"]
    assert "lamps.example" in log
    assert "Names &lt;b&gt;" in log
    assert "about/withdrawn/" in site["about/method"].replace("../", "about/")
    assert OTHER in site[f"policies/lamps.example/{MOMENTS[0]}..{MOMENTS[2]}"]
    assert PLACE not in site["sitemap.xml"] or "Withdrawn" in site[PLACE]


@pytest.mark.build
def test_a_whole_policy(project: Path) -> None:
    before = build(project / "mkdocs.yml")
    assert run("withdraw", "lamps.example", "--reason", "Asked for.") == 0
    site = build(project / "mkdocs.yml")
    assert set(before.files("policies/lamps.example/**/index.html")) <= set(site.files())
    assert "Withdrawn" in site["policies/lamps.example"]
    assert "Withdrawn" in site["policies/lamps.example/latest"]
    for word in (SECRET, OTHER):
        assert holds(site.folder, word) == []
        assert holds(project / ".cache", word) == []
    assert "chairs.example" in site["policies"]
    # Captures that are still to come are withdrawn as well, under whatever name.
    late = project / "content/policies/late.md"
    late.write_text(text("lamps.example", "20200101000000", "Kumquat"), "utf-8")
    site = build(project / "mkdocs.yml")
    assert holds(site.folder, "Kumquat") == holds(project / ".cache", "Kumquat") == []


@pytest.mark.build
def test_a_file_that_is_moved_or_copied_does_not_come_back(project: Path) -> None:
    run("withdraw", PLACE, "--reason", "Asked for.")
    file = project / WAYS["file"]
    (project / "content/policies/elsewhere.md").write_bytes(file.read_bytes())
    file.rename(project / "content/policies/moved.md")
    site = build(project / "mkdocs.yml")
    assert holds(site.folder, SECRET) == []


@pytest.mark.build
def test_a_list_that_was_pulled_empties_the_cache_of_others(project: Path) -> None:
    build(project / "mkdocs.yml")
    run("withdraw", PLACE, "--reason", "Asked for.")
    kept = (project / "withdrawn.jsonl").read_bytes()
    run("withdraw", PLACE, "--restore")
    build(project / "mkdocs.yml")
    (project / "withdrawn.jsonl").write_bytes(kept)
    site = build(project / "mkdocs.yml")
    assert holds(site.folder, SECRET) == holds(project / ".cache", SECRET) == []
    assert "Withdrawn" in site[PLACE]
    # Afterwards pages are kept from build to build again.
    before = (site.folder / "policies/chairs.example/index.html").stat().st_mtime_ns
    build(project / "mkdocs.yml")
    build(project / "mkdocs.yml")
    assert len(list((project / ".cache").rglob("site-*-spare"))) == 1
    assert before


@pytest.mark.build
def test_it_comes_back_byte_for_byte(project: Path) -> None:
    before = build(project / "mkdocs.yml").files()
    run("withdraw", PLACE, "--reason", "Asked for.")
    build(project / "mkdocs.yml")
    assert run("withdraw", PLACE, "--restore") == 0
    assert not (project / "withdrawn.jsonl").exists()
    assert build(project / "mkdocs.yml").files() == before


def test_erasing_removes_all_files_of_a_capture_for_good(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [
        Answer("http://lamps.example/terms", it, f"<html><p>{SECRET} {it}</p></html>")
        for it in MOMENTS
    ]
    crawl = write(project.parent / "a.warc.gz", answers)
    run("add", crawl)
    folder = "lamps.example/terms-of-service"
    assert (
        run("withdraw", f"policies/{folder}/20150521173313/", "--erase", "--reason", "Asked for.")
        == 0
    )
    left = {it for it in captures(project) if it.startswith(folder)}
    assert not [it for it in left if "20150521173313" in it]
    assert len(left) == 4
    capsys.readouterr()
    # Nothing brings it back, neither its name nor its bytes.
    assert run("add", crawl) == 0
    (line,) = left_out(capsys.readouterr().out)
    assert "it was withdrawn from this archive" in line
    assert {it for it in captures(project) if it.startswith(folder)} == left
    assert run("withdraw", f"policies/{folder}/20150521173313/", "--restore") == 2
    assert "was erased" in capsys.readouterr().err


def test_what_lies_in_a_crawl_cannot_be_erased_from_here(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = Answer("http://beds.example/privacy", MOMENTS[0], "<html><p>We collect.</p></html>")
    write(project / "a.warc.gz", [one, revisit(one, MOMENTS[1])])
    text = (
        (project / "mkdocs.yml")
        .read_text("utf-8")
        .replace("- policy-archive", "- policy-archive: {sources: [a.warc.gz]}")
    )
    (project / "mkdocs.yml").write_text(text)
    assert run("withdraw", "beds.example", "--erase", "--reason", "Asked for.") == 2
    assert "erase it where it is kept" in capsys.readouterr().err
    assert not (project / "withdrawn.jsonl").exists()
    assert run("withdraw", "beds.example", "--reason", "Asked for.") == 0


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (["lamps.example"], "say why"),
        (["lamps.example", "--reason", " "], "say why"),
        (["nobody.example", "--reason", "x"], "is no capture and no policy"),
        (["nobody.example", "--restore"], "is nothing that was withdrawn"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    project: Path, arguments: list[str], why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("withdraw", *arguments) == 2
    error = capsys.readouterr().err
    assert why in error
    assert error.count("\n") == 1
    assert not (project / "withdrawn.jsonl").exists()


@pytest.mark.build
@pytest.mark.parametrize("line", ["nonsense", "{}", '{"site": "a"}', '["a"]'])
def test_a_list_that_cannot_be_read_publishes_nothing(
    project: Path,
    line: str,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    (project / "withdrawn.jsonl").write_text(f"# head\n{line}\n")
    with pytest.raises(Abort):
        build(project / "mkdocs.yml")
    assert "withdrawn.jsonl:2: this is no line of the list" in caplog.text
    assert not (project / "site").exists()
    assert run("add", "x") == 2
    assert "withdrawn.jsonl:2" in capsys.readouterr().err
