"""`policy-archive build`: the archive as finished HTML, without any engine or theme."""

import argparse
import logging
from functools import partial
from pathlib import Path

from policy_archive.cli.add import add_project
from policy_archive.cli.command import FINE, Commands, add_command
from policy_archive.cli.sources import here
from policy_archive.site.project.archive import up_to_date
from policy_archive.site.search import index
from policy_archive.standalone.writer import write
from policy_archive.text.sentences import counted

log = logging.getLogger("policy_archive")


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
    project = here(options.config_file)
    asked, absent = project.options.search, index.missing()
    if absent and asked != "built-in":
        log.warning(
            'there is no page search/: it needs %s (pip install "mkdocs-policy-archive[search]")',
            " and ".join(absent),
        )
    with up_to_date(project, search_page=asked != "built-in" and not absent) as publication:
        add_search = partial(index.build, publication, cache=project.cache)
        count = write(publication, options.folder, add_search)
    if not options.quiet:
        print(f"{counted(count, 'file')} in {options.folder}")
    return FINE
