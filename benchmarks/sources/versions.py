"""Every version of a repository: none missing, none twice, each at the moment git gives it.

    python -m benchmarks.sources.versions [REPOSITORY]

Prints also what reading takes, by the clock and in CPU: all texts cleaned, labelled and compared,
with two workers; then with nothing new, and with one new commit. Without REPOSITORY: the Open Terms
bundle below `POLICY_ARCHIVE_CORPORA`.
"""

import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.corpora import open_terms_repository
from policy_archive.build import changes
from policy_archive.build.archive import read_archive
from policy_archive.build.parallel import Workers
from policy_archive.build.store import Store
from policy_archive.catalogue.archive import Archive
from policy_archive.catalogue.history import Step
from policy_archive.settings import Settings
from policy_archive.sources.git import history


def by_git(repository: Path) -> Counter[tuple[str, str, str]]:
    """Commit, moment and path of every text that a commit left, as `git log` tells them."""
    log = subprocess.run(
        ["git", "-C", str(repository), "-c", "core.quotePath=off", "log",
         "--date=format-local:%Y%m%d%H%M%S", "--format=@%H %ad", "--name-only", "--diff-filter=d"],
        capture_output=True, check=True, text=True, env={"TZ": "UTC", "PATH": "/usr/bin:/bin"},
    ).stdout  # fmt: skip
    found: Counter[tuple[str, str, str]] = Counter()
    commit = moment = ""
    for line in log.splitlines():
        if line.startswith("@"):
            commit, moment = line[1:].split()
        elif line.endswith(".md") and "/" in line:
            found[commit, moment, line] += 1
    return found


def git(folder: Path, *arguments: str, data: bytes = b"") -> str:
    author = {f"GIT_{who}_{what}": "benchmark" for who in ("AUTHOR", "COMMITTER")
              for what in ("NAME", "EMAIL")}  # fmt: skip
    environment = {"PATH": "/usr/bin:/bin", "GIT_INDEX_FILE": str(folder / "benchmark-index")}
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(
        command, input=data, capture_output=True, check=True, env=environment | author
    )
    return done.stdout.decode().strip()


def commit(repository: Path, path: str) -> None:
    """One more version of the text at `path`, without a work tree."""
    text = git(repository, "show", f"HEAD:{path}") + "\n\nWe have added this sentence today.\n"
    blob = git(repository, "hash-object", "-w", "--stdin", data=text.encode())
    git(repository, "read-tree", "HEAD")
    git(repository, "update-index", "--cacheinfo", f"100644,{blob},{path}")
    tree = git(repository, "write-tree")
    new = git(repository, "commit-tree", tree, "-p", "HEAD", "-m", "Update")
    git(repository, "update-ref", "HEAD", new)


def cpu() -> float:
    """Of this process and all its children that have ended, in seconds."""
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def timed(
    name: str, repository: Path, folder: Path
) -> tuple[Archive, Mapping[str, Sequence[Step]]]:
    """Everything read and compared that is not known yet, with two workers."""
    store = Store(folder / "store")
    known = len(store.changes())
    started, spent = time.perf_counter(), cpu()
    with ProcessPoolExecutor(2) as executor:
        workers = Workers(executor, 2)
        sources = history.find(repository, kept=folder / "versions")
        archive = read_archive(sources, Settings(), store, workers=workers)
        read = time.perf_counter() - started
        steps = changes.steps(archive, store, workers)
    whole = time.perf_counter() - started
    compared = len(store.changes()) - known
    store.close()
    print(f"{name}: {whole:.1f} s ({read:.1f} s of it reading), {cpu() - spent:.1f} s of CPU, "
          f"{compared:,} pairs compared")  # fmt: skip
    return archive, steps


def main() -> None:
    repository = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(open_terms_repository())
    listed = history.find(repository)
    ours = Counter((v.revision, v.captured, v.path) for v in listed)
    theirs = by_git(repository)
    print(f"versions: {len(listed):,}; git log: {sum(theirs.values()):,}")
    print(f"missing {len(theirs - ours)}, too many {len(ours - theirs)}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copy = folder / "repository"
        git(folder, "clone", "--quiet", "--bare", str(repository), str(copy))
        archive, steps = timed("first read", copy, folder)
        timed("nothing new", copy, folder)
        commit(copy, listed[-1].path)
        timed("one new commit", copy, folder)
    entries = sum(len(policy.entries) for policy in archive.policies)
    found = [step for listed_ in steps.values() for step in listed_]
    counts = Counter(step.after.snapshot.captured[:6] for step in found if step.counts)
    every = Counter(step.after.snapshot.captured[:6] for step in found)
    print(f"snapshots {entries:,}, changes {len(found):,}: of words {sum(counts.values()):,}, "
          f"technical {sum(step.technical for step in found):,}, "
          f"bridged {sum(bool(step.bridged) for step in found):,}")  # fmt: skip
    print("busiest months:", every.most_common(3), "without technical ones:", counts.most_common(3))


if __name__ == "__main__":
    main()
