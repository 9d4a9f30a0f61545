import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from policy_archive.build import progress
from policy_archive.build.texts import Texts
from policy_archive.build.visit import known_record
from policy_archive.cli import inspect
from policy_archive.cli.main import main
from policy_archive.model import Record
from policy_archive.settings import Settings
from policy_archive.sources.files import Source

from ..repositories import open_terms, text

Capture = pytest.CaptureFixture[str]

CONFIGURATION = """
site_name: !ENV [NAME, Archive]
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
plugins:
  - search
  - policy-archive:
      disabled_rules: [mojibake]
      topics:
        sale: false
"""


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.md").write_text(content)
    return folder


@pytest.mark.parametrize("inherited", [False, True])
def test_it_says_what_the_site_says(tmp_path: Path, inherited: bool, capsys: Capture) -> None:
    (tmp_path / ("base.yml" if inherited else "mkdocs.yml")).write_text(CONFIGURATION)
    if inherited:
        (tmp_path / "mkdocs.yml").write_text("INHERIT: base.yml\nsite_name: Child\n")
    file = tmp_path / "a.md"
    file.write_text("# Privacy\n\nWe are the industryâ€™s best and never sell your data.\n")
    assert main(["inspect", str(file)]) == 0
    found = json.loads(capsys.readouterr().out)
    (block,) = found["sections"][0]["blocks"]
    assert "industryâ€™s" in block["text"]
    assert "sale" not in {topic["topic"] for topic in block["topics"]}


def test_a_file_bears_the_path_that_it_has_on_the_site(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "mkdocs.yml").write_text("docs_dir: texts\nplugins: [policy-archive]")
    folder = write(tmp_path / "texts" / "some" / "folder", lamps=text())
    for path in (folder, folder / "lamps.md", tmp_path / "texts"):
        assert main(["inspect", "--format", "jsonl", str(path)]) == 0
        assert json.loads(capsys.readouterr().out)["path"] == "some/folder/lamps.md"


def test_without_a_path_all_of_the_project_is_shown(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_terms(tmp_path / "versions")
    write(tmp_path / "project/docs/policies", a=text(), b=text("nine"))
    (tmp_path / "project/mkdocs.yml").write_text(
        "plugins: [policy-archive: {sources: [{repository: ../versions, languages: [de]}, more]}]"
    )
    write(tmp_path / "project/docs/more", c=text())
    monkeypatch.chdir(tmp_path / "project/docs/policies")
    assert main(["inspect"]) == 0
    found = json.loads(capsys.readouterr().out)
    # The repository has English texts alone, and those whose language cannot be told.
    paths = [it["path"] for it in found if "revision" not in it]
    assert paths == ["policies/a.md", "policies/b.md", "more/c.md"]
    assert {it["language"] for it in found if "revision" in it} <= {"und", "de"}


@pytest.mark.parametrize("number", [0, 1, 3])
def test_a_list_is_json_as_it_comes(tmp_path: Path, number: int, capsys: Capture) -> None:
    write(tmp_path, **{f"f{n}": text(str(n)) for n in range(number)})
    assert main(["inspect", str(tmp_path)]) == 0
    out = capsys.readouterr().out
    found = json.loads(out)
    assert [it["path"] for it in found] == [f"f{n}.md" for n in range(number)]
    assert out == json.dumps(found, ensure_ascii=False, indent=2) + "\n"


@pytest.mark.parametrize("form", ["json", "jsonl", "text"])
def test_one_text_is_held_at_a_time(
    tmp_path: Path, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, a=text("two"), b=text("three"), c=text("four"))
    out = io.StringIO()
    monkeypatch.setattr("sys.stdout", out)
    before: list[str] = []

    def watched(source: Source, settings: Settings, texts: Texts) -> Record:
        before.append(out.getvalue())
        return known_record(source, settings, texts)

    monkeypatch.setattr(inspect, "known_record", watched)
    assert main(["inspect", "--format", form, str(tmp_path)]) == 0
    assert ["for two years" in shown for shown in before] == [False, True, True]
    assert ["for three years" in shown for shown in before] == [False, False, True]


def failing(error: Exception) -> Callable[..., Record]:
    def record(source: Source, settings: Settings, texts: Texts) -> Record:
        if source.path == "b.md":
            raise error
        return known_record(source, settings, texts)

    return record


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (PermissionError(13, "Permission denied"), "could not be read (Permission denied)"),
        (RecursionError("too deep"), "could not be read (RecursionError: too deep)"),
    ],
)
def test_a_text_that_cannot_be_read_stops_no_other(
    tmp_path: Path,
    error: Exception,
    says: str,
    capsys: Capture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    write(tmp_path, a=text(), b=text(), c=text())
    monkeypatch.setattr(inspect, "known_record", failing(error))
    monkeypatch.chdir(tmp_path)
    assert main(["inspect", "--format", "jsonl", "."]) == 1
    captured = capsys.readouterr()
    assert [json.loads(line)["path"] for line in captured.out.splitlines()] == ["a.md", "c.md"]
    assert captured.err == f"policy-archive: b.md: {says}\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("command", ["check", "inspect"])
def test_progress_is_for_who_watches(
    tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, **{f"f{n}": text(str(n)) for n in range(20)})
    monkeypatch.setattr(progress, "_MOMENT", 0)
    monkeypatch.delenv("CI", raising=False)

    def shown(stderr: io.StringIO, *options: str) -> str:
        monkeypatch.setattr("sys.stderr", stderr)
        assert main([command, *options, str(tmp_path)]) == 0
        return stderr.getvalue()

    assert "Reading policies" in shown(Terminal())
    assert "20/20" in shown(Terminal())
    assert shown(Terminal(), "-q") == ""
    assert shown(io.StringIO()) == ""
    if command == "inspect":  # results that scroll by are the progress
        monkeypatch.setattr("sys.stdout", Terminal())
        assert shown(Terminal()) == ""
    assert "Reading" not in getattr(sys.stdout, "getvalue", str)()


def test_a_doubt_about_a_repository_is_no_failure(tmp_path: Path, capsys: Capture) -> None:
    made, _ = open_terms(tmp_path / "repo")
    made.git("clone", "--quiet", "--depth", "1", f"file://{made.folder}", str(tmp_path / "clone"))
    assert main(["inspect", "--format", "jsonl", str(tmp_path / "clone")]) == 0
    said = capsys.readouterr()
    assert said.err.count("git fetch --unshallow") == 1
    assert {json.loads(line)["captured"] for line in said.out.splitlines()} == {None}
