"""Every version of a repository: none missing, none twice, each at the moment git gives it.

    python -m benchmarks.history.versions [REPOSITORY]

Prints also what a first and a second read take: in a process of their own, all texts cleaned,
labelled and compared, with two workers. Without REPOSITORY: the Open Terms bundle below
`POLICY_ARCHIVE_CORPORA`.
"""

import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from benchmarks.corpora import open_terms_repository
from policy_archive import changes, pipeline
from policy_archive.sources import versions
from policy_archive.store import Store


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


def main() -> None:
    repository = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(open_terms_repository())
    listed = versions.find(repository)
    ours = Counter((v.revision, v.captured, v.path) for v in listed)
    theirs = by_git(repository)
    print(f"versions: {len(listed):,}; git log: {sum(theirs.values()):,}")
    print(f"missing {len(theirs - ours)}, too many {len(ours - theirs)}")
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(2) as executor:
        kept, store = Path(folder) / "versions", Store(Path(folder) / "store")
        for name in ("first", "second"):
            started, spent = time.perf_counter(), time.process_time()
            archive = pipeline.build(
                versions.find(repository, kept=kept), pipeline.Settings(), store, executor
            )
            read = time.perf_counter() - started
            steps = changes.steps(archive, store, executor)
            whole = time.perf_counter() - started
            print(f"{name} read: {read:.1f} s, with changes {whole:.1f} s "
                  f"({time.process_time() - spent:.1f} s of it in the main process)")  # fmt: skip
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
