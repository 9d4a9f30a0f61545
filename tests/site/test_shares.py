"""A site that copies of the process have written is the one that a single process writes."""

import os
import subprocess
import sys
from pathlib import Path

from tests.site.conftest import POLICY, archived, write_project

SHOPS = {
    f"shop-{number}.example/{2010 + year}0101000000.md": archived(
        f"shop-{number}.example",
        f"{2010 + year}0101000000",
        POLICY.format(name=f"Shop {number}")
        + f"\n\nThis is version {year}, called {number}.\n" * year,
    )
    for number in range(110)
    for year in range(1 + number % 3)
}


def built(config: Path, site: Path) -> dict[str, bytes]:
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "-q", "--strict", "-f", config, "-d", site],
        check=True,
        env=os.environ | {"SOURCE_DATE_EPOCH": "1700000000"},
    )
    return {
        path.relative_to(site).as_posix(): path.read_bytes()
        for path in sorted(site.rglob("*"))
        if path.is_file() and path.suffix != ".gz"
    }


def test_shares_make_the_same_site(tmp_path: Path) -> None:
    config = write_project(
        tmp_path, SHOPS, options={"workers": 3}, site_url="https://archive.example/"
    )
    shared = built(config, tmp_path / "shared")
    again = built(config, tmp_path / "shared")
    config.write_text(config.read_text().replace("workers: 3", "workers: 1"))
    alone = built(config, tmp_path / "alone")
    assert len(alone) > 700
    assert shared.keys() == alone.keys()
    assert [name for name in alone if shared[name] != alone[name]] == []
    assert again == alone
