"""Captures from a web archive that stands on this machine: ours, and pywb where that is asked for."""

import gzip
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from wayback import _client

from policy_archive.build.tasks import read_bytes, read_source
from policy_archive.settings import Settings
from policy_archive.sources.files import find

from .projects import begin, captures, left_out, run, said, texts
from .servers import Door, opened, served
from .warcs import Answer, revisit, write

URL = "http://lamps.example/privacy"
FOLDER = "lamps.example/privacy-policy"


def page(word: str) -> str:
    return (
        "<!doctype html><html><body><h1>Privacy Policy</h1>"
        f"<p>We use {word} cookies, and keep them.</p></body></html>"
    )


FEW = Answer(URL, "20140521173313", page("few"))
CHAIRS = [
    Answer(
        "https://chairs.example/terms", f"{year}{month:02}15120000", page(f"{year} {month // 4}")
    )
    for year in range(2014, 2024)
    for month in range(1, 13)
]
OFTEN = "https://often.example/privacy"
THOUSAND = [
    Answer(
        OFTEN, f"{datetime(2019, 1, 1) + timedelta(hours=8 * n):%Y%m%d%H%M%S}", page(str(n // 250))
    )
    for n in range(1_000)
]
ANSWERS = [
    FEW,
    revisit(FEW, "20150521173313"),
    Answer(URL, "20160521173313", "", status="301 Moved", headers={"Location": "https://lamps.example/legal"}),
    Answer("https://lamps.example/legal", "20160521173320", page("moved")),
    Answer(URL, "20170101000000", "Too many", status="429 Too Many Requests"),
    Answer(URL, "20180101000000", page("más").encode("cp1252"), content_type="text/html; charset=windows-1252"),
    Answer(URL, "20190101000000", gzip.compress(page("cut").encode() * 99)[:-30], headers={"Content-Encoding": "gzip"}),
    Answer(URL, "20200101000000", b"\x89PNG", content_type="image/png"),
    Answer("http://loop.example/privacy", "20200101000000", "", status="302 Found", headers={"Location": "http://loop.example/privacy"}),
    Answer("http://far.example/privacy", "20200101000000", "", status="302 Found", headers={"Location": "/new"}),
    Answer("http://far.example/new", "20210101000000", page("far")),
    *CHAIRS,
]  # fmt: skip


@pytest.fixture(scope="module", params=["ours", "pywb"])
def archive(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("archive")
    files = [write(folder / "a.warc.gz", ANSWERS), write(folder / "b.warc.gz", THOUSAND)]
    with served(files, request.param, folder) as found:
        yield found


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> None:
    """The client's pace is for the Internet Archive; on this machine there is nobody to spare."""
    for limit in (_client.DEFAULT_CDX_RATE_LIMIT, _client.DEFAULT_MEMENTO_RATE_LIMIT):
        monkeypatch.setattr(limit, "_minimum_wait", 0.0)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return begin(tmp_path / "project", monkeypatch)


@pytest.fixture
def door(archive: Door) -> Door:
    archive.faults.clear()
    archive.asked.clear()
    archive.slow = 0
    return archive


def add(door: Door, *arguments: str) -> int:
    return run("add", "--archive", door.archive, *arguments)


def moments(project: Path, folder: str = FOLDER) -> list[str]:
    return [Path(it).stem for it in texts(project) if it.startswith(f"{folder}/")]


def test_the_history_of_an_address(
    project: Path, door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(door, URL) == 0
    assert moments(project) == [
        "20140521173313",
        "20160521173320",
        "20180101000000",
        "20190101000000",
    ]
    out = capsys.readouterr().out
    assert f"{URL}: 4 captures added, 2 left out\n  in content/policies/{FOLDER}\n" in out
    assert left_out(out) == [
        f"left out {door.archive}/20170101000000/{URL}: the archived answer is an error (429)",
        f"left out {door.archive}/20200101000000/{URL}: it is no text (image/png)",
    ]
    assert "on 2016-05-21 it led to https://lamps.example/legal; add that address" in out


def test_bytes_are_as_they_were_archived(project: Path, door: Door) -> None:
    add(door, URL)
    assert captures(project)[f"{FOLDER}/20140521173313.html"] == FEW.data
    found = said(project, f"{FOLDER}/20140521173313.html")
    assert found["memento_url"] == f"{door.archive}/20140521173313/{URL}"
    assert found["source"] == f"{door.archive}/20140521173313id_/{URL}"
    assert (found["original_url"], found["site"]) == (URL, "lamps.example")
    assert found["captured"] == "2014-05-21T17:33:13Z"
    assert str(found["digest"]).startswith("sha1:")
    assert found["status"] == "200"
    windows = f"{FOLDER}/20180101000000.html"
    assert captures(project)[windows] == page("más").encode("cp1252")
    assert said(project, windows)["encoding"] == "windows-1252"
    cut = captures(project)[f"{FOLDER}/20190101000000.html"]
    assert cut.startswith(page("cut").encode() * 9)


def test_redirects_are_followed_within_the_archive_and_recorded(project: Path, door: Door) -> None:
    add(door, URL)
    found = said(project, f"{FOLDER}/20160521173320.html")
    assert found["redirects"] == [f"{door.archive}/20160521173313/{URL}"]
    assert found["original_url"] == "https://lamps.example/legal"
    assert found["memento_url"] == f"{door.archive}/20160521173320/https://lamps.example/legal"
    assert found["site"] == "lamps.example"
    assert all(it.startswith("/web/") for it in door.asked)


def test_a_service_that_lists_as_the_wayback_machine_does(project: Path, tmp_path: Path) -> None:
    with opened([write(tmp_path / "a.warc.gz", ANSWERS)]) as door:
        door.columns = True
        assert run("add", "--archive", door.url, URL) == 0
        assert add(door, "https://chairs.example/terms", "--every", "year") == 0
    assert len(moments(project)) == 4
    assert len(moments(project, "chairs.example/terms-of-service")) == 10


def test_twice_is_once_and_asks_for_nothing_that_is_there(
    project: Path, door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    add(door, URL)
    before = captures(project)
    door.asked.clear()
    capsys.readouterr()
    assert add(door, URL) == 0
    assert captures(project) == before
    assert "0 captures added, 4 there already" in capsys.readouterr().out
    assert [it for it in door.asked if "id_" in it] == [f"/web/20200101000000id_/{URL}"]


@pytest.mark.parametrize(
    ("arguments", "count"),
    [
        (["--every", "month"], 120),
        (["--every", "year"], 10),
        (["--every", "change"], 40),
        (["--every", "month", "--from", "2015", "--to", "2015-06"], 6),
        (["--every", "month", "--from", "2015-06-16", "--to", "2015-07-15"], 1),
        (["--every", "year", "--from", "2023-12-16"], 0),
    ],
)
def test_captures_are_chosen(project: Path, door: Door, arguments: list[str], count: int) -> None:
    assert add(door, "https://chairs.example/terms", *arguments) == (0 if count else 1)
    assert len(moments(project, "chairs.example/terms-of-service")) == count


def test_of_a_thousand_captures_the_changes(project: Path, door: Door) -> None:
    assert add(door, OFTEN) == 0
    assert len(moments(project, "often.example/privacy-policy")) == 4
    assert len([it for it in door.asked if "id_" in it]) == 4


def test_one_capture_by_its_address(project: Path, door: Door) -> None:
    assert run("add", f"{door.archive}/20150521173313/{URL}") == 0
    assert moments(project) == ["20150521173313"]
    assert captures(project)[f"{FOLDER}/20150521173313.html"] == FEW.data
    assert run("add", f"{door.archive}/20150521173313id_/{URL}") == 0
    assert moments(project) == ["20150521173313"]
    assert len([it for it in door.asked if "id_" in it]) == 1


def test_a_capture_of_the_wayback_machine_that_another_service_gives_back(
    project: Path, door: Door
) -> None:
    named = f"https://web.archive.org/web/20140521173313/{URL}"
    assert add(door, named) == 0
    found = said(project, f"{FOLDER}/20140521173313.html")
    assert found["memento_url"] == named
    assert found["source"] == f"{door.archive}/20140521173313id_/{URL}"


def test_a_capture_that_is_not_there_is_no_other(
    project: Path, door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("add", f"{door.archive}/20130101000000/{URL}") == 1
    assert texts(project) == []
    (line,) = left_out(capsys.readouterr().out)
    assert "the archive cannot give it back" in line


def test_the_nearest_capture_where_only_a_day_is_named(project: Path, door: Door) -> None:
    assert run("add", f"{door.archive}/20140601/{URL}") in (0, 1)
    file = project / "list.csv"
    file.write_text(f"url,date,kind\n{URL},2014-06-01,Cookie Policy\n,,\nnothing,2014,\n")
    assert add(door, "list.csv") == 1
    assert moments(project, "lamps.example/cookie-policy") == ["20140521173313"]
    assert (
        said(project, "lamps.example/cookie-policy/20140521173313.html")["kind"] == "cookie-policy"
    )


@pytest.mark.parametrize("way", ["file", "stdin"])
def test_a_list_of_addresses(
    project: Path, door: Door, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = f"# ours\n{URL}\n\n{door.archive}/20140115120000/https://chairs.example/terms\n"
    (project / "list.txt").write_text(lines)
    if way == "stdin":
        monkeypatch.setattr("sys.stdin", (project / "list.txt").open())
    assert add(door, "--list", "list.txt" if way == "file" else "-") == 0
    assert len(texts(project)) == 5


def test_declarations_of_open_terms_archive(
    project: Path, door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project / "ota/declarations"
    folder.mkdir(parents=True)
    (folder / "Lamps.json").write_text(
        '{"name": "Lamps", "documents": {"Privacy Policy": {"fetch": "http://lamps.example/privacy"},'
        ' "Terms of Service": {"combine": [{"fetch": "https://lamps.example/a"}]}}}'
    )
    (folder / "Lamps.history.json").write_text('{"documents": {}}')
    (folder / "Chairs.json").write_text(
        '{"name": "Chairs", "terms": {"Terms of Service": {"fetch": "https://chairs.example/terms"}}}'
    )
    assert add(door, "ota", "--every", "year") == 1
    assert len(moments(project)) == 5
    assert len(moments(project, "chairs.example/terms-of-service")) == 10
    assert any("put together from several pages" in it for it in left_out(capsys.readouterr().out))


def test_patience_is_had_where_it_is_asked_for(
    project: Path, door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    door.faults += [(429, {"Retry-After": "1"}), (429, {"Retry-After": "1"})]
    started = time.monotonic()
    assert add(door, URL, "--to", "2014") == 0
    assert time.monotonic() - started >= 2
    assert moments(project) == ["20140521173313"]
    assert capsys.readouterr().err.count("asks to wait for 1 s (429)") == 2


def test_patience_ends(project: Path, door: Door, capsys: pytest.CaptureFixture[str]) -> None:
    door.faults += [(429, {"Retry-After": "1"})] * 6
    assert add(door, URL, "--to", "2014") == 1
    (line,) = left_out(capsys.readouterr().out)
    assert "keeps asking to wait (429)" in line
    assert line.count("lamps.example") == 1


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ((0, {}), "cannot be reached"),
        ((403, {}), "cannot answer (403"),
        ((200, {"Content-Type": "text/html"}), "is no list of captures"),
    ],
)
def test_every_fault_of_the_network_is_one_line(
    project: Path,
    door: Door,
    fault: tuple[int, dict[str, str]],
    why: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    door.faults.append(fault)
    assert add(door, URL) == 1
    found = capsys.readouterr()
    (line,) = left_out(found.out)
    assert why in line
    assert URL in line
    assert "Traceback" not in found.err


def test_a_service_that_is_not_there_is_one_line_at_once(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    started = time.monotonic()
    assert run("add", URL, "--archive", "http://127.0.0.1:9/web") == 1
    assert time.monotonic() - started < 5
    (line,) = left_out(capsys.readouterr().out)
    assert "http://127.0.0.1:9/web cannot be reached" in line


@pytest.mark.parametrize("url", ["http://loop.example/privacy", "http://far.example/privacy"])
def test_redirects_that_lead_nowhere_are_left_out(
    project: Path, door: Door, url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    add(door, url)
    assert texts(project) == []
    (line,) = left_out(capsys.readouterr().out)
    assert "cannot give it back, or what it leads on to" in line


def test_an_address_that_was_never_archived(
    project: Path, door: Door, capsys: pytest.CaptureFixture[str]
) -> None:
    assert add(door, "http://nobody.example/privacy") == 1
    assert "lists no capture of it" in capsys.readouterr().out


def test_without_the_extra_it_says_how_to_get_it(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    # In a process of its own, which has not loaded the client.
    program = (
        "import sys; sys.modules['wayback'] = None\n"
        "from policy_archive.cli.main import main\n"
        f"sys.exit(main(['add', '{URL}']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "pip install 'mkdocs-policy-archive[wayback]'" in done.stdout
    assert done.stderr == ""


def begun(door: Door, *arguments: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-m", "policy_archive", "add", "--archive", door.archive, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def wait_for(door: Door, number: int) -> None:
    for _ in range(600):
        if len([it for it in door.asked if "id_" in it]) >= number:
            return
        time.sleep(0.05)
    raise AssertionError("it asks for nothing")


def test_the_first_ctrl_c_finishes_the_capture_and_another_run_goes_on(
    project: Path, door: Door
) -> None:
    door.slow = 0.3
    process = begun(door, "https://chairs.example/terms", "--every", "year")
    wait_for(door, 2)
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=20)
    assert process.returncode == 130
    assert "finishing the capture under way" in error
    assert "the same command goes on where it stopped" in error
    folder = "chairs.example/terms-of-service"
    assert moments(project, folder) == ["20140115120000", "20150115120000"]
    assert f"{len(moments(project, folder))} captures added" in out
    door.slow = 0
    door.asked.clear()
    assert add(door, "https://chairs.example/terms", "--every", "year") == 0
    assert len(moments(project, folder)) == 10
    assert len([it for it in door.asked if "id_" in it]) == 8


def test_the_second_ctrl_c_stops_at_once(project: Path, door: Door) -> None:
    door.slow = 5
    process = begun(door, URL)
    for _ in range(600):
        if door.asked:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    time.sleep(0.5)
    started = time.monotonic()
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=20)
    assert time.monotonic() - started < 3
    assert process.returncode == 130
    assert "Traceback" not in error
    assert texts(project) == []


def test_a_wait_that_the_archive_asked_for_ends_with_ctrl_c(project: Path, door: Door) -> None:
    door.faults.append((429, {"Retry-After": "60"}))
    process = begun(door, URL)
    assert process.stderr
    assert "asks to wait for 60 s" in process.stderr.readline()
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=5)
    assert process.returncode == 130


@pytest.mark.parametrize(("every", "count"), [("change", 36), ("month", 108), ("year", 9)])
def test_what_is_new_since_the_newest_capture_is_added(
    project: Path, door: Door, every: str, count: int, capsys: pytest.CaptureFixture[str]
) -> None:
    url = "https://chairs.example/terms"
    add(door, url, "--every", "month", "--to", "2014")
    capsys.readouterr()
    before = captures(project)
    # The archive need not be named again: it is the one that the newest capture is from.
    assert run("update", "--every", every) == 0
    name = "chairs.example, terms-of-service"
    assert f"{name}: {count} captures added" in capsys.readouterr().out
    assert {name: captures(project)[name] for name in before} == before
    door.asked.clear()
    assert run("update", "--every", every) == 0
    assert capsys.readouterr().out == "1 policy asked for\n"
    assert [it for it in door.asked if "id_" in it] == []


def test_an_update_heeds_site_and_kind_and_other_forms_of_a_policy(
    project: Path, door: Door
) -> None:
    text = (
        f"---\nsite: Lamps Inc\ncaptured: 2014-05-21\noriginal_url: {URL}\n---\nWe use cookies.\n"
    )
    (project / "content/policies/lamps.md").write_text(text)
    (project / "content/policies/other.md").write_text("Nobody knows when.")
    assert run("update", "--archive", door.archive) == 0
    found = [it for it in texts(project) if "/" in it]
    assert {said(project, it)["site"] for it in found} == {"Lamps Inc"}
    assert [Path(it).stem for it in found] == [
        "20150521173313",
        "20160521173320",
        "20180101000000",
        "20190101000000",
    ]


SEEDS = Path(__file__).parents[2] / "content/policies"
NAMED = [
    (file, record.snapshot)
    for file in sorted(SEEDS.iterdir())
    if (
        record := read_bytes(file.read_bytes(), f"policies/{file.name}", Settings())
    ).snapshot.memento_url
]


def test_every_seed_that_names_a_capture_comes_back_the_same(project: Path, tmp_path: Path) -> None:
    """Served from a WARC made of its text, added anew: the same words, the same provenance."""
    assert len(NAMED) >= 3
    kinds = {".md": "text/markdown; charset=utf-8", ".txt": "text/plain; charset=utf-8"}
    answers = [
        Answer(it.original_url, it.captured, file.read_bytes(), content_type=kinds[file.suffix])
        for file, it in NAMED
    ]
    with opened([write(tmp_path / "seeds.warc.gz", answers)]) as door:
        for _, it in NAMED:
            # Whose text it is by its header alone, which anybody can write, has to be said.
            own = [] if it.site in it.original_url else ["--site", it.site]
            assert run("add", "--archive", door.archive, it.memento_url, *own) == 0
    added = {it.path.rpartition("/")[0]: it for it in find(project / "content/policies", project)}
    for file, snapshot in NAMED:
        before = read_bytes(file.read_bytes(), f"policies/{file.name}", Settings())
        (source,) = [it for it in added.values() if f"/{snapshot.site}/" in it.path]
        after = read_source(source, Settings())
        assert after.document == before.document
        assert replace(after.snapshot, path="") == replace(before.snapshot, path="")
        assert after.sha256 == before.sha256
        assert {it.code for it in after.notices} == {it.code for it in before.notices}
