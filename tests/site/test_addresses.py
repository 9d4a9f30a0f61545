"""Whose address is whose, on disk and from build to build."""

import json
import logging
import re
import shutil
from pathlib import Path

import pytest

from policy_archive.cli.main import main
from policy_archive.sources.provenance import sidecar

from .conftest import POLICY, archived, run, write_project

pytestmark = pytest.mark.build

ODD = [
    "Ы" * 200,
    "index.html",
    "index.md",
    "feed.xml",
    "Page",
    "rows",
    "data",
    "con",
    "AUX.html",
    "pa-rows",
]


def named(site: str, day: str = "2019-05-01", text: str = POLICY) -> str:
    return f"---\nsite: {json.dumps(site)}\ncaptured: {day}\n---\n{text}"


def problems(records: list[logging.LogRecord]) -> list[str]:
    return [r.getMessage() for r in records if r.levelno >= logging.WARNING]


def test_no_name_is_too_odd_to_be_published(tmp_path: Path) -> None:
    files = {f"{n}.md": named(site) for n, site in enumerate(ODD)}
    files["index.html"] = f"<h1>Privacy</h1><p>{POLICY}</p>"
    files["latest.md"] = "---\nsite: lamps.example\nkind: Compare\n---\n" + POLICY
    site = run(write_project(tmp_path, files))
    assert not problems(site.records)
    pages = site.files("policies/*/2*/index.html")
    shown = "".join(data.decode("utf-8") for data in pages.values())
    assert len(pages) == len(ODD)
    assert all(name in shown for name in ODD)
    assert all(len(part.encode()) <= 160 for name in pages for part in name.split("/"))
    assert "policies/s--page/20190501/index.html" in pages
    assert site["policies/index.html"].count("pa-") > 5
    assert "policies/lamps.example/s--compare/index.html" in site.files()
    assert not site.broken_links()


def test_what_is_added_moves_nothing(tmp_path: Path) -> None:
    """Sites of one slug, captures of one day; with what earlier builds kept and without."""
    first = {
        "one.md": named("A+B", text=POLICY.replace("{name}", "A plus B")),
        "z.md": named("lamps.example", text=POLICY.replace("{name}", "the first")),
    }
    later = {
        "two.md": named("A B", text=POLICY.replace("{name}", "A blank B")),
        "three.md": named("a-b", text=POLICY.replace("{name}", "a hyphen b")),
        **{f"{n}.md": named("lamps.example", text=f"{POLICY}\n{n}\n") for n in range(4)},
    }
    config_file = write_project(tmp_path, first)
    run(config_file)
    for name, text in later.items():
        (tmp_path / "content/policies" / name).write_text(text, "utf-8")
    for _ in range(2):
        site = run(config_file)
        assert not problems(site.records)
        assert "A plus B" in site["policies/a-b/20190501"]
        assert "the first" in site["policies/lamps.example/20190501"]
        texts = site.files("policies/*/*/source.txt")
        assert len(texts) == len(set(texts.values())) == 8
        shutil.rmtree(tmp_path / ".cache")
    lock = (tmp_path / "addresses.lock").read_text("utf-8")
    assert '["a-b","A+B"]\n' in lock
    assert lock.count('["lamps.example/20190501') == 5


def test_of_domains_and_timestamps_only_pages_are_listed(tmp_path: Path) -> None:
    files = {f"{s}.md": archived(s, "20190102030405", POLICY) for s in ("a.example", "b.example")}
    run(write_project(tmp_path, files))
    lines = (tmp_path / "addresses.lock").read_text("utf-8").splitlines()
    listed = [json.loads(line) for line in lines if not line.startswith("#")]
    assert [(kind, place, path) for kind, place, _, path in listed] == [
        ("page", "a.example/20190102030405", "policies/a.example"),
        ("page", "b.example/20190102030405", "policies/b.example"),
    ]


def test_a_damaged_list_is_a_problem_with_its_line(tmp_path: Path) -> None:
    config_file = write_project(tmp_path, {"one.md": named("A+B")})
    (tmp_path / "addresses.lock").write_text("<<<<<<< HEAD\n", "utf-8")
    (problem,) = problems(run(config_file, strict=False).records)
    assert problem.startswith("addresses.lock:1: ")
    assert (tmp_path / "addresses.lock").read_text("utf-8") == "<<<<<<< HEAD\n"


LAMPS = ("20140521173313", "20150521173313", "20160521173313")


def written(folder: Path, name: str, site: str, stamp: str, words: str) -> Path:
    """A capture whose provenance stands beside it, so that its bytes stay whatever is mended."""
    file = folder / "content/policies" / name
    file.write_text(f"# Privacy Policy\n\n{POLICY}\n\n{words}\n", "utf-8")
    said = {"site": site, "captured": stamp, "original_url": f"http://{site}/privacy"}
    beside = file.with_name(f"{name}.provenance.yml")
    beside.write_text(sidecar.written(name, said), "utf-8")
    return file


@pytest.fixture
def lamps(tmp_path: Path) -> Path:
    config_file = write_project(tmp_path, {}, site_url="https://archive.example/")
    for stamp in LAMPS:
        written(tmp_path, f"{stamp}.md", "lamps.example", stamp, f"As of {stamp}.")
    run(config_file)
    return config_file


def leads(page: str) -> str:
    """Where a page that has moved leads."""
    found = re.search(r'<meta http-equiv="refresh" content="0; url=([^"]+)">', page)
    assert found, page
    return found[1]


@pytest.mark.parametrize("clean", [True, False])
def test_a_mended_date_leads_on(lamps: Path, clean: bool) -> None:
    folder = lamps.parent
    written(folder, f"{LAMPS[1]}.md", "lamps.example", "20150601000000", f"As of {LAMPS[1]}.")
    if clean:
        shutil.rmtree(folder / ".cache")
    site = run(lamps)
    page = site[f"policies/lamps.example/{LAMPS[1]}"]
    assert leads(page) == "../20150601000000/"
    assert "https://archive.example/policies/lamps.example/20150601000000/" in page
    assert leads(site[f"policies/lamps.example/{LAMPS[0]}..{LAMPS[1]}"]) == "../20150601000000/"
    assert LAMPS[1] not in site["sitemap.xml"]
    assert site.broken_links() == []
    # Once more: the first address leads to where it stands now, not from door to door.
    written(folder, f"{LAMPS[1]}.md", "lamps.example", "20150701000000", f"As of {LAMPS[1]}.")
    site = run(lamps)
    assert leads(site[f"policies/lamps.example/{LAMPS[1]}"]) == "../20150701000000/"
    assert leads(site["policies/lamps.example/20150601000000"]) == "../20150701000000/"


def test_another_site_leads_on_with_all_captures(lamps: Path) -> None:
    for stamp in LAMPS:
        written(lamps.parent, f"{stamp}.md", "beds.example", stamp, f"As of {stamp}.")
    site = run(lamps)
    for stamp in LAMPS:
        assert leads(site[f"policies/lamps.example/{stamp}"]) == f"../../beds.example/{stamp}/"
    assert leads(site["policies/lamps.example"]) == "../beds.example/"
    assert leads(site["policies/lamps.example/latest"]) == "../../beds.example/latest/"


def test_a_text_that_is_mended_in_front_matter_is_known_by_its_file(tmp_path: Path) -> None:
    config_file = write_project(tmp_path, {"a.md": named("lamps.example", "2019-05-01T12:00:00Z")})
    run(config_file)
    (tmp_path / "content/policies/a.md").write_text(named("lamps.example", "2019-05-02T12:00:00Z"))
    site = run(config_file)
    assert leads(site["policies/lamps.example/20190501120000"]) == "../20190502120000/"


def test_a_file_that_is_moved_moves_no_address(lamps: Path) -> None:
    folder = lamps.parent / "content/policies"
    (folder / "old").mkdir()
    for file in folder.glob("2*"):
        file.rename(folder / "old" / file.name)
    site = run(lamps)
    assert all(LAMPS[0] in site[f"policies/lamps.example/{LAMPS[0]}"] for _ in LAMPS)
    assert 'http-equiv="refresh"' not in site[f"policies/lamps.example/{LAMPS[0]}"]


def test_what_is_gone_says_so_and_check_says_it_before(
    lamps: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file in (lamps.parent / "content/policies").glob(f"{LAMPS[1]}*"):
        file.unlink()
    assert main(["check", "-f", str(lamps)]) == 0
    place = f"policies/lamps.example/{LAMPS[1]}/"
    assert f"The capture at {place} is gone" in capsys.readouterr().out
    site = run(lamps)
    assert "no longer in this archive" in site[place]
    assert site.broken_links() == []
    capsys.readouterr()
    assert main(["withdraw", "lamps.example", "--reason", "x", "-f", str(lamps)]) == 0
    assert "Withdrawn" in run(lamps)[f"policies/lamps.example/{LAMPS[0]}"]
