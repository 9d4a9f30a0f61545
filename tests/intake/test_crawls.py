"""Crawls: WARC and WACZ files, from one file and from folders, whole and damaged."""

import gzip
import json
import time
import zipfile
import zlib
from pathlib import Path

import brotli
import pytest

from policy_archive.build.tasks import read_source
from policy_archive.settings import Settings
from policy_archive.sources.warc import source as warc_source

from .projects import begin, captures, left_out, run, said, texts
from .warcs import Answer, chunked, revisit, sha1, warc, write

URL = "https://lamps.example/privacy"
PAGE = "<!doctype html><html><body><h1>Privacy Policy</h1><p>We use {} cookies.</p></body></html>"
FOLDER = "lamps.example/privacy-policy"


def page(word: str) -> str:
    return PAGE.format(word)


ONE = Answer(URL, "20140521173313", page("few"))
TWO = Answer(URL, "20150521173313", page("many"))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return begin(tmp_path / "project", monkeypatch)


@pytest.mark.parametrize("name", ["crawl.warc", "crawl.warc.gz", "crawl.wacz"])
def test_every_capture_stands_under_its_moment(project: Path, name: str) -> None:
    file = write(project.parent / name, [ONE, TWO])
    assert run("add", file) == 0
    assert texts(project) == [f"{FOLDER}/20140521173313.html", f"{FOLDER}/20150521173313.html"]
    assert captures(project)[f"{FOLDER}/20140521173313.html"] == ONE.data
    found = said(project, f"{FOLDER}/20140521173313.html")
    assert found["original_url"] == URL
    assert (found["status"], found["content_type"]) == ("200", "text/html; charset=utf-8")
    assert (found["encoding"], found["digest"]) == ("utf-8", sha1(ONE.data))
    assert found["source"] == name
    before = captures(project)
    assert run("add", file) == 0
    assert captures(project) == before


def test_a_wacz_that_is_compressed_as_a_whole_is_read_as_well(project: Path) -> None:
    file = project.parent / "crawl.wacz"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("archive/../../a.warc", warc([ONE, TWO], packed=False))
    assert run("add", file) == 0
    assert len(texts(project)) == 2


def packed_ways() -> dict[str, Answer]:
    data = ONE.data
    engine = zlib.compressobj(wbits=-15)
    bare = engine.compress(data) + engine.flush()
    ways = {
        "chunked": ({"Transfer-Encoding": "chunked"}, chunked(data)),
        "gzip": ({"Content-Encoding": "gzip"}, gzip.compress(data)),
        "x-gzip": ({"Content-Encoding": "x-gzip"}, gzip.compress(data)),
        "deflate": ({"Content-Encoding": "deflate"}, zlib.compress(data)),
        "bare deflate": ({"Content-Encoding": "deflate"}, bare),
        "brotli": ({"Content-Encoding": "br"}, brotli.compress(data)),
        "twice": ({"Content-Encoding": "gzip, br"}, brotli.compress(gzip.compress(data))),
        "both": (
            {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"},
            chunked(gzip.compress(data), 7),
        ),
        "said and not done": (
            {"Content-Encoding": "gzip", "Transfer-Encoding": "chunked"},
            data,
        ),
        "brotli said and not done": ({"Content-Encoding": "br"}, data),
    }
    return {
        name: Answer(URL, "20140521173313", body, headers=heads)
        for name, (heads, body) in ways.items()
    }


@pytest.mark.parametrize("way", packed_ways())
@pytest.mark.parametrize("digested", ["as stored", "as meant", "not at all"])
def test_chunks_and_compression_are_undone(project: Path, way: str, digested: str) -> None:
    answer = packed_ways()[way]
    answer.digest = {"as stored": None, "as meant": sha1(ONE.data), "not at all": ""}[digested]
    assert run("add", write(project.parent / "a.warc.gz", [answer])) == 0
    name = f"{FOLDER}/20140521173313.html"
    assert captures(project)[name] == ONE.data
    assert "doubt" not in said(project, name)


@pytest.mark.parametrize(
    ("heads", "body", "why"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress(ONE.data * 50)[:-40], "(gzip) is cut off"),
        ({"Content-Encoding": "br"}, brotli.compress(ONE.data * 50)[:-8], "(br) is cut off"),
        ({"Transfer-Encoding": "chunked"}, chunked(ONE.data * 50)[:-500], "chunks are missing"),
    ],
)
def test_what_is_cut_off_is_kept_and_doubted(
    project: Path, heads: dict[str, str], body: bytes, why: str
) -> None:
    answer = Answer(URL, "20140521173313", body, headers=heads)
    assert run("add", write(project.parent / "a.warc.gz", [answer])) == 0
    name = f"{FOLDER}/20140521173313.html"
    assert (ONE.data * 50).startswith(captures(project)[name])
    assert why in str(said(project, name)["doubt"])


def test_a_wrong_digest_is_a_doubt_and_no_error(project: Path) -> None:
    answer = Answer(URL, "20140521173313", ONE.body, digest=sha1(b"something else"))
    assert run("add", write(project.parent / "a.warc.gz", [answer])) == 0
    assert "digest" in str(said(project, f"{FOLDER}/20140521173313.html")["doubt"])


@pytest.mark.parametrize("digest", ["sha256:" + "ab" * 32, "blake3:00", "nonsense", "sha1:"])
def test_digests_of_any_kind_stop_nothing(project: Path, digest: str) -> None:
    answer = Answer(URL, "20140521173313", ONE.body, digest=digest)
    assert run("add", write(project.parent / "a.warc.gz", [answer])) == 0
    assert captures(project)[f"{FOLDER}/20140521173313.html"] == ONE.data


@pytest.mark.parametrize(
    ("heads", "body"),
    [
        ({"Content-Encoding": "gzip"}, gzip.compress(bytes(80 << 20))),
        ({"Content-Encoding": "br"}, brotli.compress(bytes(80 << 20), quality=1)),
        ({"Content-Encoding": "deflate"}, zlib.compress(bytes(80 << 20))),
        ({}, bytes(65 << 20)),
    ],
)
def test_bombs_are_left_out(
    project: Path, heads: dict[str, str], body: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = Answer(URL, "20140521173313", body, headers=heads)
    assert run("add", write(project.parent / "a.warc.gz", [answer, TWO])) == 1
    (line,) = left_out(capsys.readouterr().out)
    assert "larger than 64 MB" in line
    assert texts(project) == [f"{FOLDER}/20150521173313.html"]


def test_a_record_that_claims_two_gigabytes_is_not_believed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = Answer(URL, "20140521173313", ONE.body, length=2 << 30)
    assert run("add", write(project.parent / "a.warc.gz", [answer, TWO])) == 1
    assert "larger than 64 MB" in capsys.readouterr().out
    assert texts(project) == [f"{FOLDER}/20150521173313.html"]


def test_repetitions_have_the_bytes_of_what_they_repeat(project: Path) -> None:
    write(project.parent / "crawls/b.warc.gz", [ONE])
    write(project.parent / "crawls/a.warc.gz", [revisit(ONE, "20160101000000"), TWO])
    assert run("add", project.parent / "crawls") == 0
    assert captures(project)[f"{FOLDER}/20160101000000.html"] == ONE.data
    assert said(project, f"{FOLDER}/20160101000000.html")["status"] == "200"
    assert len(texts(project)) == 3


def test_repetitions_without_a_reference_are_told_by_their_digest(project: Path) -> None:
    again = revisit(ONE, "20160101000000")
    again.more = {}
    assert run("add", write(project.parent / "a.warc.gz", [ONE, again])) == 0
    assert captures(project)[f"{FOLDER}/20160101000000.html"] == ONE.data


def test_a_repetition_of_what_is_not_there_is_listed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("add", write(project.parent / "a.warc.gz", [revisit(ONE, "20160101000000")])) == 0
    (line,) = left_out(capsys.readouterr().out)
    assert "repeats a capture that is in none of the files" in line


def test_errors_and_redirects_are_left_out_and_listed(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = [
        Answer(URL, "20130101000000", "Not found", status="404 Not Found"),
        Answer(URL, "20130201000000", "Slow down", status="429 Too Many Requests"),
        Answer(URL, "20130301000000", "", status="301 Moved", headers={"Location": "/new"}),
        Answer("https://lamps.example/a.png", "20130101000000", b"x", content_type="image/png"),
        ONE,
    ]
    assert run("add", write(project.parent / "a.warc.gz", answers)) == 0
    out = capsys.readouterr().out
    assert [line.rpartition(": ")[2] for line in left_out(out)] == [
        "the archived answer is an error (404)",
        "the archived answer is an error (429)",
        "it is a redirect (301) to /new",
    ]
    assert "1 record of pictures, scripts and the like passed over" in out
    assert texts(project) == [f"{FOLDER}/20140521173313.html"]


@pytest.mark.parametrize(
    ("pattern", "urls"),
    [
        ("privacy", [URL]),
        ("*/terms", ["https://lamps.example/terms"]),
        ("lamps.example/*", [URL, "https://lamps.example/terms"]),
        ("https://lamps.example/privac?", [URL]),
    ],
)
def test_addresses_are_chosen(project: Path, pattern: str, urls: list[str]) -> None:
    others = ("https://lamps.example/terms", "https://chairs.example/shop")
    answers = [ONE, *(Answer(url, "20140521173313", page("no")) for url in others)]
    assert run("add", write(project.parent / "a.warc.gz", answers), "--match", pattern) == 0
    assert sorted(str(said(project, name)["original_url"]) for name in texts(project)) == urls


def test_the_encoding_of_the_answer_is_that_of_the_text(project: Path) -> None:
    data = page("zażółć gęślą").encode("iso-8859-2")
    answer = Answer(URL, "20140521173313", data, content_type='text/html;charset="ISO-8859-2"')
    assert run("add", write(project.parent / "a.warc.gz", [answer])) == 0
    assert said(project, f"{FOLDER}/20140521173313.html")["encoding"] == "iso-8859-2"
    assert captures(project)[f"{FOLDER}/20140521173313.html"] == data


@pytest.mark.parametrize("cut", [40, 200])
def test_of_a_damaged_file_what_comes_before_is_added(
    project: Path, cut: int, capsys: pytest.CaptureFixture[str]
) -> None:
    data = warc([ONE, TWO])
    file = project.parent / "a.warc.gz"
    file.write_bytes(data[:-cut] + bytes(7))
    assert run("add", file) in (0, 1)
    assert f"{FOLDER}/20140521173313.html" in texts(project)
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.wacz", b"no zip at all"),
        ("a.warc.gz", b"\x1f\x8b no gzip"),
        ("a.warc", b"<html>"),
        ("a.warc.gz", gzip.compress(warc([ONE, TWO], packed=False))),
    ],
)
def test_what_is_no_crawl_is_one_line(
    project: Path, name: str, data: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    (project.parent / name).write_bytes(data)
    assert run("add", project.parent / name) == 1
    found = capsys.readouterr()
    assert len(left_out(found.out)) == 1
    assert found.err == ""


def test_without_the_extra_it_says_how_to_get_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "warcio.archiveiterator", None)
    assert run("add", write(project.parent / "a.warc.gz", [ONE])) == 1
    assert "pip install 'mkdocs-policy-archive[warc]'" in capsys.readouterr().out


def test_a_collection_of_browsertrix_is_read_once(project: Path) -> None:
    folder = project.parent / "crawls/collections/lamps"
    write(folder / "archive/rec-1.warc.gz", [ONE])
    write(folder / "archive/rec-2.warc.gz", [TWO])
    write(folder / "lamps.wacz", [ONE, TWO])
    (folder / "pages").mkdir()
    (folder / "pages/pages.jsonl").write_text("{}\n")
    assert run("add", project.parent / "crawls") == 0
    assert len(texts(project)) == 2
    assert said(project, f"{FOLDER}/20150521173313.html")["source"] == "rec-2.warc.gz"


def test_a_folder_of_archivebox(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    box = project.parent / "box"
    moment = 1400693593  # 2014-05-21 17:33:13 UTC
    for number, url in enumerate((URL, "https://chairs.example/terms", "https://x.example/"), 1):
        folder = box / f"archive/{moment}.{number}"
        folder.mkdir(parents=True)
        (folder / "index.json").write_text(json.dumps({"url": url, "timestamp": f"{moment}.0"}))
    write(
        box / f"archive/{moment}.1/warc/1.warc.gz",
        [ONE, Answer("https://ads.example/", "20140521173314")],
    )
    (box / f"archive/{moment}.1/singlefile.html").write_text(page("other"))
    (box / f"archive/{moment}.2/singlefile.html").write_text(page("single"))
    (box / "index.json").write_text(json.dumps({"links": []}))
    assert run("add", box) == 1
    assert texts(project) == [
        "chairs.example/terms-of-service/20140521173313.html",
        f"{FOLDER}/20140521173313.html",
    ]
    assert captures(project)[f"{FOLDER}/20140521173313.html"] == ONE.data
    (line,) = left_out(capsys.readouterr().out)
    assert "https://x.example/" in line


def configure(project: Path, sources: str) -> None:
    file = project / "mkdocs.yml"
    text = file.read_text("utf-8").replace("  - policy-archive\n", "")
    file.write_text(
        f"{text}  - policy-archive:\n      search: built-in\n      sources: {sources}\n"
    )


def test_a_crawl_is_read_in_place(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shop = Answer("https://lamps.example/shop", "20140521173313", page("shop"))
    odd = Answer(URL, "20160101000000", page("odd"), digest=sha1(b""))
    write(project / "crawls/a.wacz", [ONE, revisit(ONE, "20150101000000"), odd, shop])
    configure(project, '[{"crawl": "crawls/a.wacz", "match": ["privacy"]}]')
    assert run("inspect", "--format", "jsonl") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(it["site"], it["captured"][:10], it["original_url"]) for it in rows] == [
        ("lamps.example", "2014-05-21", URL),
        ("lamps.example", "2015-01-01", URL),
        ("lamps.example", "2016-01-01", URL),
    ]
    assert [[w["code"] for w in it["warnings"] if w["code"] == "doubtful-capture"] for it in rows] == [
        [], [], ["doubtful-capture"],
    ]  # fmt: skip
    assert rows[0]["sections"][0]["blocks"][0]["text"] == "We use few cookies."
    assert list((project / "content/policies").rglob("*.html")) == []


@pytest.mark.parametrize(
    ("sources", "why"),
    [
        ('["crawls/none.warc"]', "none.warc"),
        ('[{"crawl": "crawls"}]', "there is no file or folder"),
        ('[{"crawl": "mkdocs.yml", "macth": "x"}]', "there is no key 'macth'"),
        ('[{"crawl": "mkdocs.yml", "match": [1]}]', "`match` must be a list"),
    ],
)
def test_a_crawl_that_cannot_be_used_is_a_sentence(
    project: Path, sources: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(project, sources)
    assert run("check") == 2
    error = capsys.readouterr().err
    assert why in error
    assert error.count("\n") == 1


def test_the_list_of_records_is_remembered_until_the_file_changes(tmp_path: Path) -> None:
    file = write(tmp_path / "a.warc.gz", [ONE])
    kept = tmp_path / "kept"
    (found,) = warc_source.find(file, (), kept)
    assert read_source(found, Settings()).snapshot.captured == "20140521173313"
    stamp = next(kept.iterdir()).stat().st_mtime_ns
    assert len(warc_source.find(file, (), kept)) == 1
    assert next(kept.iterdir()).stat().st_mtime_ns == stamp
    time.sleep(0.01)
    write(file, [ONE, TWO])
    assert len(warc_source.find(file, (), kept)) == 2
    next(kept.iterdir()).write_bytes(b"damaged")
    assert len(warc_source.find(file, (), kept)) == 2


def test_captures_of_one_second_have_names_of_their_own(tmp_path: Path) -> None:
    other = Answer("http://www.lamps.example/privacy", ONE.moment, page("other"))
    found = warc_source.find(write(tmp_path / "a.warc.gz", [ONE, other]))
    assert len({it.name for it in found}) == 2
