"""Every command of the tutorial works, one after the other, and leads where the tutorial says."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .reading_code import ROOT

pytestmark = pytest.mark.build

TUTORIAL = (ROOT / "docs/tutorial.md").read_text("utf-8")


def commands() -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", TUTORIAL, re.DOTALL | re.MULTILINE)


def test_every_command_works(tmp_path: Path) -> None:
    programs = tmp_path / "bin"
    programs.mkdir()
    for name, module in {"policy-archive": "policy_archive", "mkdocs": "mkdocs"}.items():
        program = programs / name
        program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m {module} "$@"\n', "utf-8")
        program.chmod(0o755)
    script = "\n".join(["set -e", *commands()])
    assert script.count("policy-archive") >= 5
    done = subprocess.run(
        ["sh", "-c", script],
        cwd=tmp_path,
        env=os.environ
        | {
            "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
            "NO_MKDOCS_2_WARNING": "1",
            "DISABLE_MKDOCS_2_WARNING": "true",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "no-url" in done.stdout
    assert "problem:" not in done.stdout
    site = tmp_path / "my-archive/site/policies/lamps.example"
    (change,) = site.glob("20190501..20210501/index.html")
    words = re.sub(r"<[^>]+>", " ", change.read_text("utf-8"))
    assert "may" in words
    assert "partners" in words
