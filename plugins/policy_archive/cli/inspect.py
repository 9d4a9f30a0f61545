"""`policy-archive inspect`: what each archived text is read as."""

import argparse
import json
import logging
import sys
from collections.abc import Iterable, Iterator
from textwrap import indent

from policy_archive.build.progress import Progress
from policy_archive.build.tasks import failure
from policy_archive.build.visit import known_record
from policy_archive.cli.command import FINE, PROBLEMS, Commands, add_command, add_reading
from policy_archive.cli.outline import as_text
from policy_archive.cli.output import named
from policy_archive.cli.sources import Reading, reading
from policy_archive.model import Record
from policy_archive.pages.data.inspection import Json, as_json
from policy_archive.sources.files import Source
from policy_archive.topics import taxonomy
from policy_archive.topics.corrections import Corrections, load

log = logging.getLogger(__name__)


def register(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "inspect",
        run,
        summary="print what each archived text is read as",
        description="Print what each archived text is read as, one after the other: provenance, "
        "sections,\ntopics, ledger and doubts. Of a git repository, every version is read.",
        examples="""policy-archive inspect content/policies/example.com.md
                    policy-archive inspect --format jsonl > archive.jsonl
                    policy-archive inspect --format text ../versions.git | less""",
        problems="a text could not be read",
    )
    add_reading(parser, quiet="show no progress, and of remarks errors only")
    parser.add_argument(
        "--format",
        choices=("json", "jsonl", "text"),
        default="json",
        help="json: one object for a file, a list for anything else; jsonl: one object a line; "
        "text: an outline to read (default: %(default)s)",
    )


def run(options: argparse.Namespace) -> int:
    """Do it."""
    failed: list[Source] = []
    # Where results scroll by, they are the progress.
    hidden = options.quiet or sys.stdout.isatty()
    with (
        reading(options.paths, options.config_file) as asked,
        Progress("Reading policies", hidden=hidden) as progress,
    ):
        records = _records(asked, failed, progress)
        terms = taxonomy.load(json.loads(asked.settings.topics))
        if options.format == "text":
            for record in records:
                print(as_text(record))
        elif options.format == "jsonl":
            for record in records:
                print(json.dumps(as_json(record, terms), ensure_ascii=False))
        elif len(options.paths) == 1 and options.paths[0].is_file():
            for record in records:
                print(_indented(as_json(record, terms)))
        else:
            _print_list(as_json(record, terms) for record in records)
    return PROBLEMS if failed else FINE


def _records(asked: Reading, failed: list[Source], progress: Progress) -> Iterator[Record]:
    """Every record, one at a time; sources of which there is none go to `failed`."""
    terms = taxonomy.load(json.loads(asked.settings.topics))
    labels = asked.beside.labels
    corrections, _ = load(labels, terms) if labels else (Corrections(), ())
    for number, source in enumerate(asked.sources, 1):
        if source.problem:
            mild = source.problem.code == "not-read" or source.problem.severity == "doubt"
            level = logging.WARNING if mild else logging.ERROR
            log.log(level, "%s: %s", named(source), source.problem.message)
            if level == logging.ERROR:
                failed.append(source)
            continue
        try:
            record = known_record(source, asked.settings, asked.texts)
        except Exception as error:  # one text, however broken, must not stop the others
            failed.append(source)
            reason = isinstance(error, OSError) and error.strerror
            reason = reason or failure(error)
            log.error("%s: could not be read (%s)", named(source), reason)
            continue
        snapshot = record.snapshot
        if source.keeps(snapshot.kind, snapshot.captured, record.language):
            yield corrections.apply(record)
        progress(number, len(asked.sources))


def _print_list(found: Iterable[Json]) -> None:
    """Print a JSON list as its members come."""
    before = "["
    for each in found:
        print(before, indent(_indented(each), "  "), sep="\n", end="")
        before = ","
    print("[]" if before == "[" else "\n]")


def _indented(found: Json) -> str:
    return json.dumps(found, ensure_ascii=False, indent=2)
