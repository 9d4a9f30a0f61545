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
from pathlib import Path

from benchmarks.corpora import open_terms_repository
from policy_archive.build.parallel import opener
from policy_archive.build.texts import Texts
from policy_archive.build.update import update
from policy_archive.build.visit import Order
from policy_archive.catalogue.catalogue import Catalogue
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


def timed(name: str, repository: Path, folder: Path) -> Catalogue:
    """Everything read and compared that is not known yet, with two workers."""
    catalogue = Catalogue(folder / "catalogue.sqlite")
    texts = Texts(folder / "texts.sqlite")
    started, spent = time.perf_counter(), cpu()
    sources = history.find(repository, kept=folder / "versions")
    update(catalogue, texts, sources, Order(Settings()), workers=opener(workers=2))
    texts.close()
    print(f"{name}: {time.perf_counter() - started:.1f} s, {cpu() - spent:.1f} s of CPU")
    return catalogue


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
        catalogue = timed("first read", copy, folder)
        print_figures(catalogue)
        catalogue.close()
        timed("nothing new", copy, folder).close()
        commit(copy, listed[-1].path)
        timed("one new commit", copy, folder).close()


def print_figures(catalogue: Catalogue) -> None:
    """How many snapshots and changes there are, of which kinds, and when."""
    ask = catalogue.connection.execute
    (snapshots,) = ask("SELECT count(*) FROM snapshots WHERE position IS NOT NULL").fetchone()
    every, words, technical, bridged = ask(
        "SELECT count(*), sum(passages > 0 AND NOT technical), sum(technical), "
        "sum(bridged <> '[]') FROM changes"
    ).fetchone()
    print(f"snapshots {snapshots:,}, changes {every:,}: of words {words:,}, "
          f"technical {technical:,}, bridged {bridged:,}")  # fmt: skip
    months = "SELECT substr(captured, 1, 6), count(*) FROM changes {} GROUP BY 1 ORDER BY 2 DESC"
    for name, where in (("all", ""), ("of words", "WHERE passages > 0 AND NOT technical")):
        print(f"busiest months, {name}:", ask(months.format(where)).fetchmany(3))


if __name__ == "__main__":
    main()
