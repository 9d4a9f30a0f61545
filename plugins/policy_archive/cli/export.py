"""`policy-archive export`: a project's archive as tables, without a site."""

import argparse
import json
import logging
from collections.abc import Iterator
from pathlib import Path

from policy_archive.build.cache import DATA
from policy_archive.build.progress import Progress
from policy_archive.build.update import named
from policy_archive.cli.command import FINE, Commands, add_command
from policy_archive.cli.output import place, printable
from policy_archive.cli.sources import Reading, reading
from policy_archive.dataset import files, parquet_file
from policy_archive.dataset.export import export, export_sqlite
from policy_archive.dataset.rows import Contents
from policy_archive.dataset.sections import Sections
from policy_archive.site.project.publication import about
from policy_archive.topics import taxonomy

log = logging.getLogger(__name__)

FORMATS = ("tables", "sqlite")


def register(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "export",
        run,
        summary="write the archive as tables",
        description="Write the archive of a project as tables, without a site: its snapshots, "
        "passages,\nchanges and doubts.",
        examples="""policy-archive export tables
                    policy-archive export tables --format sqlite""",
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path("data"),
        metavar="FOLDER",
        help="where to write (default: the folder `data` here); tables of an earlier export are "
        "replaced, other files stay",
    )
    parser.add_argument(
        "--format",
        choices=FORMATS,
        default=FORMATS[0],
        help="tables: compressed CSV and, with the extra `data`, Parquet, with a Data Package; "
        "sqlite: one file (default: %(default)s)",
    )
    parser.add_argument(
        "-f",
        "--config-file",
        type=Path,
        metavar="FILE",
        help="the project's configuration (default: mkdocs.yml in the current folder or above)",
    )
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="name no files, and show no progress"
    )


def run(options: argparse.Namespace) -> int:
    """Do it."""
    with reading((), options.config_file) as asked:
        for file in _written(asked, options):
            if not options.quiet:
                print(printable(place(file)))
    return FINE


def _written(asked: Reading, options: argparse.Namespace) -> Iterator[Path]:
    by_name = named(asked.sources)
    terms = taxonomy.load(json.loads(asked.settings.topics))
    sections = Sections(asked.texts, by_name, asked.settings)
    contents = Contents(asked.catalogue, sections, terms)
    assert asked.project  # it is read as a whole
    said = about(asked.project.options, asked.project.config)
    with asked.lock:
        with Progress("Reading policies", hidden=options.quiet) as progress:
            asked.bring_up_to_date(by_name, progress)
        if options.format == "sqlite":
            yield from export_sqlite(contents, said, options.folder)
            return
        if not parquet_file.available():
            log.info(parquet_file.ABSENT)
        with Progress("Writing rows", hidden=options.quiet) as progress:
            folder = asked.cache and asked.cache / DATA
            found = files.update(contents, folder, progress)
    yield from export(found, contents, said, options.folder)
