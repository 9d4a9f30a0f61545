"""The five policies that this archive publishes, read from bytes to record.

`POLICY_ARCHIVE_ACCEPT=1 pytest` writes what is found now; read the difference before committing it,
and raise `PIPELINE_VERSION`, which readers are told beside each text.
"""

import hashlib
import os
from pathlib import Path

import pytest

from policy_archive import PIPELINE_VERSION
from policy_archive.build.tasks import read_source
from policy_archive.cli.outline import as_text
from policy_archive.settings import Settings
from policy_archive.sources.files import Source

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent
POLICIES = sorted((ROOT / "content" / "policies").iterdir())


@pytest.mark.parametrize("file", POLICIES, ids=lambda file: file.name)
def test_golden(file: Path) -> None:
    record = read_source(Source(f"policies/{file.name}", file), Settings())
    found = as_text(record)
    golden = GOLDEN / f"{file.name}.txt"
    if os.environ.get("POLICY_ARCHIVE_ACCEPT"):
        golden.write_text(found, encoding="utf-8")
    assert found == golden.read_text(encoding="utf-8")


def test_other_output_is_of_another_version() -> None:
    """`version.txt` holds the version of the pipeline and the digest of all that it finds here."""
    digest = hashlib.sha256()
    for file in POLICIES:
        digest.update((GOLDEN / f"{file.name}.txt").read_bytes())
    noted = GOLDEN / "version.txt"
    version, _, known = noted.read_text(encoding="utf-8").strip().partition(" ")
    if os.environ.get("POLICY_ARCHIVE_ACCEPT") and version != PIPELINE_VERSION:
        noted.write_text(f"{PIPELINE_VERSION} {digest.hexdigest()}\n", encoding="utf-8")
        return
    assert known == digest.hexdigest(), "raise PIPELINE_VERSION and accept"
    assert version == PIPELINE_VERSION, "accept the new version"
