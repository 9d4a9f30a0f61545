"""Live preview: a real `mkdocs serve`, and files that come, change, move and go."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from ..repositories import LAMPS, Repository, repository, text
from .conftest import POLICY, archived, write_project

pytestmark = pytest.mark.build

_PATIENCE = 40.0


@dataclass
class Preview:
    folder: Path
    root: str
    process: subprocess.Popen[bytes]

    def get(self, place: str) -> str:
        """The page, or nothing while it is not there."""
        try:
            with urllib.request.urlopen(self.root + place, timeout=5) as answer:
                data: bytes = answer.read()
                return data.decode()
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return ""

    def wait(self, place: str, shows: str, present: bool = True) -> None:
        end = time.monotonic() + _PATIENCE
        while (shows in self.get(place)) is not present:
            assert self.process.poll() is None, "mkdocs serve ended"
            assert time.monotonic() < end, f"{place}: {shows!r} {'not ' * present}shown"
            time.sleep(0.2)


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[Preview]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    lamps = archived("lamps.example", "20140521173313", POLICY.format(name="Lamps"))
    options = {}
    if shutil.which("git"):
        made = repository(tmp_path / "versions")
        made.commit("2020-01-02T03:04:05Z", "Record", **{LAMPS: text()})
        options["sources"] = ["versions"]
    pages = {"index.md": "# Home\n", "more/x.md": "# Old words\n"}
    config = write_project(tmp_path, {"lamps.md": lamps}, pages=pages, options=options)
    command = [sys.executable, "-m", "mkdocs", "serve", "-f", str(config)]
    process = subprocess.Popen(
        [*command, "-a", f"127.0.0.1:{port}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        # Below a shell's background job interrupts are ignored, and that is inherited.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
    )
    shown = Preview(tmp_path / "content", f"http://127.0.0.1:{port}/", process)
    try:
        shown.wait("policies/lamps.example/20140521173313/", "Lamps")
        yield shown
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=20)


def test_changes_show_in_the_preview(preview: Preview) -> None:
    policies = preview.folder / "policies"
    chairs = policies / "deep/chairs.md"
    chairs.parent.mkdir()
    chairs.write_text(archived("chairs.example", "20180102030405", POLICY.format(name="Chairs")))
    preview.wait("policies/", "chairs.example")
    preview.wait("policies/chairs.example/20180102030405/", "We at Chairs collect")

    lamps = policies / "lamps.md"
    lamps.write_text(lamps.read_text().replace("We at Lamps", "We at Lanterns"))
    preview.wait("policies/lamps.example/20140521173313/", "We at Lanterns")

    # Identity comes from provenance: a moved file keeps its address and shows its new path.
    chairs.rename(policies / "moved.md")
    preview.wait("policies/chairs.example/20180102030405/", "policies/moved.md")

    (policies / "moved.md").unlink()
    preview.wait("policies/", "chairs.example", present=False)
    assert preview.get("policies/chairs.example/20180102030405/") == ""

    page = preview.folder / "more/x.md"
    page.write_text("# New words\n")
    preview.wait("more/x/", "New words")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_new_commits_show_in_the_preview(preview: Preview) -> None:
    preview.wait("policies/lamp-shop/", "2 January 2020")
    made = Repository(preview.folder.parent / "versions")
    made.commit("2021-02-03T04:05:06Z", "Update", **{LAMPS: text("ten")})
    preview.wait("policies/lamp-shop/20200102030405..20210203040506/", "<ins>ten</ins>")
    # A clone that is fetched into, or tidied up, has its branches in one file.
    made.git("pack-refs", "--all")
    made.commit("2022-03-04T05:06:07Z", "Update", **{LAMPS: text("twelve")})
    preview.wait("policies/lamp-shop/", "4 March 2022")
