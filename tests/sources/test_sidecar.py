"""What stands in a file beside a text is said of the text, by who keeps the archive."""

from pathlib import Path

import pytest

from policy_archive.build.tasks import read_source
from policy_archive.model import Record
from policy_archive.settings import Settings
from policy_archive.sources.files import Source, find
from policy_archive.sources.provenance import sidecar

PAGE = "<!doctype html><html><body><h1>Privacy Policy</h1><p>We use cookies.</p></body></html>"


def put(folder: Path, name: str, text: str | bytes, **said: str | tuple[str, ...]) -> Source:
    file = folder / "policies" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    beside = file.with_name(f"{file.name}.provenance.yml")
    beside.write_text(sidecar.written(file.name, said), "utf-8")
    (found,) = [it for it in find(folder / "policies", folder) if it.file == file]
    return found


def read(source: Source) -> Record:
    return read_source(source, Settings())


def codes(record: Record) -> set[str]:
    return {it.code for it in record.notices}


def test_it_says_whose_text_it_is_and_when(tmp_path: Path) -> None:
    record = read(
        put(
            tmp_path,
            "a.html",
            PAGE,
            site="lamps.example",
            captured="2014-05-21T17:33:13Z",
            original_url="http://lamps.example/privacy",
            memento_url="https://web.archive.org/web/20140521173313/http://lamps.example/privacy",
            kind="cookie-policy",
            status="200",
            redirects=("https://web.archive.org/web/20140521173310/http://lamps.example/p",),
        )
    )
    found = record.snapshot
    assert (found.site, found.kind, found.captured) == (
        "lamps.example",
        "cookie-policy",
        "20140521173313",
    )
    assert found.original_url == "http://lamps.example/privacy"
    assert found.raw_url.startswith("https://web.archive.org/web/20140521173313id_/")
    assert not codes(record) & {"no-provenance", "no-date", "no-url", "unknown-key"}


def test_it_goes_before_what_the_page_says(tmp_path: Path) -> None:
    saved = f"<!-- saved from url=(0027)http://chairs.example/privacy -->\n{PAGE}"
    record = read(
        put(tmp_path, "a.html", saved, site="lamps.example", captured="2014-05-21T17:33:13Z")
    )
    assert (record.snapshot.site, record.snapshot.captured) == ("lamps.example", "20140521173313")


def test_a_first_line_that_is_an_address_is_text(tmp_path: Path) -> None:
    text = "http://chairs.example/\n\nWe collect your name.\n"
    source = put(tmp_path, "a.txt", text, site="lamps.example", captured="2014-05-21", kind="terms")
    assert "http://chairs.example/" in "\n".join(read(source).document.texts)


def test_the_encoding_that_the_server_declared_is_heeded(tmp_path: Path) -> None:
    data = PAGE.replace("We use", "Żółte").encode("iso-8859-2")
    source = put(tmp_path, "a.html", data, site="lamps.example", encoding="iso-8859-2")
    record = read(source)
    assert "Żółte cookies." in "\n".join(record.document.texts)
    assert (record.encoding, "encoding-guessed" in codes(record)) == ("iso-8859-2", False)


def test_utf_8_is_believed_over_a_server_that_declares_another(tmp_path: Path) -> None:
    data = PAGE.replace("We use", "Żółte")
    source = put(tmp_path, "a.html", data, site="lamps.example", encoding="windows-1252")
    assert "Żółte cookies." in "\n".join(read(source).document.texts)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("site: [unclosed", "is not valid YAML in line 1"),
        ("- a list", "holds no keys"),
        ("a: &a [1,2]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a,*a]\n" + "x: y\n" * 20_000, "is longer"),
        ("captured: soon", "says nothing usable"),
        ("!!python/object/apply:os.system ['true']", "is not valid YAML"),
        ("[" * 5_000, "not valid YAML"),
    ],
)
def test_one_that_cannot_be_used_is_a_problem(tmp_path: Path, text: str, said: str) -> None:
    source = put(tmp_path, "a.html", PAGE)
    (tmp_path / "policies/a.html.provenance.yml").write_text(text)
    (problem,) = [it for it in read(source).notices if it.code == "invalid-front-matter"]
    assert problem.severity == "problem"
    assert said in problem.message
    assert "provenance file" in problem.message.lower()


def test_what_is_written_is_read_as_it_was_meant() -> None:
    said = {
        "site": "a: b # c",
        "original_url": "http://x.example/?a=1&b=é\u2028\ud7ff",
        "doubt": "\x85",
    }
    assert sidecar.parsed(sidecar.written("a.html", said)) == said


def test_a_doubt_of_who_fetched_it_is_shown(tmp_path: Path) -> None:
    source = put(tmp_path, "a.html", PAGE, site="lamps.example", doubt="Its digest differs.")
    (doubt,) = [it for it in read(source).notices if it.code == "doubtful-capture"]
    assert (doubt.message, doubt.severity) == ("Its digest differs.", "doubt")


def test_changing_it_changes_what_the_text_is_known_by(tmp_path: Path) -> None:
    one = put(tmp_path, "a.html", PAGE, site="lamps.example").fingerprint()
    other = put(tmp_path, "a.html", PAGE, site="chairs.example").fingerprint()
    assert one != other


def test_it_is_no_text_itself_and_alone_it_is_a_problem(tmp_path: Path) -> None:
    source = put(tmp_path, "a.html", PAGE, site="lamps.example")
    assert [it.problem for it in find(tmp_path, tmp_path)] == [None]
    source.file.unlink()
    (alone,) = find(tmp_path, tmp_path)
    assert alone.problem
    assert "a.html, is not beside it" in alone.problem.message


def test_a_document_whose_text_is_beside_it_is_no_text(tmp_path: Path) -> None:
    put(tmp_path, "20140521.txt", "We collect your name.", site="lamps.example")
    (tmp_path / "policies/20140521.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "policies/other.pdf").write_bytes(b"%PDF-1.4")
    found = {it.file.name: it.problem and it.problem.code for it in find(tmp_path, tmp_path)}
    assert found == {"20140521.txt": None, "other.pdf": "not-read"}
