"""Our scripts' own tests (`*.test.js`), run by the node that Playwright brings along."""

import json
import subprocess
from itertools import product
from pathlib import Path

import pytest
from playwright._impl._driver import compute_driver_executable
from tests.build.in_memory import arrange

from policy_archive.catalogue.archive import Entry
from policy_archive.model import PRIVACY_POLICY, Snapshot
from policy_archive.pages.addresses import row_id
from policy_archive.sources.files import Source

HERE = Path(__file__).parent


def node(*arguments: str, given: str = "") -> str:
    program, _ = compute_driver_executable()
    done = subprocess.run(
        [program, *arguments],
        input=given,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.parametrize("name", sorted(path.name for path in HERE.glob("*.test.js")))
def test_scripts(name: str) -> None:
    node("--test", str(HERE / name))


SITES = (
    *("a", "a-b", "a.b", "a b", "a_b", "A", "Zoom", "zoom.us", "page", "é", "z", "10", "9"),
    *("日本", "\U00010348", "\uff21bc", "x" * 300, "ﬁ", "ß"),
)
KINDS = (
    PRIVACY_POLICY,
    "compare",
    "cookie-policy",
    "imprint",
    "latest",
    "terms",
    "2019",
    "k" * 300,
)


def test_scripts_have_rows_in_the_order_of_the_listing() -> None:
    def entry(site: str, kind: str) -> Entry:
        path = f"{site}-{kind}.md"
        snapshot = Snapshot(path, site, kind=kind, captured="20190405")
        found = (snapshot, "Title", "en", 9, 3, "ab" * 32, True, ())
        return Entry(*found, source=Source(path, Path(path)), key=path)

    policies, _, _ = arrange(entry(*both) for both in product(SITES, KINDS))
    ids = [row_id(policy.url) for policy in policies]
    assert len(set(ids)) == len(SITES) * len(KINDS)
    found = node(str(HERE / "sort-rows.js"), given=json.dumps(ids[::-1]))
    assert json.loads(found) == ids
