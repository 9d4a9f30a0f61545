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
    """Every version of every policy in the Open Terms bundle, equal bytes once."""
    blobs = dict.fromkeys(blob for _, _, blob in _history())
    for blob, data in _contents(list(blobs)):
        yield f"{blob[:12]}.md", data


def open_terms_versions() -> dict[str, list[tuple[str, bytes]]]:
    """By path (`Service/Privacy Policy.md`): all versions, oldest first, as (commit, bytes)."""
    history = _history()
    data = dict(_contents([blob for _, _, blob in history]))
    versions: dict[str, list[tuple[str, bytes]]] = {}
    for commit, path, blob in history:
        versions.setdefault(path, []).append((commit[:12], data[blob]))
    return versions


def open_terms_more() -> Iterator[tuple[str, bytes]]:
    """The newest policy of 197 further services of Open Terms Archive, by service."""
    folder = unpacked("open-terms-more")
    for path in sorted(folder.glob("**/*.md")):
        yield f"{path.parent.name}.md", path.read_bytes()


def ota_html() -> Iterator[tuple[str, bytes, str]]:
    """Pages as a crawler saved them, and the text that hand-made selectors took from each."""
    folder = unpacked("ota-html-dating")
    for path in sorted(folder.glob("**/*.html")):
        text = path.with_suffix(".md")
        if text.exists():
            name = f"{path.parent.name}/{path.stem}"
            yield name, path.read_bytes(), text.read_text(encoding="utf-8")


def _history() -> list[tuple[str, str, str]]:
    """Commit, path and blob of every version, oldest first."""
    folder = open_terms_repository()
    log = _git("-C", folder, "log", "--reverse", "--format=%H", "--raw", "--no-abbrev", "main")
    found, commit = [], ""
    for line in log.splitlines():
        if line.startswith(":"):
            fields, path = line.split("\t", 1)
            blob = fields.split()[3]
            if path.endswith(".md") and set(blob) != {"0"}:
                found.append((commit, path, blob))
        elif line:
            commit = line
    return found


def open_terms_repository() -> str:
    """The bundle, cloned once."""
    folder = UNPACKED / "open-terms"
    if not folder.exists():
        bundle = ROOT / "corpora" / "open-terms-contrib.bundle"
        _git("clone", "--quiet", "--bare", "--branch", "main", str(bundle), str(folder))
    return str(folder)


def _contents(blobs: list[str]) -> Iterator[tuple[str, bytes]]:
    process = subprocess.run(
        ["git", "-C", open_terms_repository(), "cat-file", "--batch"],
        input="\n".join(blobs).encode(),
        capture_output=True,
        check=True,
    )
    data, start = process.stdout, 0
    for blob in blobs:
        head_end = data.index(b"\n", start)
        size = int(data[start:head_end].split()[2])
        yield blob, data[head_end + 1 : head_end + 1 + size]
        start = head_end + size + 2


def opp115_pages() -> Iterator[tuple[str, bytes]]:
    """The pages of OPP-115 as a browser saved them, but for one that is a PDF."""
    folder = unpacked("opp115-train")
    for path in sorted(folder.glob("**/html/*.html")):
        data = path.read_bytes()
        if not data.startswith(b"%PDF"):
            yield path.name, data


def seeds() -> Iterator[tuple[str, bytes]]:
    """The policies that this archive itself publishes."""
    folder = Path(__file__).parents[1] / "content" / "policies"
    for path in sorted(folder.iterdir()):
        yield path.name, path.read_bytes()


def _git(*arguments: str) -> str:
    return subprocess.run(
        ["git", *arguments], capture_output=True, check=True, text=True, encoding="utf-8"
    ).stdout
