"""`policy-archive add`: captures from files, crawls and web archives into the project's folder."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from policy_archive.build.progress import Progress
from policy_archive.cli.command import FINE, PROBLEMS, Commands, Parser, add_command
from policy_archive.cli.output import place, printable
from policy_archive.cli.sources import here
from policy_archive.errors import SourceError
from policy_archive.intake import crawled, saved
from policy_archive.intake.capture import IntakeError
from policy_archive.intake.events import Event, LeftOut, Tally, take
from policy_archive.intake.folder import Folder
from policy_archive.intake.saved import Said
from policy_archive.sources.site_names import site_name
from policy_archive.sources.warc.container import crawls, is_crawl
from policy_archive.text.dates import moment
from policy_archive.text.sentences import counted
from policy_archive.text.words import slug


def register(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "add",
        run,
        summary="add captures from files, crawls and web archives",
        description="Write captures into the project's folder of policies, each under its moment, "
        "with a file beside it\nthat says where it comes from. What is there is never changed; the "
        "same capture twice is one.",
        examples="""policy-archive add saved/privacy.html
                    policy-archive add letter.pdf --site example.com --captured 2019-05-01
                    policy-archive add crawl.wacz --match privacy""",
        problems="something could not be added",
    )
    parser.add_argument(
        "sources",
        nargs="*",
        metavar="SOURCE",
        help="a saved file (HTML, SingleFile, MHTML, Markdown, text, PDF, DOCX), a crawl (WARC, "
        "WACZ, a folder of Browsertrix or ArchiveBox), or a folder of these (default: none)",
    )
    parser.add_argument(
        "--match",
        action="append",
        default=[],
        metavar="PATTERN",
        help="of crawls, take only addresses that have this in them, or that it fits as a whole "
        "with * and ?; may be given several times (default: all pages)",
    )
    add_said(parser)
    parser.add_argument(
        "-f",
        "--config-file",
        type=Path,
        metavar="FILE",
        help="the project's configuration (default: mkdocs.yml in the current folder or above)",
    )
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="say only what could not be added"
    )


def add_said(parser: Parser) -> None:
    """Arguments that say of captures what these do not say of themselves."""
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


def _moment(text: str) -> str:
    found = moment(text)
    if not found:
        raise argparse.ArgumentTypeError(
            f"{text!r} is no date; write 2019-05-01 or 2019-05-01T12:00:00Z"
        )
    return found


def run(options: argparse.Namespace) -> int:
    """Do it."""
    folder = Folder(here(options.config_file).captures)
    failed = False
    for source in options.sources:
        tally = _added(source, folder, options)
        report(source, tally, quiet=options.quiet)
        failed = failed or any(it.failed for it in tally.left_out)
    return PROBLEMS if failed else FINE


def _added(source: str, folder: Folder, options: argparse.Namespace) -> Tally:
    tally = Tally()
    with Progress(f"Adding {source}", hidden=options.quiet) as progress:
        try:
            for _ in take(_events(source, options), folder, tally):
                progress(tally.done, max(tally.total, tally.done))
        except IntakeError as error:
            tally.left_out.append(LeftOut(source, str(error), failed=True))
    return tally


def _events(source: str, options: argparse.Namespace) -> Iterator[Event]:
    """What comes of one source."""
    path = Path(source)
    if not path.exists():
        raise SourceError(f"{source}: no such file or folder")
    site = site_name(options.site) if options.site else ""
    said = Said(site, options.kind or "", options.captured or "", options.url)
    if is_crawl(path):
        return crawled.events(path, options.match, said)
    if path.is_dir() and (boxes := crawled.boxed(path)):
        return crawled.of_boxes(boxes, options.match, said)
    if path.is_dir() and crawls(path):
        return crawled.events(path, options.match, said)
    return saved.events(path, said)


def report(source: str, tally: Tally, *, quiet: bool) -> None:
    """Print what came of a source: counts, then what was left out and why."""
    if not quiet:
        counts = [f"{counted(len(tally.added), 'capture')} added"]
        if tally.known:
            counts.append(f"{tally.known:,} there already")
        if tally.left_out:
            counts.append(f"{len(tally.left_out):,} left out")
        folders = sorted({place(file.parent) for file in tally.added})
        print(printable(f"{source}: {', '.join(counts)}"))
        for folder in folders:
            print(printable(f"  in {folder}"))
        for remark in tally.remarks:
            print(printable(f"  {remark}"))
    for it in tally.left_out:
        if it.failed or not quiet:
            print(printable(f"  left out {it.name}: {it.why}"))
