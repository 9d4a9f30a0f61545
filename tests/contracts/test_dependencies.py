"""What the code imports is what the project declares that it needs, no less and no more."""

import re
import sys
import tomllib
from collections.abc import Iterable
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest

from .reading_code import PACKAGE, ROOT, imported, module

PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
DISTRIBUTIONS = packages_distributions()
EXTRAS = sorted({*PROJECT["optional-dependencies"]} - {"dev"})
OURS = {"policy_archive", "benchmarks", "repositories", "tests"}


def normalised(name: str) -> str:
    """The name of a distribution as indexes compare it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def declared(*extras: str) -> set[str]:
    """The distributions that the project says it needs, with these extras."""
    optional = PROJECT["optional-dependencies"]
    lists = [PROJECT["dependencies"], *(optional[extra] for extra in extras)]
    return {
        normalised(re.split(r"[^\w.-]", requirement, maxsplit=1)[0])
        for requirements in lists
        for requirement in requirements
    }


def third_party(modules: Iterable[Path], *, late: bool = True) -> dict[str, Path]:
    """The distributions that modules import, each with one of these modules."""
    found = {}
    for path in modules:
        for top in {name.partition(".")[0] for name in imported(path, late=late)}:
            if top not in sys.stdlib_module_names | OURS:
                found[normalised(DISTRIBUTIONS.get(top, [top])[0])] = path
    return found


def loaded_at_start() -> set[Path]:
    """Our modules that are imported by starting the program, or the plugin."""
    starts = [PROJECT["scripts"], *PROJECT["entry-points"].values()]
    waiting = [name.partition(":")[0] for start in starts for name in start.values()]
    seen: set[Path] = set()
    while waiting:
        path = module(waiting.pop())
        if path and path not in seen:
            seen.add(path)
            waiting += imported(path, late=False)
    return seen


def test_what_starts_needs_no_extra() -> None:
    modules = loaded_at_start()
    assert len(modules) > 50
    found = third_party(modules, late=False)
    assert {"mkdocs", "msgspec"} <= set(found)
    assert {name: path for name, path in found.items() if name not in declared()} == {}


def test_whatever_is_imported_later_comes_with_an_extra() -> None:
    found = third_party(PACKAGE.rglob("*.py"))
    known = declared(*EXTRAS)
    assert {name: path for name, path in found.items() if name not in known} == {}


def test_whatever_is_declared_is_imported() -> None:
    unused = declared(*EXTRAS) - set(third_party(PACKAGE.rglob("*.py")))
    assert unused == {"mkdocs-material"}  # a theme is found by its name


def test_whatever_the_tests_import_is_declared() -> None:
    found = third_party((ROOT / "tests").rglob("*.py"))
    known = declared(*EXTRAS, "dev")
    assert {name: path for name, path in found.items() if name not in known} == {}


LOCKS = ("requirements-dev.txt", "requirements-lowest.txt")


def locked(name: str) -> dict[str, str]:
    """Distributions and versions that a lock pins, each by the digests of its files."""
    text = (ROOT / name).read_text("utf-8")
    pins = re.findall(r"^([\w.-]+)==(\S+) \\\n    --hash=sha256:[0-9a-f]{64}", text, re.MULTILINE)
    assert len(pins) == len(re.findall(r"^\w", text, re.MULTILINE)), "something is not pinned"
    return {normalised(distribution): version for distribution, version in pins}


@pytest.mark.parametrize("name", LOCKS)
def test_locks_pin_whatever_is_declared_and_name_no_place(name: str) -> None:
    assert declared(*EXTRAS, "dev") - set(locked(name)) == set()
    assert not re.search(r"://|^-|\B/\w", (ROOT / name).read_text("utf-8"), re.MULTILINE)


def test_the_lowest_versions_are_tested() -> None:
    """`make lock` after a bound has changed, or `make test-all` tests another."""
    optional = PROJECT["optional-dependencies"]
    pinned = locked("requirements-lowest.txt")
    extras = (requirement for extra in EXTRAS for requirement in optional[extra])
    for requirement in (*PROJECT["dependencies"], *extras):
        found = re.match(r"([\w.-]+)(?:\[\w+\])?>=([\d.]+)", requirement)
        assert found, f"{requirement} has no lower bound"
        version = pinned[normalised(found[1])]
        assert f"{version}.0.0".startswith(f"{found[2]}."), requirement


def test_the_oldest_python_is_said_alike_everywhere() -> None:
    oldest = PROJECT["requires-python"].removeprefix(">=")
    versions = [it.rpartition(" ")[2] for it in PROJECT["classifiers"] if ":: Python :: 3." in it]
    assert versions[0] == oldest
    for document in ("README.md", "docs/tutorial.md"):
        (said,) = re.findall(r"Python (3\.\d+) or newer", (ROOT / document).read_text("utf-8"))
        assert said == oldest, document
