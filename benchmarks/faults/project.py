"""A small archive of own-made texts, built through the command line as a maintainer builds it."""

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import yaml

BUILD = (sys.executable, "-m", "mkdocs", "build")
ENVIRONMENT = os.environ | {
    "SOURCE_DATE_EPOCH": "1750000000",
    "NO_MKDOCS_2_WARNING": "1",
    "PYTHONFAULTHANDLER": "1",
}
LONGEST = 300
"""Seconds after which a build hangs."""

_SECTIONS = (
    "We collect your name and e-mail address when you order from {name}.",
    "## Cookies\n\nWe use cookies to remember your basket. Your browser can refuse them.",
    "## Sharing\n\nWe share information with carriers. We do not sell your personal information.",
    "## Security\n\nPayments are encrypted. No measure is perfect.",
    "## Changes\n\nWe may change this policy, and will then say so on this page.",
)


class Outcome(NamedTuple):
    """How a build ended."""

    status: int | None
    """None: it hung."""
    output: str
    seconds: float

    @property
    def traceback(self) -> bool:
        """Whether it ended by a fault of ours."""
        crashed = self.status is not None and self.status < 0
        return crashed or any(
            sign in self.output for sign in ("Traceback (most recent call last)", "Fatal Python")
        )


class Result(NamedTuple):
    """A row of the table."""

    name: str
    tries: int = 0
    executed: int = 0
    """Code of an attacker that ran, or what it had fetched."""
    wrong: int = 0
    """Sites that are not what a build from nothing makes, or lack what is sound."""
    tracebacks: int = 0
    hung: int = 0
    details: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """Whether nothing happened."""
        return not (self.executed or self.wrong or self.tracebacks or self.hung)


def text(name: str, *more: str) -> str:
    """A policy of a dozen sentences."""
    sections = [section.replace("{name}", name) for section in _SECTIONS]
    return "\n\n".join(["# Privacy Policy", *sections, *more]) + "\n"


def archived(site: str, stamp: str, policy: str) -> str:
    """`policy` with front matter that says where it is from."""
    return f"---\nsite: {site}\ncaptured: '{stamp}'\n---\n{policy}"


class Project:
    """A folder with four sites of two captures, and whatever is added to it."""

    def __init__(self, folder: Path, search: str = "built-in", **options: object) -> None:
        """Write it."""
        self.folder = folder
        self.policies = folder / "docs" / "policies"
        self.site = folder / "site"
        self.cache = folder / ".cache" / "policy-archive"
        self.policies.mkdir(parents=True)
        (folder / "docs" / "about.md").write_text("# About\n\nWords of our own.\n", "utf-8")
        plugin = {"search": search, **options}
        settings = {
            "site_name": "Faults",
            "site_url": "https://archive.example/",
            "docs_dir": "docs",
            "site_dir": "site",
            "theme": {"name": "material", "font": False},
            "plugins": ["search", {"policy-archive": plugin}],
        }
        (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), "utf-8")
        for name in ("lamps", "chairs", "desks", "sofas"):
            for year, more in (("2014", ()), ("2018", ("## Children\n\nNot for children.",))):
                site = f"{name}.example"
                self.write(
                    f"{name}-{year}.md", archived(site, f"{year}0521173313", text(name, *more))
                )

    def write(self, name: str, content: str) -> Path:
        """Add an archived file, or change one."""
        path = self.policies / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, "utf-8")
        return path

    def copied(self, folder: Path) -> "Project":
        """The same in another folder, with all that builds have left in it."""
        shutil.copytree(self.folder, folder, symlinks=True)
        copy = object.__new__(Project)
        copy.folder, copy.site = folder, folder / "site"
        copy.policies = folder / "docs" / "policies"
        copy.cache = folder / self.cache.relative_to(self.folder)
        return copy

    def start(
        self, *arguments: str, before: Sequence[str] = (), **options: object
    ) -> "subprocess.Popen[bytes]":
        """Begin a build, in a group of its own; `before` is what the command begins with."""
        return subprocess.Popen(  # type: ignore[call-overload]
            (*before, *BUILD, *arguments),
            cwd=self.folder,
            env=ENVIRONMENT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **options,
        )

    def build(self, *arguments: str, before: Sequence[str] = (), **options: object) -> Outcome:
        """Build, and wait."""
        started = time.monotonic()
        return finished(self.start(*arguments, before=before, **options), started)

    def state(self) -> dict[str, str]:
        """Every file of the site, by its digest."""
        return {
            path.relative_to(self.site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(self.site.rglob("*"))
            if path.is_file()
        }


def finished(process: "subprocess.Popen[bytes]", started: float) -> Outcome:
    """How `process` ends; what it started ends with it."""
    try:
        output, _ = process.communicate(timeout=LONGEST)
        status: int | None = process.returncode
    except subprocess.TimeoutExpired:
        kill(process)
        output, _ = process.communicate()
        status = None
    return Outcome(status, output.decode("utf-8", "replace"), time.monotonic() - started)


def kill(process: "subprocess.Popen[bytes]") -> None:
    """End it, and what it has started, at once."""
    os.killpg(process.pid, signal.SIGKILL)


Try = tuple[str, Outcome, Iterable[str], int]
"""What was tried, how the build ended, what is wrong with its site, and how much was executed."""


def counted(name: str, tries: Iterator[Try], tell: Callable[[str], None]) -> Result:
    """The tries as a row; each that went wrong is told at once."""
    result = Result(name)
    for title, outcome, wrong, executed in tries:
        faults = [*wrong]
        if outcome.traceback:
            last = outcome.output.strip().splitlines()[-1:] or [""]
            faults.append(f"traceback: {last[0][:200]}")
        if outcome.status is None:
            faults.append("it hung")
        if executed:
            faults.append(f"executed: {executed}")
        for fault in faults:
            tell(f"{name}: {title}: {fault}")
        result = result._replace(
            tries=result.tries + 1,
            executed=result.executed + executed,
            wrong=result.wrong + bool(list(wrong)),
            tracebacks=result.tracebacks + outcome.traceback,
            hung=result.hung + (outcome.status is None),
            details=(*result.details, *(f"{title}: {fault}" for fault in faults)),
        )
    return result


def differences(found: dict[str, str], expected: dict[str, str], most: int = 3) -> list[str]:
    """Sentences on files that are not what they should be."""
    names = sorted(n for n in found.keys() | expected.keys() if found.get(n) != expected.get(n))
    shown = [f"{name}: {found.get(name)}, not {expected.get(name)}" for name in names[:most]]
    return [*shown, f"and {len(names) - most} more"] if len(names) > most else shown
