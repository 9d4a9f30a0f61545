"""`policy-archive label`: any program's texts, scored by topic."""

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from policy_archive.cli.command import FINE, Commands, add_command
from policy_archive.errors import ArchiveError
from policy_archive.topics import taxonomy
from policy_archive.topics.labeller import Answer, Labeller

_FORM = '{"text": "…", "heading": "…" or null, "document": "…" or null}'


class _Row(NamedTuple):
    """A line of the input."""

    text: str
    heading: str | None
    document: str | int | None


def register(commands: Commands) -> None:
    """Declare the command."""
    parser = add_command(
        commands,
        "label",
        run,
        summary="score JSON lines of text by topic",
        description="Score texts on every topic and every OPP-115 category, from 0 to 1; 0.5 "
        f"decides.\nEach line is {_FORM}; only the text must be there.\n"
        "Answers keep their order. Lines of one document, in its order, are read together: what "
        "stands around\na text has a say in its scores. The first line with a document, and all "
        "behind it, are answered at the end.",
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
    """Print the answer to each line, in order."""
    waiting: list[_Row] = []
    try:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            row = _asked(line, f"{name}:{number}")
            if waiting or row.document is not None:
                waiting.append(row)  # more of its document may stand anywhere behind
            else:
                _print(labeller.answer(row.text, row.heading))
    except UnicodeDecodeError as error:
        raise ArchiveError(f"{name}: not in UTF-8 ({error.reason})") from error
    for answer in _together(labeller, waiting):
        _print(answer)


def _together(labeller: Labeller, rows: Sequence[_Row]) -> list[Answer]:
    """The answer to each row; those of one document are read together."""
    documents: dict[str | int, list[int]] = defaultdict(list)
    answers: dict[int, Answer] = {}
    for place, row in enumerate(rows):
        if row.document is None:
            answers[place] = labeller.answer(row.text, row.heading)
        else:
            documents[row.document].append(place)
    for places in documents.values():
        texts = [(rows[place].text, rows[place].heading) for place in places]
        answers.update(zip(places, labeller.answer_document(texts), strict=True))
    return [answers[place] for place in range(len(rows))]


def _print(answer: Answer) -> None:
    topics, opp115 = map(_rounded, answer)
    print(json.dumps({"topics": topics, "opp115": opp115}, ensure_ascii=False))


def _asked(line: str, place: str) -> _Row:
    """What one line asks."""
    try:
        asked = json.loads(line)
        row = _Row(asked["text"], asked.get("heading"), asked.get("document"))
        if not isinstance(row.text, str) or not isinstance(row.heading, str | None):
            raise TypeError("`text` must be a string, `heading` a string or null")
        if not isinstance(row.document, str | int | None):
            raise TypeError("`document` must be a string, a whole number or null")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise ArchiveError(f"{place}: not of the form {_FORM} ({error})") from error
    return row


def _rounded(scores: Mapping[str, float]) -> dict[str, float]:
    return {name: round(score, 4) for name, score in scores.items()}
