"""Git repositories that were made to run something, to hang or to end a build."""

import os
import re
import subprocess
import tempfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks.faults.project import Project, Try, text

_WHEN = "2020-01-01T00:00:00Z"
_PATH = "Shop {}/Privacy Policy.md"


class Repository:
    """A repository with three services, of which the first has two versions."""

    def __init__(self, folder: Path, executed: Path) -> None:
        """`executed` is what an attacker would create."""
        self.folder, self.executed = folder, executed
        folder.mkdir()
        self.git("init", "--quiet", "--initial-branch=main")
        for number in range(3):
            self.add(_PATH.format(number), text(f"shop {number}"))
        self.add(_PATH.format(0), text("shop 0", "## News\n\nWe sell nothing."))

    def git(self, *arguments: str, given: bytes | None = None) -> str:
        """What git says."""
        environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(self.folder.parent),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_AUTHOR_DATE": _WHEN,
            "GIT_COMMITTER_DATE": _WHEN,
        }
        who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        command = ["git", "-C", str(self.folder), *who, *arguments]
        done = subprocess.run(
            command, env=environment, input=given, capture_output=True, check=True
        )
        return done.stdout.decode().strip()

    def add(self, name: str, content: str) -> None:
        """Commit a file."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        self.git("add", name)
        self.git("commit", "--quiet", "--message", f"Update {name}")

    def config(self, name: str, value: str) -> None:
        """Set an option of the repository's own configuration."""
        self.git("config", "--add", name, value)

    @property
    def run(self) -> str:
        """A command of an attacker."""
        return f"touch '{self.executed}';"

    def object_of(self, name: str) -> Path:
        """Where the blob of a file lies."""
        digest = self.git("rev-parse", f"HEAD:{name}")
        path = self.folder / ".git" / "objects" / digest[:2] / digest[2:]
        path.chmod(0o644)
        return path


def tries(full: int) -> Iterator[Try]:
    """A good archive with one bad repository: its own texts must be there, and nothing run.

    With 0, all bad ones beside each other, but for what takes long to make or to wait for.
    """
    if full:
        for title in HARMS:
            yield from _beside([title])
    else:
        yield from _beside([title for title, harm in HARMS.items() if harm not in LONG])


def _beside(titles: list[str]) -> Iterator[Try]:
    """One build of the good archive and bad repositories."""
    with tempfile.TemporaryDirectory() as temporary:
        bad = {
            title: Repository(Path(temporary, f"bad-{number}"), Path(temporary, f"run-{number}"))
            for number, title in enumerate(titles)
        }
        for title, repository in bad.items():
            HARMS[title](repository)
            repository.executed.unlink(missing_ok=True)  # to be made, some of it has to run
        sources = [f"../{repository.folder.name}" for repository in bad.values()]
        project = Project(Path(temporary, "project"), sources=sources)
        outcome = project.build()
        pages = {path.name for path in project.site.glob("policies/*.example")}
        lost = [] if len(pages) == 4 else [f"only {sorted(pages)} are there"]
        if outcome.status:
            lost.append(f"status {outcome.status}: {outcome.output.strip()[-300:]}")
        for title, repository in bad.items():
            # Of these nothing is read, as the text of another repository or of a broken one.
            unusable = HARMS[title] in UNUSABLE
            said = re.search(rf"{repository.folder.name}\b.* could not be read", outcome.output)
            wrong = [*lost, "nothing is said of it"] if unusable and not said else lost
            yield title, outcome, wrong, int(repository.executed.exists())


def _programs(bad: Repository) -> None:
    for name in (
        "core.fsmonitor", "core.pager", "core.sshCommand", "core.editor", "core.gitProxy",
        "diff.external", "gpg.program", "credential.helper", "pager.log", "pager.cat-file",
        "alias.log", "alias.cat-file", "alias.rev-list", "core.hooksPath",
    ):  # fmt: skip
        bad.config(name, f"!{bad.run}" if name.startswith("alias") else bad.run)
    bad.config("log.showSignature", "true")


def _hooks(bad: Repository) -> None:
    for name in ("post-checkout", "pre-auto-gc", "reference-transaction", "post-index-change"):
        hook = bad.folder / ".git" / "hooks" / name
        hook.write_text(f"#!/bin/sh\n{bad.run}\n", "utf-8")
        hook.chmod(0o755)


def _filters(bad: Repository) -> None:
    (bad.folder / ".gitattributes").write_text("*.md filter=f diff=f merge=f\n", "utf-8")
    for name in ("filter.f.smudge", "filter.f.clean", "filter.f.process", "diff.f.textconv"):
        bad.config(name, f"{bad.run} cat")
    bad.config("diff.f.command", bad.run)
    bad.git("add", ".gitattributes")


def _lazy(bad: Repository) -> None:
    """A blob that is absent, and a remote that would be asked for it."""
    bad.config("remote.origin.url", f'ext::sh -c "{bad.run}"')
    bad.config("remote.origin.promisor", "true")
    bad.config("remote.origin.partialclonefilter", "blob:none")
    bad.config("extensions.partialClone", "origin")
    bad.config("core.repositoryFormatVersion", "1")
    bad.config("protocol.ext.allow", "always")
    bad.object_of(_PATH.format(1)).unlink()


def _formats(bad: Repository) -> None:
    for name, value in (
        ("format.pretty", "oneline"), ("log.date", "relative"), ("log.follow", "true"),
        ("log.mailmap", "true"), ("core.quotePath", "false"), ("diff.renames", "copies"),
        ("diff.noprefix", "true"), ("color.ui", "always"), ("i18n.logOutputEncoding", "utf-16"),
        ("core.abbrev", "4"), ("diff.orderFile", "/etc/passwd"), ("log.follow", "true"),
    ):  # fmt: skip
        bad.config(name, value)


def _grafts(bad: Repository) -> None:
    head = bad.git("rev-parse", "HEAD")
    (bad.folder / ".git" / "info").mkdir(exist_ok=True)
    (bad.folder / ".git" / "info" / "grafts").write_text(f"{head} {'1' * 40}\n", "utf-8")


def _alternates(bad: Repository) -> None:
    path = bad.folder / ".git" / "objects" / "info" / "alternates"
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(f"/nowhere/{'x' * 200}/{n}\n" for n in range(5000)), "utf-8")


def _lying_blob(bad: Repository) -> None:
    """Its header promises a gigabyte."""
    bad.object_of(_PATH.format(1)).write_bytes(zlib.compress(b"blob 1000000000\0" + b"x" * 100))


def _truncated_blob(bad: Repository) -> None:
    path = bad.object_of(_PATH.format(1))
    path.write_bytes(path.read_bytes()[:40])


def _exploding_blob(bad: Repository) -> None:
    bad.add("Shop 9/Privacy Policy.md", "x" * 60_000_000)


def _truncated_commit(bad: Repository) -> None:
    digest = bad.git("rev-parse", "HEAD~1")
    path = bad.folder / ".git" / "objects" / digest[:2] / digest[2:]
    path.chmod(0o644)
    path.write_bytes(b"")


def _authors(bad: Repository) -> None:
    tree, parent = bad.git("rev-parse", "HEAD^{tree}"), bad.git("rev-parse", "HEAD")
    for author in (
        "A",
        "A <a> 99999999999999999999 +0000",
        "A <a> -5 +9999",
        "\x1b]0;x\x07 <> x y",
    ):
        raw = (
            (
                f"tree {tree}\nparent {parent}\nauthor {author}\n"
                "committer A <a@example.org> 1577836800 +0000\n\n"
            ).encode()
            + b'{"url": "http://a.example/\\ud800", "timestamp": '
            + b"[" * 5000
        )
        parent = bad.git("hash-object", "-t", "commit", "-w", "--literally", "--stdin", given=raw)
    bad.git("update-ref", "HEAD", parent)


def _elsewhere(bad: Repository) -> None:
    """A `.git` file that leads to another repository, with a secret."""
    secret = Repository(bad.folder.with_name("secret"), bad.executed)
    (bad.folder / ".git").rename(bad.folder / "gone")
    (bad.folder / ".git").write_text(f"gitdir: {secret.folder / '.git'}\n", "utf-8")


def _includes(bad: Repository) -> None:
    os.mkfifo(bad.folder / ".git" / "pipe")
    with (bad.folder / ".git" / "config").open("a", encoding="utf-8") as config:
        config.write("[include]\n\tpath = pipe\n\tpath = /dev/zero\n")


def _pipe(bad: Repository) -> None:
    """Where the branch should be."""
    (bad.folder / ".git" / "refs" / "heads" / "main").unlink()
    os.mkfifo(bad.folder / ".git" / "refs" / "heads" / "main")


def _pipe_for_a_text(bad: Repository) -> None:
    path = bad.object_of(_PATH.format(1))
    path.unlink()
    os.mkfifo(path)


def _names(bad: Repository) -> None:
    for name in ("-option/--exec=touch.md", "a\nb/x.md", "caf\udce9.md", "con/aux.md"):
        path = os.path.join(os.fsencode(bad.folder), os.fsencode(name))  # noqa: PTH118
        os.makedirs(os.path.dirname(path), exist_ok=True)  # noqa: PTH103, PTH120
        with open(path, "w", encoding="utf-8") as file:  # noqa: PTH123
            file.write(text(repr(name)))
    bad.git("add", "--all", ".")
    bad.git("commit", "--quiet", "--message", "Names")


def _renames(bad: Repository) -> None:
    for number in range(100):
        bad.folder.joinpath(f"Old {number}").mkdir()
        words = text(f"shop {number}", f"## Number\n\nIt is {number}.")
        (bad.folder / f"Old {number}" / "Privacy Policy.md").write_text(words, "utf-8")
    bad.git("add", "--all", ".")
    bad.git("commit", "--quiet", "--message", "Old")
    for number in range(100):
        (bad.folder / f"Old {number}").rename(bad.folder / f"New {99 - number}")
        path = bad.folder / f"New {99 - number}" / "Privacy Policy.md"
        path.write_text(path.read_text("utf-8") + "\nOne line more.\n", "utf-8")
    bad.git("add", "--all", ".")
    bad.git("commit", "--quiet", "--message", "New")


HARMS: dict[str, Callable[[Repository], None]] = {
    "programs in its configuration": _programs,
    "hooks": _hooks,
    "filters and drivers": _filters,
    "an absent blob and a remote that runs a command": _lazy,
    "other formats in its configuration": _formats,
    "grafts": _grafts,
    "5,000 dead alternates": _alternates,
    "a blob with a lying size": _lying_blob,
    "a truncated blob": _truncated_blob,
    "a blob of 60 MB": _exploding_blob,
    "a truncated commit": _truncated_commit,
    "authors and messages that are none": _authors,
    "a .git file that leads elsewhere": _elsewhere,
    "a configuration that never ends": _includes,
    "a pipe for a branch": _pipe,
    "a pipe for a text": _pipe_for_a_text,
    "odd names": _names,
    "100 x 100 renames": _renames,
}
UNUSABLE = (_elsewhere, _pipe)
"""What leaves nothing to read, which is then said."""
LONG = (_alternates, _pipe, _pipe_for_a_text, _renames, _exploding_blob)
"""What takes long to make or, for pipes, to give up."""
