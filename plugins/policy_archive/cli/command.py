"""What all commands have in common: how they are declared, and their exit statuses."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, TypeAlias

FINE = 0
PROBLEMS = 1
USED_WRONGLY = 2

Commands: TypeAlias = "argparse._SubParsersAction[Parser]"
"""Where a command's module registers itself."""


class Parser(argparse.ArgumentParser):
    """A parser whose help keeps its line breaks, and whose complaints are one line."""

    def __init__(self, **options: object) -> None:
        """Takes what `argparse.ArgumentParser` takes."""
        shown = argparse.RawDescriptionHelpFormatter
        super().__init__(formatter_class=shown, allow_abbrev=False, **options)  # type: ignore[arg-type]

    def error(self, message: str) -> NoReturn:
        """End the process: the command line cannot be used."""
        self.exit(USED_WRONGLY, f"{self.prog}: {message}; see {self.prog} --help\n")


def add_command(
    commands: Commands,
    name: str,
    run: Callable[[argparse.Namespace], int],
    *,
    summary: str,
    description: str,
    examples: str,
    problems: str = "",
) -> Parser:
    """Declare a command.

    `run` does it and gives back the exit status. `summary` stands in the list of commands,
    `examples` has one a line, and `problems` tells when the status is 1, if it ever is.
    """
    parser = commands.add_parser(
        name, help=summary, description=description, epilog=epilog(examples, problems)
    )
    parser.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help="say more on standard error, with a traceback where the program itself is at fault",
    )
    parser.set_defaults(run=run)
    return parser


def epilog(examples: str, problems: str) -> str:
    """How help ends: with examples, and with what the exit status says."""
    lines = "\n".join(f"  {line.strip()}" for line in examples.strip().splitlines())
    status = f"\n  1    {problems}" if problems else ""
    return (
        f"examples:\n{lines}\n\nexit status:\n  0    fine{status}\n"
        "  2    used wrongly, or it could not be done\n  130  interrupted"
    )


def add_reading(parser: Parser, quiet: str) -> None:
    """Arguments of commands that read archived texts; `quiet` tells what `-q` leaves out."""
    parser.add_argument(
        "paths",
        nargs="*",
        type=Path,
        metavar="PATH",
        help="a file, a folder, or the root of a git repository (default: all that the project's "
        "site is made of)",
    )
    parser.add_argument(
        "-f",
        "--config-file",
        type=Path,
        metavar="FILE",
        help="the project's configuration (default: mkdocs.yml in the folder of the first PATH, or "
        "in one above it; then the same for the current folder)",
    )
    parser.add_argument("-q", "--quiet", action="store_true", help=quiet)
