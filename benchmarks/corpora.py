"""Where the corpora are, and their files as (name, bytes).

Set POLICY_ARCHIVE_CORPORA to the folder that holds `seeds/` and `corpora/` (default: `../shared`).
Archives are unpacked once into the system's temporary folder. None of their text is kept here.
"""

import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(os.environ.get("POLICY_ARCHIVE_CORPORA", Path(__file__).parents[1] / ".." / "shared"))
UNPACKED = Path(tempfile.gettempdir()) / "policy-archive-corpora"


def unpacked(name: str) -> Path:
    """The folder that the archive `corpora/<name>.tar.xz` is unpacked in.

    Raises:
        SystemExit: the corpus is not there.
    """
    source = ROOT / "corpora" / f"{name}.tar.xz"
    if not source.exists():
        raise SystemExit(f"{source} is absent; set POLICY_ARCHIVE_CORPORA to the corpora's folder")
    folder = UNPACKED / name
    if not folder.exists():
        partial = folder.with_suffix(".partial")
        with tarfile.open(source) as archive:
            archive.extractall(partial, filter="data")
        partial.rename(folder)
    return folder


def dmoz() -> Iterator[tuple[str, bytes]]:
    """The 3,000 plain-text policies of the DMOZ sample."""
    folder = unpacked("dmoz-3000")
    for path in sorted(folder.glob("**/*.txt")):
        yield path.relative_to(folder).as_posix(), path.read_bytes()


def open_terms() -> Iterator[tuple[str, bytes]]:
    """Every version of every policy in the Open Terms bundle."""
    repository = ROOT / "corpora" / "open-terms-contrib.bundle"
    folder = UNPACKED / "open-terms"
    if not folder.exists():
        _git("clone", "--quiet", "--bare", "--branch", "main", str(repository), str(folder))
    log = _git("-C", str(folder), "log", "--format=%H", "--raw", "-z", "--no-abbrev", "main")
    blobs = dict.fromkeys(part.split()[3] for part in log.split(":") if part.count(" ") >= 4)
    wanted = [blob for blob in blobs if set(blob) != {"0"}]
    process = subprocess.run(
        ["git", "-C", str(folder), "cat-file", "--batch"],
        input="\n".join(wanted).encode(),
        capture_output=True,
        check=True,
    )
    data, start = process.stdout, 0
    for blob in wanted:
        head_end = data.index(b"\n", start)
        size = int(data[start:head_end].split()[2])
        yield f"{blob[:12]}.md", data[head_end + 1 : head_end + 1 + size]
        start = head_end + size + 2


def seeds() -> Iterator[tuple[str, bytes]]:
    """The policies that this archive itself publishes."""
    folder = Path(__file__).parents[1] / "content" / "policies"
    for path in sorted(folder.iterdir()):
        yield path.name, path.read_bytes()


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], capture_output=True, check=True, text=True, encoding="utf-8"
    ).stdout
