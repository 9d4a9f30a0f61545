"""`policy-archive build`: the archive as finished HTML, without any engine or theme."""

import argparse
from pathlib import Path

from policy_archive.cli.add import add_project
from policy_archive.cli.command import FINE, Commands, add_command
from policy_archive.cli.sources import here
from policy_archive.site.project.archive import up_to_date
from policy_archive.standalone.writer import write
from policy_archive.text.sentences import counted


def register(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "build",
        run,
        summary="write the archive as finished HTML, for any web server or generator",
        description="Write every page and file of the archive into a folder, in a frame of its "
        "own that needs neither\nMkDocs nor a theme: for a bare web server, or into the site that "
        "Zensical or Hugo has built.",
        examples="""policy-archive build www
                    policy-archive build -f archive/mkdocs.yml site""",
    )
    parser.add_argument(
        "folder",
        type=Path,
        metavar="FOLDER",
        help="where to write; what others have written there stays",
    )
    add_project(parser)


def run(options: argparse.Namespace) -> int:
    """Do it."""
    with up_to_date(here(options.config_file)) as publication:
        count = write(publication, options.folder)
    if not options.quiet:
        print(f"{counted(count, 'file')} in {options.folder}")
    return FINE
