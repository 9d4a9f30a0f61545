"""`policy-archive cache`: what is kept between builds, and how to be rid of it."""

import argparse
from pathlib import Path

from policy_archive.build import cache
from policy_archive.cli.command import FINE, Commands, add_command
from policy_archive.site.project import project


def register(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "cache",
        run,
        summary="show what is kept between builds, or clear it",
        description="Show what a project keeps between builds, in .cache/policy-archive/.",
        examples="""policy-archive cache
                    policy-archive cache ../other-project --clear""",
    )
    parser.add_argument(
        "project",
        nargs="?",
        type=Path,
        default=Path(),
        metavar="PROJECT",
        help="any folder of the project (default: the current one)",
    )
    parser.add_argument(
        "--clear", action="store_true", help="remove it all, which costs the next build time only"
    )


def run(options: argparse.Namespace) -> int:
    """Do it."""
    file = project.above(options.project)
    folder = cache.cache_folder(file.parent if file else options.project)
    for line in cache.contents(folder):
        print(line)
    if options.clear:
        cache.clear(folder)
        print(f"{folder}: cleared")
    return FINE
