"""Whose address is whose, on disk and from build to build."""

import json
import logging
import shutil
from pathlib import Path

import pytest

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
    assert lock.count("lamps.example/20190501") == 5


def test_an_archive_of_domains_and_timestamps_needs_no_list(tmp_path: Path) -> None:
    files = {f"{s}.md": archived(s, "20190102030405", POLICY) for s in ("a.example", "b.example")}
    run(write_project(tmp_path, files))
    assert not (tmp_path / "addresses.lock").exists()


def test_a_damaged_list_is_a_problem_with_its_line(tmp_path: Path) -> None:
    config_file = write_project(tmp_path, {"one.md": named("A+B")})
    (tmp_path / "addresses.lock").write_text("<<<<<<< HEAD\n", "utf-8")
    (problem,) = problems(run(config_file, strict=False).records)
    assert problem.startswith("addresses.lock:1: ")
    assert (tmp_path / "addresses.lock").read_text("utf-8") == "<<<<<<< HEAD\n"
