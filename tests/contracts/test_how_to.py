"""What the documents show as code works: commands run, and configuration is taken as it stands.

The commands of the tutorial are run in `test_tutorial.py`, those that ask web archives in
`tests/intake/`.
"""

import re
import shlex
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from mkdocs.config.defaults import MkDocsConfig

from policy_archive.build.cache import cache_folder
from policy_archive.cli.commands import parser
from policy_archive.cli.main import main
from policy_archive.intake import clones, new_project
from policy_archive.pages.plan import titles
from policy_archive.site.project.config import PolicyArchiveConfig
from policy_archive.site.project.sources import configured
from policy_archive.sources.provenance.front_block import KEYS
from policy_archive.topics import corrections, taxonomy

from ..intake.documents import pdf
from ..repositories import repository, text
from ..site.conftest import archived, run
from .reading_code import ROOT

DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)

Block = tuple[str, str]
"""Where a block of code stands (document and line), and its text."""


def blocks(language: str) -> Iterator[Block]:
    for document in DOCUMENTS:
        written = document.read_text("utf-8")
        for found in FENCE.finditer(written):
            if found[2] == language:
                line = written.count("\n", 0, found.start()) + 1
                yield f"{document.name}:{line}", re.sub(rf"^{found[1]}", "", found[3], flags=re.M)


ELSEWHERE = {
    "pip install": "asks a package index",
    "make ": "test_readme.py",
    "mkdocs serve": "tests/site/test_serve.py",
    "python -m http.server": "tests/browser/test_standalone.py",
    "zensical build": "tests/neighbours",
    "python timegate.py": "tests/site/test_timegate.py",
    "CHROMIUM=": "tests/browser itself",
    "policy-archive add https://": "tests/intake/test_first_hour.py, tests/intake/test_wayback.py",
    "policy-archive update": "tests/intake/test_wayback.py",
    "policy-archive mcp": "tests/assistant/test_assistant.py",
}
"""Beginnings of commands that are not run here, and where they are, or why nowhere."""

SAID = (
    "We use cookies to remember your basket, and share your name with the carrier who delivers.\n"
)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new project with the files that commands of the documents name."""
    new_project.create(tmp_path)
    for stamp in ("20140521173313", "20190501120000"):
        policy = archived("example.com", stamp, f"# Privacy Policy of {stamp}\n\n{SAID}")
        for folder in ("content/policies", "docs/policies"):
            place = tmp_path / folder / "example.com" / f"{stamp}.md"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(policy, "utf-8")
    for folder in ("content/policies", "docs/policies"):
        (tmp_path / folder / "example.com.md").write_text(f"# Privacy Policy\n\n{SAID}", "utf-8")
    (tmp_path / "saved").mkdir()
    (tmp_path / "saved/privacy.html").write_text(
        f"<!-- saved from url=(0026)https://example.org/privacy -->\n<h1>Privacy</h1><p>{SAID}",
        "utf-8",
    )
    (tmp_path / "letter.pdf").write_bytes(pdf("Privacy Policy", SAID.strip()))
    (tmp_path / "texts.jsonl").write_text('{"text": "We use cookies.", "heading": null}\n', "utf-8")
    new_project.create(tmp_path / "archive")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def commands() -> list[tuple[str, str]]:
    lines = [(where, line) for where, block in blocks("sh") for line in block.splitlines()]
    return [(where, line) for where, line in lines if not where.startswith("tutorial.md")]


@pytest.mark.build
def test_commands_work(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    done: set[str] = set()
    for where, line in commands():
        if line in done or line.startswith(tuple(ELSEWHERE)):
            continue
        program, *words = shlex.split(re.sub(r" +[>#] .*", "", line))
        if program == "mkdocs":
            assert words[0] == "build", where
            assert (run(project / "mkdocs.yml", strict=False).folder / "index.html").is_file()
        else:
            assert program == "policy-archive", f"{where}: {line}"
            there = words == ["init"]  # a project, which the documents begin with
            assert main(words) == (2 if there else 0), (where, line, capsys.readouterr().err)
        done.add(line)
    assert len(done) > 12


def test_whatever_is_not_run_is_shown_somewhere() -> None:
    lines = [line for _, line in commands()]
    assert [it for it in ELSEWHERE if not any(line.startswith(it) for line in lines)] == []


def test_options_of_commands_in_running_text_exist() -> None:
    """`policy-archive …` between back quotes, complete enough to be typed."""
    for document in DOCUMENTS:
        words = re.sub(r"\s+", " ", FENCE.sub("", document.read_text("utf-8")))
        for command in re.findall(r"`policy-archive ([^`]+)`", words):
            flags = re.findall(r"(?<=\s)--?[a-z][\w-]*", command)
            (choices,) = (a.choices for a in parser()._actions if isinstance(a.choices, dict))
            name = command.split()[0]
            known = {
                flag
                for action in (choices[name] if name in choices else parser())._actions
                for flag in action.option_strings
            }
            assert set(flags) <= known, (document.name, command)


def place_source(entry: Any, folder: Path) -> None:
    """Have what an entry of `sources` names be there, if only just."""
    match entry:
        case {"repository": str(name), "clone": True} if name.startswith("https:"):
            clones.place(cache_folder(folder), name).mkdir(parents=True)
        case {"repository": str(name), "clone": True}:
            made = repository(folder / "recorded")
            made.commit("2020-01-01T00:00:00Z", "Update", **{"Lamps/Privacy Policy.md": text()})
            made.git("bundle", "create", "-q", str(folder / name), "HEAD")
        case {"repository": str(name)}:
            subprocess.run(["git", "init", "-q", "--bare", str(folder / name)], check=True)
        case str(name) | {"crawl": str(name)}:
            (folder / name).mkdir(parents=True)


def check_plugin(options: Any, folder: Path) -> None:
    config = PolicyArchiveConfig()
    config.load_dict(options or {})
    assert config.validate() == ([], [])
    site = MkDocsConfig(str(folder / "mkdocs.yml"))
    site.load_dict({"site_name": "Any", "docs_dir": "."})
    for entry in config.sources:
        place_source(entry, folder)
    taxonomy.load(config.topics)
    assert len([*configured(config, site)]) == len(config.sources)


def check(found: Any, folder: Path) -> None:
    match found:
        case {"distributed": settings}:
            dask = pytest.importorskip("dask.config")
            pytest.importorskip("distributed")
            comm = settings["comm"]
            assert set(comm["tls"]) <= set(dask.get("distributed.comm.tls"))
            assert set(comm) - {"tls"} <= set(dask.get("distributed.comm"))
        case [{"run": command}]:
            parser().parse_args(shlex.split(command)[1:])
        case [{"site": _, "topics": _, **_rest}]:
            (folder / "labels.yml").write_text(yaml.safe_dump(found), "utf-8")
            _, problems = corrections.load(folder / "labels.yml", taxonomy.load())
            assert problems == ()
        case {"site": _, **_rest}:
            assert set(found) <= set(KEYS)
        case dict():
            known = {name for name, _ in MkDocsConfig._schema}
            assert set(found) <= known
            for entry in found.get("nav", ()):
                (page,) = entry.values()
                assert page.removesuffix("index.md") in {"", *titles()}, page
            for plugin in found.get("plugins", ()):
                if isinstance(plugin, dict):
                    check_plugin(plugin["policy-archive"], folder)
        case _:
            pytest.fail(f"nobody knows what this is: {found}")


@pytest.mark.parametrize("block", [*blocks("yaml")], ids=lambda it: it[0])
def test_configuration_is_taken(block: Block, tmp_path: Path) -> None:
    (tmp_path / "project").mkdir()
    check(yaml.safe_load(block[1].replace("---\n", "")), tmp_path / "project")
