"""The documentation's own site: all pages, every link inside it holds."""

import subprocess
import sys
from pathlib import Path

from ..site.conftest import Site
from .reading_code import ROOT


def test_it_builds_strictly_and_every_link_holds(tmp_path: Path) -> None:
    command = [
        "mkdocs",
        "build",
        "--strict",
        "-f",
        str(ROOT / "mkdocs-docs.yml"),
        "-d",
        str(tmp_path),
    ]
    done = subprocess.run(
        [sys.executable, "-m", *command], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    site = Site(tmp_path)
    for source in (ROOT / "docs").rglob("*.md"):
        name = source.relative_to(ROOT / "docs").with_suffix("").as_posix()
        place = name.removesuffix("README").rstrip("/")
        assert f"{place}/index.html".lstrip("/") in site.files(), source
    assert site.broken_links() == []
    outside = "https://github.com/policy-archive/mkdocs-policy-archive/blob/main/CONTRIBUTING.md"
    assert f'href="{outside}"' in site[""]
