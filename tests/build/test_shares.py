"""Work shared among copies of a process; in a process without the threads that tests have."""

import json
import subprocess
import sys

SCRIPT = """
import json, logging, os, sys
from policy_archive.build import shares

heard = []
class Ear(logging.Handler):
    def emit(self, record):
        heard.append(record.getMessage())
logging.getLogger("mkdocs").addHandler(Ear())
log = logging.getLogger("mkdocs.plugins.policy_archive")

def work(number):
    log.warning("said by all")
    log.warning("said by %s", number)
    for at in range(number, 1000, 3):
        yield at, os.getpid()

def dies(number):
    yield from work(number)
    if number == 1:
        os.kill(os.getpid(), 9)

def raises(number):
    yield from work(number)
    raise ValueError("no")

counts = []
found = shares.in_shares(3, work, counts.append)
print(json.dumps({
    "possible": shares.possible(),
    "numbers": sorted(at for share in found for at, _ in share) == list(range(1000)),
    "elsewhere": len({pid for share in found for _, pid in share} | {os.getpid()}),
    "heard": sorted(heard),
    "counts": counts == sorted(counts) and counts[-1],
    "dies": shares.in_shares(3, dies, counts.append),
    "raises": shares.in_shares(3, raises, counts.append),
    "heard after": len(heard),
}))
"""


def test_copies_do_their_shares_and_a_lost_one_is_noticed() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True, timeout=60
    )
    found = json.loads(done.stdout)
    if not found.pop("possible"):  # macOS, Windows
        return
    assert found == {
        "numbers": True,
        "elsewhere": 4,
        "heard": ["said by 0", "said by 1", "said by 2", "said by all"],
        "counts": 1000,
        "dies": None,
        "raises": None,
        "heard after": 4,
    }
    assert not done.stderr
