"""`policy-archive label`: any program's texts, scored by topic."""

import argparse
import json
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from policy_archive.cli.command import FINE, Commands, add_command
from policy_archive.errors import ArchiveError
from policy_archive.topics import taxonomy
from policy_archive.topics.labeller import Labeller

_FORM = '{"text": "…", "heading": "…" or null}'


def register(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "label",
        run,
        summary="score JSON lines of text by topic",
        description="Score texts on every topic and every OPP-115 category, from 0 to 1; 0.5 "
        f"decides.\nEach line is {_FORM}; answers keep their order.",
        examples="""policy-archive label texts.jsonl > scores.jsonl
                    echo '{"text": "We use cookies."}' | policy-archive label""",
    )
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="JSON lines in UTF-8 (default: standard input)",
    )


def run(options: argparse.Namespace) -> int:
    """Do it."""
    labeller = Labeller(taxonomy.load())
    if options.file is None:
        _answer(labeller, sys.stdin, "standard input")
        return FINE
    with options.file.open(encoding="utf-8-sig") as lines:
        _answer(labeller, lines, str(options.file))
    return FINE


def _answer(labeller: Labeller, lines: Iterable[str], name: str) -> None:
    try:
        for number, line in enumerate(lines, 1):
            if line.strip():
                topics, opp115 = map(_rounded, labeller.answer(*_asked(line, f"{name}:{number}")))
                print(json.dumps({"topics": topics, "opp115": opp115}, ensure_ascii=False))
    except UnicodeDecodeError as error:
        raise ArchiveError(f"{name}: not in UTF-8 ({error.reason})") from error


def _asked(line: str, place: str) -> tuple[str, str | None]:
    """The text and the heading of one line."""
    try:
        asked = json.loads(line)
        text, heading = asked["text"], asked.get("heading")
        if not isinstance(text, str) or not isinstance(heading, str | None):
            raise TypeError("`text` must be a string, `heading` a string or null")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ArchiveError(f"{place}: not of the form {_FORM} ({error})") from error
    return text, heading


def _rounded(scores: Mapping[str, float]) -> dict[str, float]:
    return {name: round(score, 4) for name, score in scores.items()}
