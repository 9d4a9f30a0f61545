"""A stored result may depend on nothing that its key does not name."""

import ast
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from policy_archive.build import cache_key
from policy_archive.build.cache_key import LIBRARIES, PACKAGE, SHOWING, code_digest
from policy_archive.settings import Settings

PROGRESS = {"click", "distributed", "filelock"}
"""Shape no result: a bar, who does the work, whose a folder is."""


def modules() -> Iterator[str]:
    for path in PACKAGE.rglob("*.py"):
        if path.relative_to(PACKAGE).parts[0] not in SHOWING:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Import):
                    yield from (alias.name.split(".")[0] for alias in node.names)
                elif isinstance(node, ast.ImportFrom) and node.module:
                    yield node.module.split(".")[0]


def test_every_library_that_is_imported_is_named() -> None:
    known = {name.lower() for name in LIBRARIES}
    foreign = set(modules()) - sys.stdlib_module_names - PROGRESS - {"policy_archive"}
    assert foreign
    distributions = packages_distributions()
    for module in foreign:
        (distribution,) = set(distributions[module])
        assert distribution.lower() in known, module


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    for name in ("reading", "pages"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "one.py").write_text("x = 1\n")
    monkeypatch.setattr(cache_key, "PACKAGE", tmp_path)
    code_digest.cache_clear()
    yield tmp_path
    code_digest.cache_clear()


def digest_now(*without: str) -> str:
    code_digest.cache_clear()
    return code_digest(without)


def test_a_changed_program_has_another_key(package: Path) -> None:
    first, reading = digest_now(), digest_now("pages")
    assert digest_now() == first
    (package / "pages" / "one.py").write_text("x = 2\n")
    assert digest_now() != first
    assert digest_now("pages") == reading
    (package / "reading" / "model.tsv").write_text("")  # data is code as well
    assert digest_now("pages") != reading


def test_another_library_has_another_key(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = digest_now()
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.0.1")
    assert digest_now() != first


def test_settings_have_a_key_each() -> None:
    keys = {
        Settings().digest,
        Settings(disabled_rules=frozenset({"mojibake"})).digest,
        Settings(topics='{"x": 1}').digest,
    }
    assert len(keys) == 3
