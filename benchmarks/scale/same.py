"""Do two revisions build the same site? This repository's archive, and 200 Open Terms versions.

    python -m benchmarks.scale.same OLD [NEW]

Revisions as git names them; without NEW the working tree. Each builds in a process of its own with
the packages of this environment, and every file of both sites is compared byte by byte. Files
that only one site has, and those that differ, are listed with the first line in which they do;
files that differ in white space at the ends and beginnings of lines are counted.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import corpora

ROOT = Path(__file__).parents[2]
_PATHS = ("YouTube/*", "TikTok/*", "Mozilla/*", "Netflix/*")
"""205 versions."""
_SPACE = re.compile(rb"\s*\n\s*")
_OPTIONS = "{{search: built-in, policies: [], sources: [{{repository: {at}, paths: {paths}}}]}}"


def main() -> int:
    """Print what differs; 1 if anything does."""
    old, new = (*sys.argv[1:], "")[:2]
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        trees = [_tree(folder / name, revision) for name, revision in (("a", old), ("b", new))]
        differing = 0
        for name, project in _projects(folder, ROOT):
            one, other = (_built(folder / f"{tree.name}-{name}", tree, project) for tree in trees)
            differences = list(_differences(one, other))
            spaced = sum(one[name] != other[name] for name in one.keys() & other.keys())
            spaced -= sum(line.startswith("!") for line in differences)
            print(
                f"{name}: {len(one):,} and {len(other):,} files; {spaced} differ in white space "
                f"between lines alone, {len(differences)} in more"
            )
            for line in differences:
                print(f"  {line}")
            differing += len(differences)
        for tree in trees:
            if tree != ROOT:
                _git("worktree", "remove", "--force", str(tree))
    return 1 if differing else 0


def _tree(place: Path, revision: str) -> Path:
    if not revision:
        return ROOT
    _git("worktree", "add", "--quiet", "--detach", str(place), revision)
    return place


def _projects(folder: Path, root: Path) -> Iterator[tuple[str, Path]]:
    """Names and configuration files."""
    yield "this archive", root / "mkdocs.yml"
    at = folder / "open-terms"
    (at / "docs").mkdir(parents=True)
    options = _OPTIONS.format(at=corpora.open_terms_repository(), paths=list(_PATHS))
    (at / "mkdocs.yml").write_text(
        "site_name: Versions\nsite_url: https://example.org/versions/\n"
        f"theme: {{name: material, font: false}}\nplugins: [search, policy-archive: {options}]\n"
    )
    yield "open terms", at / "mkdocs.yml"


def _built(site: Path, tree: Path, project: Path) -> dict[str, bytes]:
    """Every file of the site that the package in `tree` makes of `project`."""
    environment = os.environ | {
        "PYTHONPATH": str(tree / "plugins"),
        "SOURCE_DATE_EPOCH": "1750000000",
        "NO_MKDOCS_2_WARNING": "1",
    }
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(project)]
    subprocess.run([*command, "--site-dir", str(site)], check=True, env=environment)
    files = sorted(path for path in site.rglob("*") if path.is_file())
    found = {path.relative_to(site).as_posix(): path.read_bytes() for path in files}
    return dict(_without_digests(found))


def _without_digests(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Files with the search index's folders, which a digest of the code names, numbered."""
    shards = json.loads(files.get("search/index/shards.json", b"{}"))
    keys = [shards.get("engine", ""), *(shard["path"] for shard in shards.get("shards", []))]
    for name, data in files.items():
        for number, key in enumerate(filter(None, keys)):
            name = name.replace(key, f"index-{number}")  # noqa: PLW2901
            data = data.replace(key.encode(), f"index-{number}".encode())  # noqa: PLW2901
        yield name, data


def _differences(one: dict[str, bytes], other: dict[str, bytes]) -> Iterator[str]:
    for name in sorted(one.keys() | other.keys()):
        if name not in other:
            yield f"- {name}"
        elif name not in one:
            yield f"+ {name}"
        elif _SPACE.sub(b"\n", one[name]) != _SPACE.sub(b"\n", other[name]):
            lines = zip(one[name].splitlines(), other[name].splitlines(), strict=False)
            first = next(((a, b) for a, b in lines if a != b), (b"", b""))
            yield f"! {name}: {first[0][:160]!r} / {first[1][:160]!r}"


def _git(*arguments: str) -> None:
    subprocess.run(["git", "-C", str(ROOT), *arguments], check=True)


if __name__ == "__main__":
    sys.exit(main())
