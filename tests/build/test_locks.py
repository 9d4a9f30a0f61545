import os
import subprocess
import sys
from pathlib import Path

import pytest

from policy_archive.build.locks import abandoned, claim

HOLDING = """
import pathlib, sys, time
from policy_archive.build.locks import claim
folder = pathlib.Path(sys.argv[1])
held = claim(folder)
folder.mkdir()
print("held", flush=True)
time.sleep(60)
"""


def test_a_folder_has_one_claim_at_a_time(tmp_path: Path) -> None:
    first = claim(tmp_path / "site-1")
    assert first
    assert claim(tmp_path / "site-1") is None
    assert claim(tmp_path / "site-2")
    first.release()
    assert claim(tmp_path / "site-1")


def test_a_claim_ends_with_its_process_however_that_ends(tmp_path: Path) -> None:
    folder = tmp_path / "site-1"
    other = subprocess.Popen(
        [sys.executable, "-c", HOLDING, str(folder)], stdout=subprocess.PIPE, text=True
    )
    assert other.stdout
    assert other.stdout.readline() == "held\n"
    assert claim(folder) is None
    assert list(abandoned(tmp_path, "site-")) == []
    other.kill()
    other.wait()
    other.stdout.close()
    (found,) = abandoned(tmp_path, "site-")
    assert found.folder == folder
    found.folder.rmdir()
    found.release()
    assert list(tmp_path.iterdir()) == []


def test_the_number_of_a_process_says_nothing(tmp_path: Path) -> None:
    """A folder called after a process that lives, but that has nothing to do with it."""
    (tmp_path / f"site-{os.getppid()}").mkdir()
    (tmp_path / "other").mkdir()
    assert [it.folder.name for it in abandoned(tmp_path, "site-")] == [f"site-{os.getppid()}"]


def test_where_nothing_can_be_written_nothing_is_claimed(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        claim(tmp_path / "file" / "site-1")
