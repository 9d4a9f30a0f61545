"""Saved files become captures in the project's folder, once each."""

from pathlib import Path

import pytest

from policy_archive.cli.main import main

from ..intake.documents import docx, pdf
from ..intake.projects import begin, captures, left_out, said
from ..site.conftest import run

PAGE = "<!doctype html><html><body><h1>Privacy Policy</h1><p>We use cookies.</p></body></html>"
SAVED = f"<!-- saved from url=(0028)https://lamps.example/privacy -->\n{PAGE}"
SINGLE_FILE = (
    "<!DOCTYPE html> <html><!--\n Page saved with SingleFile \n"
    " url: https://lamps.example/terms-of-service \n"
    " saved date: Mon May 03 2021 11:09:39 GMT+0200 (CEST)\n-->"
    "<body><h1>Terms</h1><p>You may use lamps.</p></body></html>"
)
MHTML = (
    "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://lamps.example/privacy\r\n"
    "Date: Mon, 03 May 2021 09:09:39 -0000\r\nMIME-Version: 1.0\r\n"
    'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
    "--b\r\nContent-Type: text/html\r\nContent-Location: https://lamps.example/privacy\r\n\r\n"
    f"{PAGE}\r\n--b--\r\n"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return begin(tmp_path / "project", monkeypatch)


def save(folder: Path, name: str, data: str | bytes) -> Path:
    file = folder.parent / "saved" / name
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data if isinstance(data, bytes) else data.encode())
    return file


@pytest.mark.parametrize(
    ("name", "data", "place", "url"),
    [
        (
            "terms.html",
            SINGLE_FILE,
            "lamps.example/terms-of-service/20210503090939.html",
            "https://lamps.example/terms-of-service",
        ),
        (
            "page.mhtml",
            MHTML,
            "lamps.example/privacy-policy/20210503090939.mhtml",
            "https://lamps.example/privacy",
        ),
        (
            "lamps.example-20140521.html",
            SAVED,
            "lamps.example/privacy-policy/20140521.html",
            "https://lamps.example/privacy",
        ),
        (
            "lamps.example.txt",
            "https://lamps.example/privacy\n\nWe collect names.\n",
            "lamps.example/privacy-policy/undated-",
            "https://lamps.example/privacy",
        ),
    ],
)
def test_a_saved_file_stands_under_its_moment(
    project: Path, name: str, data: str, place: str, url: str
) -> None:
    assert main(["add", str(save(project, name, data))]) == 0
    (found, *_) = sorted(captures(project))
    assert found.startswith(place)
    assert captures(project)[found] == data.encode()
    assert said(project, found)["original_url"] == url
    assert said(project, found)["fetched"] == "2023-11-14T22:13:20Z"
    assert str(said(project, found)["fetched_by"]).startswith("policy-archive ")


def test_twice_the_same_is_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = save(project, "terms.html", SINGLE_FILE)
    assert main(["add", str(file)]) == 0
    before = captures(project)
    capsys.readouterr()
    assert main(["add", str(file)]) == 0
    assert capsys.readouterr().out == f"{file}: 0 captures added, 1 there already\n"
    assert captures(project) == before


def test_another_text_of_the_same_moment_stands_beside(project: Path) -> None:
    save(project, "a.html", SINGLE_FILE)
    save(project, "b.html", SINGLE_FILE.replace("lamps.</p>", "lamps and chairs.</p>"))
    assert main(["add", str(project.parent / "saved")]) == 0
    texts = sorted(name for name in captures(project) if name.endswith(".html"))
    folder = "lamps.example/terms-of-service"
    assert texts == [f"{folder}/20210503090939-2.html", f"{folder}/20210503090939.html"]


def test_a_run_that_was_cut_short_between_two_files_is_completed(project: Path) -> None:
    file = save(project, "terms.html", SINGLE_FILE)
    main(["add", str(file)])
    before = captures(project)
    (beside,) = (project / "content/policies").rglob("*.provenance.yml")
    beside.unlink()
    assert main(["add", str(file)]) == 0
    assert captures(project) == before


def test_a_pdf_is_the_source_of_its_text(project: Path) -> None:
    data = pdf("Privacy Policy", "We collect your name and address.")
    file = save(project, "letter.pdf", data)
    assert main(["add", str(file), "--site", "lamps.example", "--captured", "2019-05-01"]) == 0
    name = "lamps.example/privacy-policy/20190501"
    found = captures(project)
    assert set(found) == {f"{name}.pdf", f"{name}.txt", f"{name}.txt.provenance.yml"}
    assert found[f"{name}.pdf"] == data
    assert b"We collect your name and address." in found[f"{name}.txt"]
    assert said(project, f"{name}.txt")["extracted_from"] == "20190501.pdf"
    assert str(said(project, f"{name}.txt")["extracted_by"]).startswith("pdfminer.six ")
    assert main(["check", "-q"]) == 0


def test_a_document_of_a_word_processor_is_read_as_a_page(project: Path) -> None:
    file = save(project, "letter.docx", docx("Privacy", "We collect &lt;names&gt;."))
    assert main(["add", str(file), "--site", "lamps.example", "--captured", "2019-05-01"]) == 0
    text = captures(project)["lamps.example/privacy-policy/20190501.html"].decode()
    assert "<p>We collect &lt;names&gt;.</p>" in text
    assert main(["check", "-q"]) == 0


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("scan.pdf", pdf(), "it holds no text, as scans do"),
        ("broken.pdf", b"%PDF-1.4\nnothing", "its text cannot be taken out"),
        ("broken.docx", b"PK\x03\x04nothing", "its text cannot be taken out"),
        ("bomb.docx", docx("a" * (65 << 20)), "it unpacks to more than 64 MB"),
        ("picture.png", b"\x89PNG", "it is of no form that is read"),
        ("page.html", b"\x89PNG\r\n\x1a\n" + bytes(200), "it is an image"),
        ("anybody.txt", b"We collect names.", "nothing tells whose text it is; say so with --site"),
    ],
)
def test_what_cannot_be_added_is_one_line_and_stops_nothing(
    project: Path, name: str, data: bytes, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [save(project, name, data), save(project, "terms.html", SINGLE_FILE)]
    site = [] if name == "anybody.txt" else ["--site", "lamps.example"]
    assert main(["add", *map(str, files), *site]) == 1
    (line,) = left_out(capsys.readouterr().out)
    assert why in line
    assert len([it for it in captures(project) if it.endswith("20210503090939.html")]) == 1
    assert not [it for it in captures(project) if "privacy" in it]


def test_names_never_lead_out_of_the_folder(project: Path) -> None:
    for number, site in enumerate(("../../up", "/etc", "..", "con", "a/b\\c", "."), 1):
        file = save(project, f"{number}.txt", f"Text {number} of somebody.")
        assert main(["add", str(file), "--site", site, "--kind", "../terms"]) == 0
    for name in captures(project):
        site, kind, base = name.split("/")
        assert kind == "terms"
        assert base.startswith("undated-")
        assert site.strip(".") and site.lower() not in ("con", "..")
    assert not [it for it in project.parent.iterdir() if it.name not in ("project", "saved")]


def test_a_missing_extra_is_named_with_the_command(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pdfminer.high_level", None)
    file = save(project, "letter.pdf", pdf("Privacy"))
    assert main(["add", str(file), "--site", "lamps.example"]) == 1
    assert "pip install 'mkdocs-policy-archive[pdf]'" in capsys.readouterr().out


def test_outside_of_a_project_it_says_how_to_begin_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["add", "a.html"]) == 2
    assert "policy-archive init" in capsys.readouterr().err


def test_a_file_that_is_not_there_is_said(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["add", "nothing.html"]) == 1
    assert left_out(capsys.readouterr().out) == [
        "left out nothing.html: no such file or folder; addresses begin with https://"
    ]


@pytest.mark.build
def test_what_was_added_is_published(project: Path) -> None:
    main(["add", str(save(project, "terms.html", SINGLE_FILE))])
    site = run(project / "mkdocs.yml")
    page = site["policies/lamps.example/terms-of-service/20210503090939"]
    assert "You may use lamps." in page
    assert site.broken_links() == []


@pytest.mark.build
def test_the_document_is_one_click_from_its_text(project: Path) -> None:
    data = pdf("Privacy Policy", "We collect your name and address.")
    file = save(project, "letter.pdf", data)
    main(["add", str(file), "--site", "lamps.example", "--captured", "2019-05-01"])
    site = run(project / "mkdocs.yml")
    place = "policies/lamps.example/20190501"
    assert '<a href="source.pdf" download>' in site[place]
    assert (site.folder / place / "source.pdf").read_bytes() == data
    assert site.broken_links() == []
