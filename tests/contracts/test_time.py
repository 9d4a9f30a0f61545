"""Twice the text takes at most about twice the time, whatever is in it.

Every character that a pattern of the package names, alone and together with others, is repeated to
50 and to 100 kB and read as each form of text, with all that follows: cleaning, dates, doubts,
language, topics. Patterns are found in the modules, so that a new one is tried without being listed.
"""

import importlib
import os
import pkgutil
import re
import re._constants as codes  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
import time
from collections.abc import Iterable, Iterator
from random import Random
from typing import Any

import pytest

import policy_archive
from policy_archive.build.tasks import read_bytes
from policy_archive.settings import Settings

ROOMS = ("analysis", "cleaning", "reading", "sources.provenance", "text", "topics")
SIZE = 50_000
THOROUGH = bool(os.environ.get("POLICY_ARCHIVE_THOROUGH"))
"""Set by `make test-all`: six minutes of runs instead of one."""
MOST = 3.0
"""How much longer twice the text may take; caches and the machine have their part in it."""
NOISE = 0.15
"""Seconds below which a measurement says nothing."""


def modules() -> Iterator[Any]:
    for found in pkgutil.walk_packages(policy_archive.__path__, "policy_archive."):
        if found.name.removeprefix("policy_archive.").startswith(ROOMS):
            yield importlib.import_module(found.name)


def patterns() -> Iterator[re.Pattern[str]]:
    for module in modules():
        for value in vars(module).values():
            values = value.values() if isinstance(value, dict) else [value]
            yield from (
                it for it in values if isinstance(it, re.Pattern) and type(it.pattern) is str
            )


def literals(parsed: Iterable[Any]) -> Iterator[str]:
    """Characters that a parsed pattern names by themselves."""
    for code, argument in parsed:
        if code is codes.LITERAL:
            yield chr(argument)
        elif code is codes.IN:
            yield from literals(argument)
        elif code is codes.RANGE:
            yield chr(argument[0])
        elif isinstance(argument, tuple | list):
            for part in argument:
                if isinstance(part, parser.SubPattern):
                    yield from literals(part)
                elif isinstance(part, list):
                    for each in part:
                        yield from literals(each)
        elif isinstance(argument, parser.SubPattern):
            yield from literals(argument)


NAMED = sorted({c for p in patterns() for c in literals(parser.parse(p.pattern, p.flags & ~32))})
MARKS = [c for c in NAMED if not c.isalnum()] + ["a", "A", "1", "é", "漢", "\n", " "]


def runs() -> list[str]:
    """What is repeated: each mark alone, on lines of its own and between words, and mixtures."""
    random = Random(7)
    forms = ("{0}", "{0}\n", "{0}a ", "a{0}  \n") if THOROUGH else ("{0}", "a{0}  \n")
    found = [
        form.format(c) for at, c in enumerate(MARKS) for form in forms if THOROUGH or at % 4 == 0
    ]
    for _ in range(120 if THOROUGH else 8):
        found.append("".join(random.choice(MARKS) for _ in range(random.randint(2, 7))))
    found += [
        "\n\n](a)",
        "- a\n  ---\n",
        "<b>",
        "<div>a",
        "<li>",
        "&nbsp;",
        "updated 1 may ",
        "©  \nx",
    ]
    return list(dict.fromkeys(found))


def seconds(run: str, size: int, path: str) -> float:
    data = (run * (size // len(run) + 1))[:size].encode("utf-8", "replace")
    started = time.process_time()
    read_bytes(data, path, Settings())
    return time.process_time() - started


def test_patterns_are_found() -> None:
    assert len(list(patterns())) > 80
    assert set("[]()*_`<>#|&“") <= set(MARKS)


@pytest.mark.parametrize("form", ["md", "txt", "html"])
def test_twice_the_text_takes_no_more_than_its_share(form: str) -> None:
    path = f"policies/a.example.{form}"
    read_bytes(b"We collect names.", path, Settings())
    slow = []
    for run in runs():
        twice = seconds(run, 2 * SIZE, path)
        if twice < NOISE:
            continue
        once = seconds(run, SIZE, path)
        if twice > MOST * once:  # once more: somebody else may have had the processor's caches
            once, twice = seconds(run, SIZE, path), seconds(run, 2 * SIZE, path)
        if twice > MOST * max(once, NOISE / 4):
            slow.append((run, once, twice))
    assert slow == []
