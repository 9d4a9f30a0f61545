"""What the package's modules import, read from their source without running it."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "plugins/policy_archive"


def imported(path: Path, *, late: bool = True) -> set[str]:
    """Dotted names that a module imports: `a.b`, and `a.b.c` of `from a.b import c`.

    Without `late`, only what is imported when the module is: nothing in the bodies of functions.
    """
    tree = ast.parse(path.read_text("utf-8"))
    names = set()
    for node in ast.walk(tree) if late else _at_import(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def _at_import(tree: ast.AST) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            yield node
            yield from _at_import(node)


def module(name: str) -> Path | None:
    """The file of one of our modules, by its dotted name or the name of something in it."""
    package, *parts = name.split(".")
    if package != "policy_archive":
        return None
    for end in (len(parts), len(parts) - 1):
        place = PACKAGE.joinpath(*parts[:end])
        for path in (place.with_suffix(".py"), place / "__init__.py"):
            if end >= 0 and path.is_file():
                return path
    return None


def room(path: Path) -> str:
    """The room that one of our modules is in: a folder of the package, or a module of its own."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def rooms() -> dict[str, set[str]]:
    """Each room, and the other rooms that it imports."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        others = {room(target) for name in imported(path) if (target := module(name))}
        found.setdefault(room(path), set()).update(others - {room(path), "__init__"})
    del found["__init__"]
    return found
