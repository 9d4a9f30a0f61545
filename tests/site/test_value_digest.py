"""What values hold decides their digest: never where they lie, never the order of a set."""

import copy
import datetime as dt
import functools
import re
import subprocess
import sys
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_archive.site.theme.value_digest import value_digest


@dataclass(slots=True)
class Slotted:
    name: str
    when: dt.date | None = None


class Plain:
    def __init__(self, held: object) -> None:
        self.held = held

    def method(self) -> None: ...


def first(a: int, b: int = 1) -> int:
    return a + b


def cyclic(leaf: object) -> list[object]:
    outer: list[object] = [leaf]
    outer.append({"itself": outer})
    return outer


DIFFERENT: list[tuple[Any, Any]] = [
    (dt.date(2024, 1, 1), dt.date(2024, 1, 2)),
    (dt.datetime(2024, 1, 1, tzinfo=dt.UTC), dt.datetime(2024, 1, 1)),
    (functools.partial(first, 1), functools.partial(first, 2)),
    (functools.partial(first, b=1), functools.partial(first, b=2)),
    (Slotted("a"), Slotted("b")),
    (Slotted("a", dt.date(2024, 1, 1)), Slotted("a", dt.date(2025, 1, 1))),
    (Plain({1}), Plain({2})),
    (cyclic(1), cyclic(2)),
    (re.compile("a"), re.compile("a", re.IGNORECASE)),
    (lambda: 1, lambda: 2),
    (Path("a"), Path("b")),
    ("1", 1),
    (True, 1),
    (b"1", "1"),
    ([1, 2], [2, 1]),
    ([1], (1,)),
    ({"a": {"b": [1]}}, {"a": {"b": [2]}}),
    ([["a"], []], [[], ["a"]]),
    (None, False),
    (OrderedDict(a=1), {"a": 1}),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_what_differs_is_told_apart(one: object, other: object) -> None:
    assert value_digest(one) != value_digest(other)
    assert value_digest({"extra": [one]}) != value_digest({"extra": [other]})


@pytest.mark.parametrize(
    "made",
    [
        lambda: {"b": 1, "a": {3, 1, 2}},
        lambda: Slotted("a", dt.date(2024, 1, 1)),
        lambda: Plain([dt.timedelta(days=1), frozenset({"x"})]),
        lambda: functools.partial(zip, [1], strict=Plain(2)),
        lambda: cyclic("x"),
        lambda: Plain(3).method,
        lambda: re.compile("a|b"),
        lambda: sys,
        lambda: Plain,
    ],
)
def test_what_holds_the_same_is_the_same(made: Any) -> None:
    assert value_digest(made()) == value_digest(made())


def test_the_same_in_every_process() -> None:
    code = (
        "from policy_archive.site.theme.value_digest import value_digest as d\n"
        "import datetime, functools\n"
        "print(d({'x': {'a', 'b', 'c'}, 'y': functools.partial(print, 1), "
        "'z': datetime.date(2024, 1, 1)}).hex())"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(found) == 1


DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.dates() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner) | st.frozensets(st.text()),
    max_leaves=20,
)


@given(DATA)
def test_a_copy_is_the_same_and_what_holds_it_is_not(value: Any) -> None:
    assert value_digest(copy.deepcopy(value)) == value_digest(value)
    assert value_digest([value]) != value_digest(value)
