"""Runs made tidy: one space where the source had many, equal neighbours joined."""

import re
from collections.abc import Iterable

from policy_archive.model import Run, Runs

_SPACES = re.compile(r"[^\S\n]+")
_AROUND_BREAK = re.compile(r" ?\n ?")
_BREAKS = re.compile(r"\n{3,}")


def merged(runs: Iterable[Run]) -> Runs:
    """`runs` without empty ones, and with neighbours under the same marks made one."""
    found: list[tuple[Run, list[str]]] = []
    for run in runs:
        if found and found[-1][0][1:] == run[1:] and not run.struck:
            found[-1][1].append(run.text)
        elif run.text or run.struck:
            found.append((run, [run.text]))
    return tuple(
        run if len(texts) == 1 else run._replace(text="".join(texts)) for run, texts in found
    )


def tidy(runs: Iterable[Run]) -> Runs:
    """Join neighbours with equal marks, collapse spaces, trim both ends and around line breaks.

    A newline is a printed line break and stays; text without anything visible gives no runs, with
    what is struck out or without.
    """
    joined = merged(runs)
    if len(joined) == 1 and not _crooked(joined[0].text):
        text = joined[0].text.strip(" ")
        return (joined[0]._replace(text=text),) if text else ()
    result: list[Run] = []
    begun = False
    at_break = True  # a space here would stand at the beginning of a line
    for run in joined:
        text = run.text
        if _crooked(text):
            text = _BREAKS.sub("\n\n", _AROUND_BREAK.sub("\n", _SPACES.sub(" ", text)))
        if at_break:
            text = text.lstrip(" ") if begun else text.lstrip(" \n")
        begun = begun or bool(text)
        if not text and not run.struck:
            continue
        if text.startswith("\n"):
            _trim_end(result)
        result.append(run._replace(text=text))
        at_break = text[-1] in " \n" if text else at_break
    return _without_last_space(result)


def lines_of(runs: Runs) -> list[Runs]:
    """`runs` divided at their printed line breaks."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        for count, part in enumerate((first, *rest)):
            if count:
                lines.append([])
            if part:
                lines[-1].append(run._replace(text=part, struck=""))
        if run.struck:
            lines[-1].append(Run("", struck=run.struck))
    return [tuple(line) for line in lines]


def join_lines(lines: list[Runs]) -> Runs:
    """The inverse of `lines_of`."""
    joined: list[Run] = []
    for count, line in enumerate(lines):
        if count:
            joined.append(Run("\n"))
        joined.extend(line)
    return tuple(joined)


def _without_last_space(runs: list[Run]) -> Runs:
    struck: list[Run] = []
    while runs and not runs[-1].text.rstrip():
        if runs[-1].struck:
            struck.insert(0, runs[-1]._replace(text=""))
        runs.pop()
    if not runs:
        return ()
    runs[-1] = runs[-1]._replace(text=runs[-1].text.rstrip())
    return (*runs, *struck)


def _crooked(text: str) -> bool:
    """Whether `text` may have other space than single blanks; all of it is unprintable."""
    return "  " in text or not text.isprintable()


def _trim_end(result: list[Run]) -> None:
    for place in range(len(result) - 1, -1, -1):
        text = result[place].text.rstrip(" ")
        if text or result[place].struck:
            result[place] = result[place]._replace(text=text)
        else:
            del result[place]
        if text:
            break
