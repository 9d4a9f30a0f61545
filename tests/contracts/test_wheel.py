"""The wheel works in another folder, with the README's `mkdocs.yml` and no other file of ours."""

import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.build

ROOT = Path(__file__).parents[2]

README = (ROOT / "README.md").read_text("utf-8")
(CONFIG,) = re.findall(r"^```yaml\n(.*?)^```", README, re.DOTALL | re.MULTILINE)

LAMPS = """---
site: lamps.example
captured: 2014-05-21T17:33:13Z
original_url: http://lamps.example/privacy
---
# Privacy Policy

We collect your name and address when you order lamps, and share them with the carrier alone.
"""

CHAIRS = "http://chairs.example/privacy\n\nWe use cookies to remember what you chose to sit on.\n"


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", *map(str, command)],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1", **environment},
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run("build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (found,) = folder.glob("*.whl")
    return found


def test_it_holds_what_the_package_needs_and_no_more(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    package = ROOT / "plugins/policy_archive"
    for kind in ("*.py", "*.html", "*.css", "*.js", "*.woff2", "*.toml", "*.tsv", "*.json"):
        files = list(package.rglob(kind))
        assert files, kind
        assert {path.relative_to(package.parent).as_posix() for path in files} <= names
    for name in ("py.typed", "topics/taxonomy.toml", "sources/provenance/snapshot.schema.json"):
        assert f"policy_archive/{name}" in names
    folders = {name.split("/")[0] for name in names}
    assert "policy_archive" in folders
    assert all(
        re.fullmatch(r"policy_archive|mkdocs_policy_archive-.*\.dist-info", f) for f in folders
    )
    assert not [name for name in names if "test" in name.lower() or "__pycache__" in name]
    assert any(name.endswith("/licenses/LICENSE") for name in names)


def pages(folder: Path) -> dict[str, bytes]:
    """Every file, apart from the mark of what made it."""
    files = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    mark = re.compile(rb'<meta name="generator" content="[^"]*">')
    return {
        name: mark.sub(b"", path.read_bytes())
        for name, path in files.items()
        if path.is_file() and not name.endswith(".gz")
    }


def test_it_builds_a_new_project_under_mkdocs_and_properdocs(wheel: Path, tmp_path: Path) -> None:
    target = tmp_path / "installed"
    options = ("--quiet", "--no-deps", "--no-index", "--disable-pip-version-check")
    run("pip", "install", *options, "--target", target, wheel, cwd=tmp_path)
    project = tmp_path / "project"
    policies = project / "docs/policies"
    policies.mkdir(parents=True)
    (project / "mkdocs.yml").write_text(CONFIG, "utf-8")
    (policies / "lamps.md").write_text(LAMPS, "utf-8")
    (policies / "chairs.txt").write_text(CHAIRS, "utf-8")
    environment = {"PYTHONPATH": str(target), "SOURCE_DATE_EPOCH": "1700000000"}

    # Ours, not the one that these tests import.
    (project / "where.py").write_text("import policy_archive\nprint(policy_archive.__file__)\n")
    assert run("where", cwd=project, **environment).startswith(str(target))
    inspected = run("policy_archive", "inspect", policies, cwd=project, **environment)
    assert "lamps.example" in inspected
    built = {}
    for engine in ("mkdocs", "properdocs"):
        folder = tmp_path / engine
        run(
            engine,
            "build",
            "--strict",
            "-f",
            "mkdocs.yml",
            "-d",
            folder,
            cwd=project,
            **environment,
        )
        built[engine] = pages(folder)
    for place in (
        "index.html",
        "policies/lamps.example/20140521173313/index.html",
        "policies/lamps.example/20140521173313/source.txt",
        "policies/chairs.example/index.html",
        "topics/cookies/index.html",
        "compare/index.html",
        "about/method/index.html",
        "assets/policy_archive/policy-archive.css",
    ):
        assert place in built["mkdocs"]
    assert built["mkdocs"] == built["properdocs"]
    page = built["mkdocs"]["policies/lamps.example/20140521173313/index.html"].decode()
    assert "share them with the carrier alone" in page
