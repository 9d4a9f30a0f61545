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

ARCHIVED = """
1310155b5128917483f4a0ae484c533cb6e2501857c7efa6c80c8678fb6bf149  colasoft.com.txt
751e473127a5d12dccc67adbeb31863fb9ee7a9fd4002c840aab2c5d662e90a8  copperhub.com.md
18d3a20f503e496f35d9efb0a6e9672f46dfcdaba3c4f6ea15b193e7e10a75b5  istonsoft.com.md
e75cbfcafe8020f37cddb694e6200d797f10499ee1c8d466582f433f817f1439  ostoto.com.md
d8ea1610381367dd825492af9b4afba823bf40c22c058e46887d258c5b0edd79  softorino.com.md
"""


def test_archived_files_are_as_they_were_archived() -> None:
    """Whatever an editor, a formatter or git would make of their blanks and ends of lines."""
    found = {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in POLICIES}
    assert found == {name: digest for digest, name in map(str.split, ARCHIVED.split("\n")[1:-1])}


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
