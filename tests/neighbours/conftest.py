"""Environments with one more plugin, and projects built in them as a maintainer builds them."""

import os
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from ..site.conftest import POLICY, Site, archived, write_project
from .neighbours import HOME

POLICIES = {
    f"lamps/{stamp[:4]}.md": archived("lamps.example", stamp, POLICY.format(name=name))
    for stamp, name in {"20140521173313": "Lamps", "20190402080000": "{{ lamps }}"}.items()
}
"""Two captures; what looks like a macro in one is archived text."""

ARCHIVE = {"policy-archive": {"search": "built-in", "workers": 1}}


@pytest.fixture(autouse=True, scope="session")
def quiet() -> Iterator[None]:
    """No announcements of other projects in the output, which would fail a strict build."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        patch.setenv("DISABLE_MKDOCS_2_WARNING", "true")
        yield


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """The Python of an environment of its own with what these tests run with, and one more."""

    def made(requirement: str) -> Path:
        folder = tmp_path_factory.mktemp("environment")
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = folder / "bin/python"
        show = "import sysconfig; print(sysconfig.get_path('purelib'))"
        packages = subprocess.check_output([python, "-c", show], text=True).strip()
        Path(packages, "ours.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
        options = ["--quiet", "--disable-pip-version-check"]
        subprocess.run([python, "-m", "pip", "install", *options, requirement], check=True)
        for engine in ("mkdocs", "properdocs"):  # some run it themselves
            program = folder / "bin" / engine
            program.write_text(f"#!{python}\nfrom {engine}.__main__ import cli\ncli()\n", "utf-8")
            program.chmod(0o755)
        return python

    return made


def project(
    folder: Path,
    plugins: list[Any],
    files: Mapping[str, str] | None = None,
    config: Mapping[str, Any] | None = None,
) -> Path:
    """A project of two captures with these plugins, under version control; its `mkdocs.yml`."""
    settings = {"site_url": "https://archive.example/", "plugins": ["search", *plugins]}
    file = write_project(folder, POLICIES, {"index.md": HOME}, **settings | dict(config or {}))
    for name, text in (files or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    (folder / ".gitignore").write_text("/site\n/.cache\n", "utf-8")
    git = ["git", "-C", str(folder), "-c", "user.name=A", "-c", "user.email=a@archive.example"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "A project"]):
        subprocess.run([*git, *command], check=True)
    return file


def run(python: Path, *arguments: str, folder: Path) -> None:
    """Run `python` in `folder`, beside the programs of its environment; it must succeed."""
    path = f"{python.parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [python, *arguments],
        cwd=folder,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def build(python: Path, folder: Path) -> Site:
    """`mkdocs build --strict` of the project in `folder`."""
    run(python, "-m", "mkdocs", "build", "--strict", folder=folder)
    return Site(folder / "site")


@pytest.fixture(scope="session")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The same project without any neighbour."""
    folder = tmp_path_factory.mktemp("alone")
    project(folder, [ARCHIVE])
    return build(Path(sys.executable), folder)
