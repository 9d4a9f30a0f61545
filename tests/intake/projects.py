"""An archive as `policy-archive init` begins it, and what stands in it."""

from pathlib import Path

import pytest
import yaml

from policy_archive.cli.main import main
from policy_archive.intake import new_project


def begin(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new project, which is the current folder."""
    new_project.create(folder)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    return folder


def captures(project: Path) -> dict[str, bytes]:
    """Every file below the archive's folder, provenance files included."""
    root = project / "content/policies"
    found = (it for it in root.rglob("*") if it.is_file() and it.name != ".gitkeep")
    return {it.relative_to(root).as_posix(): it.read_bytes() for it in found}


def texts(project: Path) -> list[str]:
    """The names of captures without the files beside them."""
    return sorted(it for it in captures(project) if not it.endswith(".provenance.yml"))


def said(project: Path, name: str) -> dict[str, object]:
    """What the provenance file of a capture says."""
    text = (project / "content/policies" / f"{name}.provenance.yml").read_text("utf-8")
    return dict(yaml.safe_load(text))


def left_out(printed: str) -> list[str]:
    """The lines about captures that were not added."""
    return [it.strip() for it in printed.splitlines() if it.startswith("  left out ")]


def run(*arguments: str | Path) -> int:
    """A command of ours."""
    return main([str(it) for it in arguments])
