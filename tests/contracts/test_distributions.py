"""What is uploaded to a package index is complete, and the same whoever makes it."""

import email.message
import os
import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from .reading_code import PACKAGE, ROOT

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
REPOSITORY = PROJECT["urls"]["Homepage"]


class Distributions(NamedTuple):
    wheel: Path
    sdist: Path
    unpacked: Path
    wheel_of_unpacked: Path


def built(kind: str, project: Path, folder: Path, epoch: str) -> Path:
    options = (f"--{kind}", "--no-isolation", "--outdir", str(folder), str(project))
    environment = os.environ | {"SOURCE_DATE_EPOCH": epoch, "TZ": "Asia/Kathmandu"}
    done = subprocess.run(
        [sys.executable, "-m", "build", *options],
        env=environment,
        cwd=folder.parent,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, (done.stdout + done.stderr).decode()
    (found,) = folder.iterdir()
    return found


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Distributions:
    folder = tmp_path_factory.mktemp("distributions")
    wheel = built("wheel", ROOT, folder / "wheel", "1700000000")
    sdist = built("sdist", ROOT, folder / "sdist", "1700000000")
    with tarfile.open(sdist) as archive:
        archive.extractall(folder / "unpacked", filter="data")
    (unpacked,) = (folder / "unpacked").iterdir()
    for path in unpacked.rglob("*"):
        os.utime(path, (1_500_000_000, 1_500_000_000))
    return Distributions(
        wheel, sdist, unpacked, built("wheel", unpacked, folder / "again", "1700000000")
    )


def metadata(wheel: Path) -> email.message.Message:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (n for n in archive.namelist() if n.endswith(".dist-info/METADATA"))
        return email.message_from_bytes(archive.read(name))


@pytest.mark.build
def test_a_wheel_is_the_same_whoever_builds_it(distributions: Distributions) -> None:
    assert distributions.wheel.name == distributions.wheel_of_unpacked.name
    assert distributions.wheel.read_bytes() == distributions.wheel_of_unpacked.read_bytes()
    with zipfile.ZipFile(distributions.wheel) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2023, 11, 14, 22, 13, 20)}


@pytest.mark.build
def test_every_file_of_the_repository_is_in_the_source_distribution(
    distributions: Distributions,
) -> None:
    if not (ROOT / ".git").exists():
        pytest.skip("this is no git repository, so nothing tells which files belong to it")
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = {name for name in listed.stdout.split("\0") if name and (ROOT / name).exists()}
    unpacked = distributions.unpacked
    there = {p.relative_to(unpacked).as_posix() for p in unpacked.rglob("*") if p.is_file()}
    assert names - there == set()
    untracked = there - names - {"PKG-INFO"}
    ignored = subprocess.run(
        ["git", "check-ignore", "-z", "--stdin"],
        input="\0".join(sorted(untracked)),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ignored.stdout == "", "files that git ignores have been packed"
    for name in names:
        assert os.access(unpacked / name, os.X_OK) == os.access(ROOT / name, os.X_OK), name


@pytest.mark.build
def test_the_source_distribution_tests_itself(distributions: Distributions) -> None:
    """A few of its tests; `make test-all` runs them all there."""
    environment = os.environ | {"PYTHONPATH": str(distributions.unpacked / "plugins")}
    for options in (
        ("--collect-only", "tests"),
        ("tests/golden", "tests/contracts/test_imports.py"),
    ):
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *options],
            cwd=distributions.unpacked,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


LINK = re.compile(r"\]\(([^)\s]+)\)")


@pytest.mark.build
def test_links_of_the_readme_hold_on_a_package_index(distributions: Distributions) -> None:
    about = metadata(distributions.wheel)
    assert about["Description-Content-Type"] == "text/markdown"
    shown = LINK.findall(str(about.get_payload()))
    written = LINK.findall((ROOT / "README.md").read_text("utf-8"))
    assert len(written) >= 10
    places = {
        f"{REPOSITORY}/blob/v{about['Version']}/",
        f"{REPOSITORY.replace('github.com', 'raw.githubusercontent.com')}/v{about['Version']}/",
    }
    for link, source in zip(shown, written, strict=True):
        if source.startswith(("https://", "#")):
            assert link == source
        else:
            (place,) = (place for place in places if link.startswith(place))
            assert link == place + source
            assert ("raw." in place) == source.endswith((".png", ".svg"))
            assert (ROOT / source.partition("#")[0]).exists()


@pytest.mark.build
def test_licences_travel_with_what_they_cover(distributions: Distributions) -> None:
    about = metadata(distributions.wheel)
    assert about["License-Expression"] == "MIT AND OFL-1.1 AND BSD-3-Clause"
    ours = {
        "LICENSE",
        *(
            p.relative_to(ROOT).as_posix()
            for p in PACKAGE.rglob("*")
            if p.name in ("OFL.txt", "LICENSE")
        ),
    }
    assert len(ours) >= 2
    assert set(about.get_all("License-File") or ()) == ours
    with zipfile.ZipFile(distributions.wheel) as archive:
        packed = [n.partition("/licenses/")[2] for n in archive.namelist() if "/licenses/" in n]
    assert set(packed) == ours
