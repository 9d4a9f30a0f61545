"""A new project builds at once, and nothing that is there is touched."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from policy_archive.cli.main import main
from policy_archive.intake import new_project


def mkdocs(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
    )
    assert done.returncode == 0, done.stderr
    return done.stderr


@pytest.mark.build
def test_a_new_project_builds_at_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "my archive"
    assert main(["init", str(folder)]) == 0
    commands = [line for line in capsys.readouterr().out.splitlines() if line.startswith("  ")]
    assert commands == [
        f"  cd '{folder}'",
        "  policy-archive add https://example.com/privacy --from 2015 --every year",
        "  mkdocs serve",
    ]
    mkdocs(folder, "build", "--strict")
    assert (folder / "site/policies/index.html").is_file()
    assert "What did they promise?" in (folder / "site/index.html").read_text("utf-8")
    assert main(["check", "-f", str(folder / "mkdocs.yml")]) == 0


def test_in_the_current_folder_three_commands_come_next(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["init"]) == 0
    out = capsys.readouterr().out
    assert sum(line.startswith("  ") for line in out.splitlines()) == 3
    assert "cd " not in out
    assert (tmp_path / "mkdocs.yml").is_file()


def test_the_workflow_clones_the_whole_history(tmp_path: Path) -> None:
    new_project.create(tmp_path)
    workflow = yaml.safe_load((tmp_path / ".github/workflows/pages.yml").read_text("utf-8"))
    steps = workflow["jobs"]["publish"]["steps"]
    checkout = next(step for step in steps if step.get("uses", "").startswith("actions/checkout@"))
    assert checkout["with"]["fetch-depth"] == 0
    assert any(step.get("run", "").startswith("mkdocs build") for step in steps)


def test_what_is_kept_between_builds_is_ignored_by_git(tmp_path: Path) -> None:
    new_project.create(tmp_path)
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    ignored = (".cache/policy-archive/x", "site/index.html")
    asked = ["git", "check-ignore", *ignored, "content/policies/a.html", "addresses.lock"]
    found = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert found.stdout.split() == list(ignored)


@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.yaml", "properdocs.yml"])
def test_a_folder_with_a_project_is_left_as_it_is(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text("mine")
    assert main(["init", str(tmp_path)]) == 2
    error = capsys.readouterr().err
    assert error.count("\n") == 1
    assert name in error
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert (tmp_path / name).read_text() == "mine"


def test_a_fresh_repository_keeps_what_it_ignores(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.log")
    assert main(["init", str(tmp_path)]) == 0
    lines = (tmp_path / ".gitignore").read_text("utf-8").splitlines()
    assert {"*.log", "/.cache/", "/site/"} <= set(lines)


def test_a_file_in_the_way_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["init", str(tmp_path / "file")]) == 2
    assert capsys.readouterr().err.count("\n") == 1
