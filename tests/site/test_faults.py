"""The quick half of `benchmarks/faults`: whole builds, through the command line, against faults.

What texts may do to a reader's browser is tested in `tests/browser/`; the benchmark tries it again,
and more of everything. `make test-all` tries each name, hindrance and repository by itself, too.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

THOROUGH = bool(os.environ.get("POLICY_ARCHIVE_THOROUGH"))
ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.build,
    pytest.mark.skipif(sys.platform == "win32", reason="processes are killed in groups"),
]


@pytest.mark.parametrize(
    "name", ["kills", "stores", "races", "names", "permissions", "repositories"]
)
def test_no_fault_costs_more_than_itself(name: str) -> None:
    alone = THOROUGH and name in ("names", "permissions", "repositories")
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.faults.measure", *([] if alone else ["--quick"]), name],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    *_, row = done.stdout.splitlines()
    tries, executed, wrong, tracebacks, hung = map(int, row.split("|")[2:7])
    assert tries > 3
    assert (executed, wrong, tracebacks, hung) == (0, 0, 0, 0)
