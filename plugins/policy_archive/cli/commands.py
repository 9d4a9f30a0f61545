"""All commands: which there are, and what becomes of an error in any of them."""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module, metadata

from policy_archive import __version__
from policy_archive.cli.command import FINE, USED_WRONGLY, Parser, epilog
from policy_archive.cli.output import log_to_stderr, printable, use_utf8
from policy_archive.errors import ArchiveError

COMMANDS = (
    *("init", "add", "update", "withdraw", "inspect", "label", "check", "build", "export"),
    *("mcp", "cache"),
)
"""Modules of this package, in the order in which `--help` lists them."""


def run(arguments: Sequence[str] | None) -> int:
    """Run one command, and give back its exit status; errors are one line on standard error."""
    options = argparse.Namespace(verbose=False, quiet=False)
    use_utf8()
    try:
        parser().parse_args(arguments, options)
        with log_to_stderr(verbose=options.verbose, quiet=options.quiet):
            status = int(options.run(options))
        sys.stdout.flush()
        return status
    except BrokenPipeError:  # the reader of our output has seen enough
        _leave_stdout()
        return FINE
    except ArchiveError as error:
        _say(str(error))
    except OSError as error:
        _leave_stdout()
        _say(": ".join(str(part) for part in (error.filename, error.strerror or error) if part))
    except Exception as error:
        if options.verbose:
            traceback.print_exc()
        _say(
            f"a fault of this program, {type(error).__name__}: {error}; "
            f"{'' if options.verbose else '-v shows where; '}please report it{_where_to_report()}"
        )
    return USED_WRONGLY


def parser() -> Parser:
    """The parser of the whole command line; each command adds its own part."""
    whole = Parser(
        prog="policy-archive",
        description="What an archive's files say and what is wrong with them, without a site.",
        epilog=epilog(
            """policy-archive check
               policy-archive COMMAND --help""",
            problems="there are problems, or texts that could not be read",
        ),
    )
    whole.add_argument("--version", action="version", version=__version__)
    commands = whole.add_subparsers(required=True, metavar="COMMAND", title="commands")
    for name in COMMANDS:
        import_module(f"policy_archive.cli.{name}").register(commands)
    return whole


def _say(message: str) -> None:
    print(printable(f"policy-archive: {' '.join(message.split())}"), file=sys.stderr)


def _where_to_report() -> str:
    """The address of the project's issues, as the installed package names it."""
    with suppress(metadata.PackageNotFoundError):
        for entry in metadata.metadata("mkdocs-policy-archive").get_all("Project-URL") or ():
            name, _, address = entry.partition(", ")
            if name.casefold() == "issues":
                return f": {address}"
    return ""


def _leave_stdout() -> None:
    """What is left to print goes nowhere, so that the interpreter's end does not trip over it."""
    with suppress(OSError, ValueError):  # of a stream that is no file
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
