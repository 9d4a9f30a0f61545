"""Every repair that a reader makes is explained to readers of the ledger."""

import re
from pathlib import Path

import policy_archive.reading
from policy_archive.cleaning import RULES
from policy_archive.reading import REPAIRS

READERS = Path(policy_archive.reading.__file__).parent.rglob("*.py")
MADE = re.compile(r'(?:Repair\(\s*|FURNITURE = |HIDDEN = |STRUCK = )"([a-z-]+)"')


def test_each_repair_of_a_reader_has_a_summary() -> None:
    made = {name for path in READERS for name in MADE.findall(path.read_text(encoding="utf-8"))}
    assert made == set(REPAIRS)
    assert not made & {rule.name for rule in RULES}
    assert all(summary.endswith(".") for summary, _ in REPAIRS.values())
