"""What is printed: safe for any terminal, results on one stream and all else on the other."""

import logging
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path

from policy_archive.sources.files import Source

_LOGS = ("policy_archive", "mkdocs")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\ud800-\udfff]")


def printable(line: str) -> str:
    """`line` as one line that does nothing to a terminal: control characters are spelt out.

    Archived texts and the names of their files are foreign, and may hold anything.
    """
    return _UNPRINTABLE.sub(lambda found: repr(found[0])[1:-1], line)


def use_utf8() -> None:
    """Read and print the same bytes whatever the system's own encoding is."""
    for stream, errors in (
        (sys.stdin, "strict"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def place(file: Path) -> str:
    """The name of `file` to a person in the current folder: from there, or from the root."""
    whole = Path(os.path.normpath(file.absolute()))
    here = Path.cwd()
    return str(whole.relative_to(here) if whole.is_relative_to(here) else whole)


def named(source: Source) -> str:
    """What to call `source` to a person: its file, or its place in a repository and the commit."""
    if not source.revision:
        return place(source.file)
    repository = source.file.parent if source.file.name == ".git" else source.file
    return f"{place(repository)}/{source.name}"


@contextmanager
def log_to_stderr(*, verbose: bool, quiet: bool) -> Iterator[None]:
    """Show warnings of all rooms on standard error: information as well, or errors alone."""
    level = logging.INFO if verbose else logging.ERROR if quiet else logging.WARNING
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_OneLine("policy-archive: %(message)s"))
    loggers = [logging.getLogger(name) for name in _LOGS]
    before = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(level)
    try:
        yield
    finally:
        for logger, old in zip(loggers, before, strict=True):
            logger.removeHandler(handler)
            logger.setLevel(old)


class _OneLine(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return printable(super().format(record))
