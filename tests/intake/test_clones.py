"""Repositories that are named by address, or as a bundle: a sentence, or a clone in the cache."""

import json
import subprocess
from pathlib import Path

import pytest
import yaml

from .projects import begin, run


def git(folder: Path, *arguments: str) -> None:
    who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def commit(folder: Path, words: str) -> None:
    file = folder / "Lamps/Privacy Policy.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"# Privacy Policy\n\nWe use {words} cookies to remember your basket.\n")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", words)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return begin(tmp_path / "project", monkeypatch)


@pytest.fixture
def versions(project: Path) -> Path:
    folder = project.parent / "versions"
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    commit(folder, "few")
    commit(folder, "many")
    git(folder, "bundle", "create", "-q", "../project/v.bundle", "--all")
    return folder


def configure(project: Path, *sources: object) -> None:
    settings = yaml.safe_load((project / "mkdocs.yml").read_text("utf-8"))
    settings["plugins"] = [{"policy-archive": {"sources": list(sources)}}]
    (project / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")


def texts(capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert run("inspect", "--format", "jsonl") == 0
    rows = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    return [it["sections"][0]["blocks"][0]["text"].split()[2] for it in rows]


def test_a_bundle_is_cloned_into_the_cache(
    project: Path, versions: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(project, {"repository": "v.bundle", "clone": True})
    assert texts(capsys) == ["few", "many"]
    (clone,) = (project / ".cache/policy-archive/clones").iterdir()
    before = clone.stat().st_mtime_ns
    assert texts(capsys) == ["few", "many"]
    assert clone.stat().st_mtime_ns == before
    commit(versions, "no")
    git(versions, "bundle", "create", "-q", "../project/v.bundle", "--all")
    assert texts(capsys) == ["few", "many", "no"]


@pytest.mark.usefixtures("versions")
@pytest.mark.parametrize("form", ["bare", "with repository"])
@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("v.bundle", "is a git bundle"),
        ("https://127.0.0.1:9/v.git", "is the address of a git repository"),
    ],
)
def test_without_leave_it_says_how_to_clone(
    project: Path, form: str, name: str, what: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(project, name if form == "bare" else {"repository": name})
    assert run("check") == 2
    error = capsys.readouterr().err
    assert what in error
    assert f"git clone --mirror {name} FOLDER" in error
    assert "clone: true" in error
    assert error.count("\n") == 1


def test_an_address_is_cloned_by_update_and_never_by_a_build(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(project, {"repository": "https://127.0.0.1:9/v.git", "clone": True})
    assert run("check") == 2
    error = capsys.readouterr().err
    assert "is not cloned yet: run `policy-archive update`" in error
    assert run("update") in (1, 2)
    assert "git cannot clone it" in capsys.readouterr().out


@pytest.mark.parametrize(
    "name", ["http://127.0.0.1:9/v.git", "https://127.0.0.1:9/--upload-pack=x"]
)
def test_other_protocols_and_options_are_not_used(
    project: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(project, {"repository": name, "clone": True})
    assert run("update") in (1, 2)
    assert "git cannot clone it" in capsys.readouterr().out


def test_a_damaged_bundle_is_a_sentence(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (project / "v.bundle").write_bytes(b"# v2 git bundle\nnothing")
    configure(project, {"repository": "v.bundle", "clone": True})
    assert run("check") in (1, 2)
    found = capsys.readouterr()
    assert found.err.count("\n") <= 1
    assert "v.bundle" in found.err or "problem" in found.out
