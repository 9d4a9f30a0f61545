import json
import logging
import os
import subprocess
from pathlib import Path

import pytest

from policy_archive.build import visit
from policy_archive.build.tasks import read_source
from policy_archive.build.update import update
from policy_archive.cli.main import main
from policy_archive.model import Record
from policy_archive.settings import Settings
from policy_archive.site.project.cache import open_catalogue
from policy_archive.sources.files import Source, find

from ..repositories import open_terms, text

ROOT = Path(__file__).parents[2]
POLICIES = ROOT / "content" / "policies"
KNOWN = "original_url: http://lamps.example/p\n---\n"
GOOD = f"---\nsite: lamps.example\ncaptured: 2019-01-02T03:04:05Z\n{KNOWN}{text()}"
BAD = f"---\nsite: lamps.example\ncaptured: 2019-13-77\n{KNOWN}{text('nine')}"
"""One problem, `invalid-front-matter` in line 3, and one doubt, `no-date`."""

Capture = pytest.CaptureFixture[str]


def write(folder: Path, **files: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / f"{name}.md").write_text(content)
    return folder


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project as `mkdocs new` makes it, with the plugin, and the current folder in it."""
    folder = tmp_path / "project"
    write(folder / "docs" / "policies", bad=BAD, good=GOOD)
    (folder / "mkdocs.yml").write_text("site_name: My Docs\nplugins: [policy-archive]\n")
    monkeypatch.chdir(folder)
    return folder


def test_doubts_are_listed_and_pass(capsys: Capture) -> None:
    assert main(["check", str(POLICIES)]) == 0
    out = capsys.readouterr().out
    assert "policies/copperhub.com.md:1: doubt:" in out
    assert "[no-provenance]" in out
    assert "5 policies, 5 snapshots: 0 problems, 2 doubts" in out


def test_problems_fail(tmp_path: Path, capsys: Capture) -> None:
    write(tmp_path / "policies", a=BAD)
    assert main(["check", str(tmp_path)]) == 1
    assert "policies/a.md:3: problem:" in capsys.readouterr().out


@pytest.mark.parametrize("bad", ["A", "B"])
def test_files_of_one_name_are_all_read(
    tmp_path: Path, bad: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("A", "B"):
        write(tmp_path / name / "policies", a=BAD if name == bad else GOOD)
    assert main(["check", "A", "B"]) == 1
    out = capsys.readouterr().out
    assert f"{bad}/policies/a.md:3: problem:" in out
    assert "1 policy, 2 snapshots: 1 problem, 1 doubt\n" in out


def test_files_of_one_name_and_content_are_two(tmp_path: Path, capsys: Capture) -> None:
    for name in ("A", "B"):
        write(tmp_path / name, a=GOOD)
    assert main(["check", str(tmp_path / "A"), str(tmp_path / "B")]) == 1
    out = capsys.readouterr().out
    assert out.count("[duplicate-identity]") == 2
    assert "1 policy, 2 snapshots: 2 problems, 0 doubts" in out


def test_a_file_named_twice_is_one(tmp_path: Path, capsys: Capture) -> None:
    folder = write(tmp_path / "A", a=GOOD)
    assert main(["check", str(folder), str(folder / "a.md"), str(folder / ".." / "A")]) == 0
    assert "1 policy, 1 snapshot: 0 problems, 0 doubts\n" in capsys.readouterr().out


def test_names_that_look_alike_are_two(tmp_path: Path, capsys: Capture) -> None:
    try:
        for name, content in ((b"\xfe.md", BAD), (b"\xff.md", GOOD)):
            (tmp_path / os.fsdecode(name)).write_text(content)
    except OSError:
        pytest.skip("this disk takes no such names")
    assert main(["check", str(tmp_path)]) == 1
    assert "1 policy, 2 snapshots: 1 problem, 1 doubt\n" in capsys.readouterr().out


@pytest.mark.parametrize("folder", [".", "docs", "docs/policies"])
def test_without_a_path_the_project_is_checked(
    project: Path, folder: str, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project / folder)
    assert main(["check"]) == 1
    out = capsys.readouterr().out
    file = Path("docs/policies/bad.md").relative_to(folder)
    assert out.splitlines()[1].startswith(f"{file}:3: problem: ")
    assert out.splitlines()[2:] == ["1 policy, 2 snapshots: 1 problem, 1 doubt"]


def test_another_configuration_can_be_named(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(project / "docs" / "others", good=GOOD)
    other = project / "other.yml"
    other.write_text("plugins: [policy-archive: {policies: others}]")
    monkeypatch.chdir(project.parent)
    assert main(["check", "-f", str(other)]) == 0
    assert "1 policy, 1 snapshot: 0 problems, 0 doubts\n" in capsys.readouterr().out


def test_repositories_of_the_project_are_checked(
    project: Path, tmp_path: Path, capsys: Capture
) -> None:
    open_terms(tmp_path / "versions")
    (project / "mkdocs.yml").write_text(
        "plugins: [policy-archive: {sources: [{repository: ../versions, kinds: [privacy-policy]}]}]"
    )
    assert main(["check"]) == 1
    assert "2 policies, 7 snapshots: 1 problem, 1 doubt\n" in capsys.readouterr().out


def test_corrected_labels_are_checked_too(project: Path, capsys: Capture) -> None:
    (project / "docs" / "labels.yml").write_text("- site: lamps.example\n  topics: [nothing]\n")
    assert main(["check", "-q"]) == 1
    assert "docs/labels.yml:1: problem:" in capsys.readouterr().out


def test_codes_are_left_out(project: Path, capsys: Capture) -> None:
    assert main(["check", "--ignore", "invalid-front-matter"]) == 0
    out = capsys.readouterr().out
    assert "[invalid-front-matter]" not in out
    assert "0 problems, 1 doubt (1 ignored)\n" in out
    assert main(["check", "--ignore", "invalid-front-matter", "--ignore", "no-date"]) == 0
    assert capsys.readouterr().out.endswith("0 problems, 0 doubts (2 ignored)\n")


def test_a_wrong_code_is_set_right(capsys: Capture) -> None:
    with pytest.raises(SystemExit) as error:
        main(["check", "--ignore", "No-dates"])
    assert error.value.code == 2
    assert "there is no code 'No-dates'; did you mean 'no-date'?" in capsys.readouterr().err


def test_quiet_lists_problems_alone(project: Path, capsys: Capture) -> None:
    assert main(["check", "-q"]) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("docs/policies/bad.md:3: problem:")
    (project / "docs/policies/bad.md").unlink()
    assert main(["check", "-q"]) == 0
    assert capsys.readouterr() == ("", "")


def test_verbose_says_what_is_read(project: Path, capsys: Capture) -> None:
    main(["check", "-v"])
    assert "policy-archive: read as mkdocs.yml has it" in capsys.readouterr().err
    assert logging.getLogger("policy_archive").handlers == []


def test_as_json(project: Path, capsys: Capture) -> None:
    assert main(["check", "--format", "json"]) == 1
    found = json.loads(capsys.readouterr().out)
    findings = found.pop("findings")
    counts = {"policies": 1, "snapshots": 2, "problems": 1, "doubts": 1, "ignored": 0}
    assert found == {"schema": 1, **counts}
    assert [(it["path"], it["line"], it["severity"], it["code"]) for it in findings] == [
        ("docs/policies/bad.md", 1, "doubt", "no-date"),
        ("docs/policies/bad.md", 3, "problem", "invalid-front-matter"),
    ]
    assert "2019-13-77" in findings[1]["message"]


def test_as_annotations(project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    assert main(["check", "--format", "github"]) == 1
    out = capsys.readouterr().out
    assert "::error file=docs/policies/bad.md,line=3,title=invalid-front-matter::`captured`" in out
    assert "::notice file=docs/policies/bad.md,line=1,title=no-date::" in out
    # GitHub takes paths to be relative to the checkout, wherever the step runs.
    monkeypatch.setenv("GITHUB_WORKSPACE", str(project))
    monkeypatch.chdir(project / "docs")
    main(["check", "--format", "github"])
    assert "::error file=docs/policies/bad.md,line=3," in capsys.readouterr().out


def test_no_file_gives_commands_to_terminal_or_workflow(tmp_path: Path, capsys: Capture) -> None:
    name = "a\n::error file=x::100%25\x1b[2J,\r.md"
    try:
        (tmp_path / name).write_text("---\nkind: a\x1b[2J\ncaptured: x\n---\n" + text())
    except OSError:
        pytest.skip("this disk takes no such names")
    for form in ("text", "github"):
        assert main(["check", "--format", form, str(tmp_path)]) == 1
        out = capsys.readouterr().out
        assert "problem" in out
        assert "\x1b" not in out
        assert "\r" not in out
        assert not [line for line in out.splitlines() if line.startswith("::error file=x")]
    assert "%0A::error file=x%3A%3A100%2525" not in out  # the property's colons are escaped
    assert "a%0A%3A%3Aerror file=x%3A%3A100%2525" in out


def test_results_are_kept_and_used(
    project: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def counting(source: Source, settings: Settings) -> Record:
        read.append(source.path)
        return read_source(source, settings)

    monkeypatch.setattr(visit, "read_source", counting)
    main(["check"])
    assert read == ["policies/bad.md", "policies/good.md"]
    main(["inspect"])
    main(["check"])
    assert read == ["policies/bad.md", "policies/good.md"]
    # A part of the archive is read by itself, and what is kept of the whole stays.
    main(["check", "docs/policies/good.md"])
    main(["inspect", "docs/policies/good.md"])
    assert read[2:] == ["policies/good.md"] * 2
    main(["inspect"])
    main(["check"])
    assert len(read) == 4
    assert (project / ".cache/policy-archive/.gitignore").read_text() == "*\n"


def test_what_a_build_has_made_of_texts_stays(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalogue, texts = open_catalogue(project / ".cache/policy-archive")
    order = visit.Order(
        Settings(), extras=(visit.Extra("body", "1", lambda record, said: b"a body"),)
    )
    sources = find(project / "docs" / "policies", project / "docs")
    update(catalogue, texts, sources, order)
    keys = sorted(catalogue.keys())
    catalogue.close()
    monkeypatch.setattr(visit, "read_source", lambda *_: pytest.fail("read again"))
    main(["check"])
    catalogue, _ = open_catalogue(project / ".cache/policy-archive")
    monkeypatch.setattr("policy_archive.build.update.visit", lambda *_: pytest.fail("visited"))
    update(catalogue, texts, sources, order)
    assert [texts.get(key, "body") is not None for key in keys] == [True, True]


def test_texts_from_elsewhere_are_not_kept_in_the_project(
    project: Path, tmp_path: Path, capsys: Capture
) -> None:
    (project / "mkdocs.yml").write_text("plugins: [policy-archive: {disabled_rules: [mojibake]}]")
    file = write(tmp_path / "elsewhere", a="We are the industryâ€™s best.\n") / "a.md"
    main(["check", str(file)])
    assert main(["inspect", str(file)]) == 0
    assert "industryâ€™s" in capsys.readouterr().out  # but read as the project has it
    assert not (project / ".cache").exists()


def test_outside_of_projects_nothing_is_left_behind(
    tmp_path: Path, capsys: Capture, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write(tmp_path / "policies", good=GOOD)
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    monkeypatch.chdir(folder)
    assert main(["check", "."]) == 0
    assert [path.name for path in folder.iterdir()] == ["good.md"]
    assert not list((tmp_path / "temporary").iterdir())


def test_git_takes_no_notice_of_the_cache(project: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], check=True)
    main(["check"])
    shown = subprocess.run(["git", "status", "--short"], check=True, capture_output=True, text=True)
    assert (project / ".cache").is_dir()
    assert ".cache" not in shown.stdout


def test_an_option_that_is_none_is_told(project: Path, capsys: Capture) -> None:
    (project / "mkdocs.yml").write_text("plugins: [policy-archive: {polices: x}]")
    main(["check"])
    assert "polices" in capsys.readouterr().err


def test_a_folder_without_texts_is_told(tmp_path: Path, capsys: Capture) -> None:
    assert main(["check", str(tmp_path)]) == 0
    captured = capsys.readouterr()
    assert "0 policies, 0 snapshots: 0 problems, 0 doubts" in captured.out
    assert "holds no archived text" in captured.err
