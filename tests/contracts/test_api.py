"""The public API: quick to import, whole, and documented from the code alone."""

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import GenericAlias, UnionType
from typing import Any, get_args, get_type_hints

import pytest

import policy_archive

from .documents import marks, same, section
from .reading_code import PACKAGE, ROOT

PAGE = ROOT / "docs/api.md"
HOW_TO = ROOT / "docs/how-to.md"
CONSTANTS = {"PIPELINE_VERSION", "__version__"}
OFFERED: dict[str, Any] = {
    name: getattr(policy_archive, name) for name in policy_archive.__all__ if name not in CONSTANTS
}


def test_importing_it_imports_nothing_else() -> None:
    code = (
        "import sys; before = set(sys.modules); import policy_archive\n"
        "new = {name.partition('.')[0] for name in set(sys.modules) - before}\n"
        "print(*sorted(new - sys.stdlib_module_names))\n"
        "print(*(name for name in sys.modules if name.startswith('policy_archive.')))\n"
        "policy_archive.Record; print('numpy' in sys.modules, 'mkdocs' in sys.modules)\n"
        "policy_archive.read; print('mkdocs' in sys.modules)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert found.stdout.splitlines() == ["policy_archive", "", "False False", "False"]


def test_what_type_checkers_see_is_what_there_is() -> None:
    tree = ast.parse((PACKAGE / "__init__.py").read_text("utf-8"))
    checked = next(node for node in tree.body if isinstance(node, ast.If))
    imports = [node for node in checked.body if isinstance(node, ast.ImportFrom)]
    seen = {alias.name: node.module for node in imports for alias in node.names}
    assert set(seen) | CONSTANTS == set(policy_archive.__all__)
    assert len(policy_archive.__all__) == len(set(policy_archive.__all__))
    for name, module in seen.items():
        assert OFFERED[name].__module__ == module
    assert set(policy_archive.__all__) <= set(dir(policy_archive))


def test_a_name_that_is_not_offered_is_none() -> None:
    with pytest.raises(AttributeError, match="open_archives"):
        _ = policy_archive.open_archives  # type: ignore[attr-defined]
    assert not hasattr(policy_archive, "Json")


def public(cls: type) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Methods and properties that callers use."""
    for name, value in vars(cls).items():
        function = value.fget if isinstance(value, property) else value
        if not name.startswith("_") and inspect.isfunction(function):
            yield name, function


def named_in(hint: Any) -> Iterator[type]:
    """Every class in a type hint."""
    if isinstance(hint, type) and not isinstance(hint, GenericAlias | UnionType):
        yield hint
    for part in get_args(hint):
        yield from named_in(part)


def told_of() -> Iterator[tuple[str, type]]:
    """Every class of ours that a signature or a field of the API names, and where."""
    for name, value in OFFERED.items():
        callables = dict(public(value)) if isinstance(value, type) else {name: value}
        hints = {key: get_type_hints(it) for key, it in callables.items()}
        if isinstance(value, type):
            hints["fields"] = get_type_hints(value)
        for place, found in hints.items():
            for key, hint in found.items():
                if not key.startswith("_"):
                    yield from ((f"{name}.{place}: {key}", cls) for cls in named_in(hint))


def test_every_type_that_it_names_is_offered() -> None:
    ours = [(place, it) for place, it in told_of() if it.__module__.startswith("policy_archive")]
    assert len(ours) > 15
    assert [place for place, it in ours if it not in OFFERED.values()] == []


def definition(name: str) -> ast.ClassDef | ast.FunctionDef:
    tree = ast.parse(Path(inspect.getfile(OFFERED[name])).read_text("utf-8"))
    (found,) = (
        node
        for node in tree.body
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name
    )
    return found


def fields_of(node: ast.ClassDef) -> Iterator[tuple[str, str, str]]:
    """Name, type and docstring of each field; the docstring may be missing."""
    for one, following in zip(node.body, [*node.body[1:], None], strict=True):
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
            said = ""
            if isinstance(following, ast.Expr) and isinstance(following.value, ast.Constant):
                said = str(following.value.value)
            if not one.target.id.startswith("_"):
                yield one.target.id, ast.unparse(one.annotation).replace("'", ""), said


@pytest.mark.parametrize("name", sorted(OFFERED))
def test_every_public_name_has_a_docstring(name: str) -> None:
    assert inspect.getdoc(OFFERED[name]) and ast.get_docstring(definition(name))
    if isinstance(OFFERED[name], type):
        assert [key for key, it in public(OFFERED[name]) if not it.__doc__] == []
    node = definition(name)
    if isinstance(node, ast.ClassDef) and OFFERED[name].__module__.startswith("policy_archive.api"):
        assert [key for key, _, said in fields_of(node) if not said] == []


def text_of(node: ast.ClassDef | ast.FunctionDef) -> str:
    """A docstring as Markdown."""
    said = ast.get_docstring(node) or ""
    body, _, raises = said.partition("\nRaises:\n")
    lines = [
        " ".join(it.split()) for it in re.split(r"\n    (?=\w+: )", f"\n{raises}") if it.strip()
    ]
    faults = "".join(
        f"- raises `{it.partition(': ')[0]}`: {it.partition(': ')[2]}\n" for it in lines
    )
    return f"{body.strip()}\n" + (f"\n{faults}" if faults else "")


def signature(node: ast.FunctionDef) -> str:
    shown = ast.unparse(node.args).removeprefix("self, ").removeprefix("self")
    returns = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    return f"{node.name}({shown}){returns}"


def documented(name: str) -> str:
    """The part of the reference on one name."""
    node = definition(name)
    if isinstance(node, ast.FunctionDef):
        return f"### `{signature(node)}`\n\n{text_of(node)}\n"
    parts = [f"### `{name}`\n\n{text_of(node)}\n"]
    if found := list(fields_of(node)):
        rows = "".join(
            f"| `{key}` | `{type.replace('|', chr(92) + '|')}` | {' '.join(said.split())} |\n"
            for key, type, said in found
        )
        parts.append(f"| field | type | what it is |\n|---|---|---|\n{rows}\n")
    for it in node.body:
        if isinstance(it, ast.FunctionDef) and not it.name.startswith("_"):
            of = "" if it.decorator_list else "()"
            shown = signature(it) if of else f"{it.name}: {ast.unparse(it.returns or ast.Name(''))}"
            parts.append(f"`{shown}`: {text_of(it)}\n")
    return "".join(parts)


def test_the_reference_is_made_from_the_code() -> None:
    first = ("read", "open_archive", "Archive")
    rest = [name for name in policy_archive.__all__ if name in OFFERED and name not in first]
    same(PAGE, "api", "".join(map(documented, (*first, *rest))))


def test_the_page_has_one_generated_part() -> None:
    assert len(re.findall(marks("api"), PAGE.read_text("utf-8"), re.DOTALL)) == 1


PROJECT = {
    "mkdocs.yml": (
        "site_name: Lamps\nsite_url: https://archive.example/\ntheme: material\n"
        "plugins: [policy-archive]\n"
    ),
    "docs/policies/lamps.example/20140521.md": (
        "# Privacy Policy\n\nWe use cookies to remember what is in your basket. You can refuse "
        "them in your browser.\n\nWe share your address with the carrier who brings a parcel.\n"
    ),
    "docs/policies/lamps.example/20160602.md": (
        "# Privacy Policy\n\nWe use cookies to remember what is in your basket, and so do the "
        "advertisers that we work with.\n\nWe share your address with the carrier.\n"
    ),
}


def test_the_example_of_the_how_to_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, text in PROJECT.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    part = section(HOW_TO, "## Ask it from Python")
    blocks = re.findall(r"```python\n(.*?)```", part, re.DOTALL)
    assert blocks
    for block in blocks:
        exec(compile(block, str(HOW_TO), "exec"), {})
    (printed,) = re.findall(r"```text\n(.*?)```", part, re.DOTALL)
    assert capsys.readouterr().out == printed
    assert not (tmp_path / "addresses.lock").exists()
    assert not (tmp_path / "site").exists()
