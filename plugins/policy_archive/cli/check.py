"""`policy-archive check`: every doubt and problem of an archive."""

import argparse
import json
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from policy_archive.build.archive import ReadArchive
from policy_archive.build.progress import Progress
from policy_archive.build.update import named
from policy_archive.catalogue.catalogue import Catalogue
from policy_archive.catalogue.questions import listings
from policy_archive.cli.command import FINE, PROBLEMS, Commands, add_command, add_reading
from policy_archive.cli.output import named as shown_name
from policy_archive.cli.output import place, printable
from policy_archive.cli.sources import reading
from policy_archive.diagnostics import NOTICES
from policy_archive.model import Notice
from policy_archive.sources.files import Source
from policy_archive.text.sentences import counted, nearest

SCHEMA = 1
"""Version of what `--format json` prints."""


def register(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "check",
        run,
        summary="list every doubt and problem of an archive",
        description="List every doubt and problem of an archive, with file and line. Doubts are "
        "facts that\nreaders are told of; problems are mistakes, and `mkdocs build --strict` fails "
        "for them too.",
        examples="""policy-archive check
                    policy-archive check --ignore no-date --ignore no-url
                    policy-archive check -q content/policies/example.com
                    policy-archive check --format github""",
        problems="there are problems",
    )
    add_reading(parser, quiet="list problems only, without progress and without a summary")
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default="text",
        help="text: one line each, with a summary; json: one object; github: annotations of GitHub "
        "Actions (default: %(default)s)",
    )
    parser.add_argument(
        "--ignore",
        action="append",
        type=_code,
        default=[],
        metavar="CODE",
        help="leave out doubts and problems of this code, which then do not count; may be given "
        "several times (default: none is left out)",
    )


def run(options: argparse.Namespace) -> int:
    """Do it."""
    with reading(options.paths, options.config_file) as asked:
        by_name = named(asked.sources)
        with asked.lock, Progress("Reading policies", hidden=options.quiet) as progress:
            read = asked.bring_up_to_date(by_name, progress)
        result = _result(asked.catalogue, by_name, read, frozenset(options.ignore))
    if options.quiet:
        result = result._replace(findings=[it for it in result.findings if it.is_problem])
    for line in FORMATS[options.format](result, options.quiet):
        print(line)
    return PROBLEMS if result.problems else FINE


class Finding(NamedTuple):
    """A doubt or a problem, and where it is."""

    file: str
    """What to call the text to a person."""
    revision: str
    """The commit, for a version in a repository: that is no file of the checkout."""
    notice: Notice

    @property
    def is_problem(self) -> bool:
        """Whether it is a mistake."""
        return self.notice.severity == "problem"


class Result(NamedTuple):
    """What came of checking an archive."""

    policies: int
    snapshots: int
    problems: int
    doubts: int
    ignored: int
    findings: list[Finding]


def _result(
    catalogue: Catalogue,
    sources: Mapping[str, Source],
    read: ReadArchive,
    ignored: frozenset[str],
) -> Result:
    found = [Finding(place(file), "", notice) for file, notice in read.wrong]
    for name, notice in catalogue.diagnostics():
        source = sources[name]
        found.append(Finding(shown_name(source), source.revision, notice))
    kept = [it for it in found if it.notice.code not in ignored]
    problems = sum(finding.is_problem for finding in kept)
    figures = listings.figures(catalogue)
    return Result(
        policies=figures.policies,
        snapshots=figures.snapshots,
        problems=problems,
        doubts=len(kept) - problems,
        ignored=len(found) - len(kept),
        findings=kept,
    )


def _text(result: Result, quiet: bool) -> Iterator[str]:
    for file, _, notice in result.findings:
        line = f"{file}:{notice.line}: {notice.severity}: {notice.message} [{notice.code}]"
        yield printable(line)
    if not quiet:
        yield _summary(result)


def _summary(result: Result) -> str:
    whole = (
        f"{counted(result.policies, 'policy', 'policies')}, "
        f"{counted(result.snapshots, 'snapshot')}: "
        f"{counted(result.problems, 'problem')}, {counted(result.doubts, 'doubt')}"
    )
    return f"{whole} ({result.ignored:,} ignored)" if result.ignored else whole


def _json(result: Result, quiet: bool) -> Iterator[str]:
    whole = {"schema": SCHEMA, **result._asdict()}
    whole["findings"] = [
        {
            "path": finding.file,
            "line": finding.notice.line,
            "severity": finding.notice.severity,
            "code": finding.notice.code,
            "message": finding.notice.message,
        }
        for finding in result.findings
    ]
    yield json.dumps(whole, ensure_ascii=False, indent=2)


def _github(result: Result, quiet: bool) -> Iterator[str]:
    """Workflow commands; whatever a file says or is called, it cannot give one of its own.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    for finding in result.findings:
        notice = finding.notice
        level = "error" if finding.is_problem else "notice"
        where = {"title": notice.code}
        message = notice.message
        if finding.revision:
            message = f"{finding.file}: {message}"
        else:
            where = {"file": _in_workspace(finding.file), "line": str(notice.line), **where}
        properties = ",".join(
            f"{name}={_escaped(value).replace(':', '%3A').replace(',', '%2C')}"
            for name, value in where.items()
        )
        yield f"::{level} {properties}::{_escaped(message)}"
    if not quiet:
        yield _summary(result)


def _in_workspace(file: str) -> str:
    """`file` from where GitHub takes it to be: the root of the checkout, not the current folder."""
    root = os.environ.get("GITHUB_WORKSPACE")
    whole = Path(file).absolute()
    return str(whole.relative_to(root) if root and whole.is_relative_to(root) else file)


def _escaped(value: str) -> str:
    return printable(value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))


FORMATS: Mapping[str, Callable[[Result, bool], Iterator[str]]] = {
    "text": _text,
    "json": _json,
    "github": _github,
}
"""What makes lines of a result; the other argument is whether a summary is unwelcome."""


def _code(name: str) -> str:
    if name not in NOTICES:
        raise argparse.ArgumentTypeError(f"there is no code {name!r}{nearest(name, NOTICES)}")
    return name
