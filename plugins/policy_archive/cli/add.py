"""`policy-archive add`: captures from files, crawls and web archives into the project's folder."""

import argparse
import hashlib
import sys
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from policy_archive.build.progress import Progress
from policy_archive.catalogue.published import withdrawn
from policy_archive.cli.command import FINE, PROBLEMS, USED_WRONGLY, Commands, Parser, add_command
from policy_archive.cli.main import INTERRUPTED
from policy_archive.cli.output import place, printable
from policy_archive.cli.sources import here
from policy_archive.intake.capture import Capture, IntakeError
from policy_archive.intake.events import LeftOut, Tally, take
from policy_archive.intake.folder import Folder
from policy_archive.intake.interrupt import Interrupt
from policy_archive.intake.jobs import Intake, Job, replay_of
from policy_archive.intake.saved import Said
from policy_archive.intake.wayback.history import EVERY
from policy_archive.site.project.project import Project
from policy_archive.sources.site_names import site_name
from policy_archive.text.dates import moment
from policy_archive.text.sentences import counted
from policy_archive.text.words import slug

_MOST_LEFT_OUT = 20
"""Captures left out that are listed one by one; `-v` lists all."""


def register(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "add",
        run,
        summary="add captures from web archives, crawls and files",
        description="Write captures into the project's folder of policies, each under its moment, "
        "with a file beside it\nthat says where it comes from. What is there is never changed; the "
        "same capture twice is one, and an\ninterrupted run is simply begun again.",
        examples="""policy-archive add https://example.com/privacy --from 2015 --every year
                    policy-archive add https://web.archive.org/web/20140521173313/http://example.com/privacy
                    policy-archive add crawl.wacz --match privacy
                    policy-archive add letter.pdf --site example.com --captured 2019-05-01
                    policy-archive add --list addresses.csv""",
        problems="something could not be added",
    )
    parser.add_argument(
        "sources",
        nargs="*",
        metavar="SOURCE",
        help="the address of a page or of a capture of it, a saved file (HTML, SingleFile, MHTML, "
        "Markdown, text, PDF, DOCX), a crawl (WARC, WACZ, a folder of Browsertrix or ArchiveBox), "
        "a list (CSV, declarations of Open Terms Archive), or a folder of these (default: none)",
    )
    parser.add_argument(
        "--list",
        action="append",
        default=[],
        metavar="FILE",
        help="a list of addresses: one a line, a CSV file with url, date and kind, or a "
        "declaration of Open Terms Archive; - reads standard input (default: none)",
    )
    _add_history(parser)
    parser.add_argument(
        "--match",
        action="append",
        default=[],
        metavar="PATTERN",
        help="of crawls, take only addresses that have this in them, or that it fits as a whole "
        "with * and ?; may be given several times (default: all pages)",
    )
    _add_said(parser)
    add_project(parser)


def _add_history(parser: Parser) -> None:
    """Which captures of an address are wanted."""
    parser.add_argument(
        "--from",
        dest="first",
        type=_first,
        metavar="DATE",
        help="of addresses, captures from this year, month or day on (default: the first)",
    )
    parser.add_argument(
        "--to",
        dest="last",
        type=_last,
        metavar="DATE",
        help="of addresses, captures up to the end of this year, month or day (default: the last)",
    )
    add_every(parser)


def add_every(parser: Parser) -> None:
    """How captures are chosen, and of which archive."""
    parser.add_argument(
        "--every",
        choices=EVERY,
        default="change",
        help="change: each capture whose bytes differ from those before; month, year: the first "
        "of each (default: %(default)s)",
    )
    parser.add_argument(
        "--archive",
        type=_archive,
        metavar="URL",
        help="another web archive: what stands before the moment in the addresses of its captures "
        "(default: https://web.archive.org/web)",
    )


def _add_said(parser: Parser) -> None:
    """What is said of captures that they do not say of themselves."""
    parser.add_argument(
        "--site", default="", metavar="SITE", help="whose policy it is (default: as it says)"
    )
    parser.add_argument(
        "--kind",
        type=slug,
        metavar="KIND",
        help="the kind of terms (default: as its address says, else privacy-policy)",
    )
    parser.add_argument(
        "--captured",
        type=_moment,
        metavar="DATE",
        help="of saved files, when the page was captured (default: as they say)",
    )
    parser.add_argument(
        "--url",
        default="",
        metavar="URL",
        help="of saved files, the page's address (default: as they say)",
    )


def add_project(parser: Parser) -> None:
    """Arguments that every command has which changes a project."""
    parser.add_argument(
        "-f",
        "--config-file",
        type=Path,
        metavar="FILE",
        help="the project's configuration (default: mkdocs.yml in the current folder or above)",
    )
    parser.add_argument("-q", "--quiet", action="store_true", help="say only what went wrong")


def _archive(text: str) -> str:
    try:
        return replay_of(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _moment(text: str) -> str:
    found = moment(text)
    if not found:
        raise argparse.ArgumentTypeError(f"{text!r} is no date; write 2019-05-01")
    return found


def _first(text: str) -> str:
    return _bound(text, "00000101000000")


def _last(text: str) -> str:
    return _bound(text, "99991231235959")


def _bound(text: str, rest: str) -> str:
    """A year, month or day as 14 digits, with what is not said taken from `rest`."""
    digits = text.replace("-", "").replace(":", "").replace("T", "").removesuffix("Z")
    for day in ("31", "30", "29", "28"):  # the last that the month has
        ending = rest if rest < "9" else f"{rest[:6]}{day}{rest[8:]}"
        whole = f"{digits}{ending[len(digits) :]}"
        if digits.isdecimal() and len(digits) in (4, 6, 8, 14) and moment(whole):
            return whole
    raise argparse.ArgumentTypeError(f"{text!r} is no date; write 2015, 2015-06 or 2015-06-30")


def run(options: argparse.Namespace) -> int:
    """Do it."""
    if not options.sources and not options.list:
        print("policy-archive add: name a SOURCE, or a --list; see --help", file=sys.stderr)
        return USED_WRONGLY
    project = here(options.config_file)
    site = site_name(options.site) if options.site else ""
    with Interrupt(say) as interrupt:
        intake = Intake(
            folder_of(project),
            interrupt,
            say,
            Said(site, options.kind or "", options.captured or "", options.url),
            tuple(options.match),
            options.first or "",
            options.last or "",
            options.every,
            options.archive or "",
        )
        named = (_jobs(source, intake.jobs) for source in options.sources)
        listed = (_jobs(name, intake.listed) for name in options.list)
        return work(chain.from_iterable(chain(named, listed)), intake, options)


def folder_of(project: Project) -> Folder:
    """The folder of a project's captures, which takes nothing that was withdrawn."""
    hidden = withdrawn.read(project.withdrawn_list)

    def hides(it: Capture) -> bool:
        digest = hashlib.sha256(it.data).hexdigest()
        return hidden.hides(it.site, it.kind, it.captured, digest)

    return Folder(project.captures, hides)


def _jobs(source: str, jobs: object) -> Iterator[Job]:
    try:
        yield from jobs(source)  # type: ignore[operator]
    except IntakeError as error:
        fault = LeftOut(source, str(error), failed=True)
        yield Job(source, lambda: iter([fault]))


def work(
    jobs: Iterable[Job], intake: Intake, options: argparse.Namespace, *, only_news: bool = False
) -> int:
    """Do `jobs` one after the other and print what comes of each; the exit status.

    With `only_news`, of what nothing was added and nothing left out, nothing is printed.
    """
    failed = False
    try:
        for job in jobs:
            tally = _done(job, intake, quiet=options.quiet)
            if tally.added or tally.left_out or not only_news:
                report(job.name, tally, quiet=options.quiet, whole=options.verbose)
            failed = failed or any(it.failed for it in tally.left_out)
            if intake.interrupt.wanted:
                say("interrupted; the same command goes on where it stopped")
                return INTERRUPTED
    finally:
        intake.close()
    return PROBLEMS if failed else FINE


def _done(job: Job, intake: Intake, *, quiet: bool) -> Tally:
    tally = Tally()
    with Progress(f"Adding {job.name}", hidden=quiet) as progress:
        try:
            for _ in take(job.events(), intake.folder, tally):
                progress(tally.done, max(tally.total, tally.done))
                if intake.interrupt.wanted:
                    break
        except IntakeError as error:
            tally.left_out.append(LeftOut(job.name, str(error), failed=True))
        except KeyboardInterrupt:
            if not intake.interrupt.wanted:
                raise
    return tally


def report(source: str, tally: Tally, *, quiet: bool, whole: bool) -> None:
    """Print what came of a source: counts, then what was left out and why."""
    if not quiet:
        counts = [f"{counted(len(tally.added), 'capture')} added"]
        if tally.known:
            counts.append(f"{tally.known:,} there already")
        if tally.left_out:
            counts.append(f"{len(tally.left_out):,} left out")
        print(printable(f"{source}: {', '.join(counts)}"))
        for folder in sorted({place(file.parent) for file in tally.added}):
            print(printable(f"  in {folder}"))
        for remark in tally.remarks:
            print(printable(f"  {remark}"))
    shown = [it for it in tally.left_out if it.failed or not quiet]
    for it in shown if whole else shown[:_MOST_LEFT_OUT]:
        print(printable(f"  left out {it.name}: {it.why.removeprefix(f'{it.name}: ')}"))
    if not whole and len(shown) > _MOST_LEFT_OUT:
        print(f"  and {len(shown) - _MOST_LEFT_OUT:,} more, which -v lists")


def say(message: str) -> None:
    """Tell the person, beside the results."""
    print(printable(f"policy-archive: {message}"), file=sys.stderr, flush=True)
