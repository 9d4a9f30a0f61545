"""`policy-archive init`: a project that builds at once."""

import argparse
import shlex
from pathlib import Path

from policy_archive.cli.command import FINE, Commands, add_command
from policy_archive.cli.output import printable
from policy_archive.errors import ProjectError
from policy_archive.intake import new_project
from policy_archive.site.project.project import NAMES


def register(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "init",
        run,
        summary="begin an archive: a project that builds at once",
        description="Write a new project: its configuration, a home page, a folder for captures, "
        "and a workflow\nthat publishes it. Nothing that is there is ever overwritten.",
        examples="""policy-archive init
                    policy-archive init my-archive""",
    )
    parser.add_argument(
        "folder",
        nargs="?",
        type=Path,
        default=Path(),
        metavar="DIR",
        help="the project's folder, made if need be (default: the current one)",
    )


def run(options: argparse.Namespace) -> int:
    """Do it."""
    folder: Path = options.folder
    for name in NAMES:
        if (folder / name).exists():
            raise ProjectError(
                f"{folder / name}: there is a project in this folder already; name another folder"
            )
    new_project.create(folder)
    print(printable(f"A new archive is in {folder.absolute()}. What comes next:"))
    if folder.absolute() != Path.cwd():
        print(printable(f"  cd {shlex.quote(str(folder))}"))
    print("  policy-archive add https://example.com/privacy --from 2015 --every year")
    print("  mkdocs serve")
    if folder.absolute() == Path.cwd():
        print("  policy-archive check")
    return FINE
