"""The Open Terms bundle as a repository; who lacks it skips, saying so."""

import os
import subprocess
from pathlib import Path

import pytest

_BUNDLE = "corpora/open-terms-contrib.bundle"
_DEFAULT = Path(__file__).parents[1] / ".." / "shared"


def versions(folder: Path) -> Path:
    """The bundle, cloned into `folder`."""
    bundle = Path(os.environ.get("POLICY_ARCHIVE_CORPORA", _DEFAULT)) / _BUNDLE
    if not bundle.exists():
        pytest.skip(f"{_BUNDLE} is absent; POLICY_ARCHIVE_CORPORA names the folder that has it")
    target = folder / "versions.git"
    command = ["git", "clone", "--quiet", "--bare", str(bundle), "-b", "main", str(target)]
    subprocess.run(command, check=True, capture_output=True)
    return target


def thorough() -> None:
    """Skip what takes minutes, unless everything is asked for."""
    if not os.environ.get("POLICY_ARCHIVE_THOROUGH"):
        pytest.skip("takes minutes; POLICY_ARCHIVE_THOROUGH=1 runs it")
