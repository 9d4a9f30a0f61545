"""`policy-archive mcp`: language models on one's own machine ask the archive."""

import argparse
from pathlib import Path

from policy_archive.cli.command import FINE, Commands, add_command
from policy_archive.errors import ProjectError
from policy_archive.site.project.opened import opened, project_of


def register(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "mcp",
        run,
        summary="let an assistant on this machine ask the archive",
        description="Answer an assistant's questions over the Model Context Protocol, on standard "
        "input and output, until\nthese are closed: `search`, `snapshot`, `compare` and `changes`. "
        "Answers are permalinks and quotations;\nthe archive is read, and nothing is written or "
        "sent anywhere. Needs the extra `mcp`.",
        examples="""policy-archive mcp
                    policy-archive mcp -f archive/mkdocs.yml""",
    )
    parser.add_argument(
        "-f",
        "--config-file",
        type=Path,
        metavar="FILE",
        default=Path(),
        help="the project's configuration (default: mkdocs.yml in the current folder, or in one "
        "above it)",
    )


def run(options: argparse.Namespace) -> int:
    """Do it."""
    try:
        from policy_archive.assistant.server import server  # noqa: PLC0415  (an extra)
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != "mcp":
            raise
        raise ProjectError(
            "mcp: the extra is not installed: pip install 'mkdocs-policy-archive[mcp]'"
        ) from error
    with opened(project_of(options.config_file)) as archive:
        server(archive).run("stdio")
    return FINE
