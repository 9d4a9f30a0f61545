"""No word that readers see stands outside the catalogue: what is added in English is found here.

In templates, that is text between elements and in attributes that are read out; in code and
scripts, any text that looks like words: two of them, or one with a capital, outside of markup.
`AS_IT_IS` names the modules whose texts are for machines, or for maintainers.
"""

import ast
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from .words import CODE, FRAMES, PACKAGE, SCRIPTS, TEMPLATES

AS_IT_IS = {
    "pages/data/inspection.py": "JSON, a contract",
    "pages/data/markdown_text.py": "Markdown of archived words",
    "pages/data/annotations.py": "the vocabulary of Web Annotations",
    "pages/data/crawlers.py": "for programs, whose language is English",
    "pages/data/memento.py": "link relations",
    "pages/data/snapshot_markdown.py": "front matter",
    "pages/data/structured_data.py": "schema.org",
    "pages/types/data.py": "names of programs, and lines for them",
    "site": "options and messages for maintainers; its pages are templates",
    "standalone": "the same",
}
"""Files and folders without words for readers in their code, and what they have instead."""

_SAID = {"gettext", "ngettext", "marked"}
_NAMES = r"\b(?:TimeMap|JSON|SHA-256|BibTeX|CSL-JSON|RIS|OPP-115|UTC|n)\b"
_READ_OUT = "aria-label|placeholder|title|alt|data-label|data-pa-also"
_ATTRIBUTE = re.compile(rf'\b(?:{_READ_OUT})="([^"]*)')
_ELEMENT = re.compile(r"<!.*?>|</?[a-z][^<>]*>", re.DOTALL | re.IGNORECASE)
_LOOSE_ATTRIBUTE = re.compile(r'\b[\w-]+="[^"]*"')
"""Of an element whose name, or beginning, stands elsewhere in the template."""
_CODE = re.compile(r"<(script|style|pre|code)\b.*?</\1>", re.DOTALL)
_TRANSLATED = re.compile(r"{%-? *trans\b.*?{%-? *endtrans *-?%}", re.DOTALL)
_CALL = re.compile(r"""\b(?:pa_)?n?gettext\((?:[^()"']|"[^"]*"|'[^']*')*""")
_TAG = re.compile(r"{#.*?#}|{{.*?}}|{%.*?%}", re.DOTALL)
_QUOTED = re.compile(r""""([^"]*)"|'([^']*)'""")
_BLOCK_OF_CLASSES = re.compile(r"{% block class %}.*?{% endblock %}")


def read(markup: str) -> str:
    """What a reader meets of a piece of HTML: its text, and attributes that are read out."""
    markup = _CODE.sub(" ", markup)
    seen = (said for element in _ELEMENT.findall(markup) for said in _ATTRIBUTE.findall(element))
    text = _LOOSE_ATTRIBUTE.sub("", _ELEMENT.sub(" ", markup))
    return re.sub(_NAMES, "", " ".join([text, *seen]))


def in_template(source: str) -> list[str]:
    """The words of a template that are not translated, and texts that its tags print."""
    source = _TRANSLATED.sub("", _BLOCK_OF_CLASSES.sub("", source))
    printed = [
        text
        for tag in _TAG.findall(source)
        if not tag.startswith("{#")
        for text in map("".join, _QUOTED.findall(_CALL.sub("", tag)))
        if _looks_like_words(text)
    ]
    words = re.findall(r"[^\W\d_]{2,}", re.sub(r"&\w+;", "", read(_TAG.sub("", source))))
    return words + printed


def _looks_like_words(text: str) -> bool:
    """Two words, or one with a capital; not names of attributes and classes, or addresses."""
    text = read(text)
    if re.search(r"[={}\\]|\w[./:]\w|pa-|--|^\W*$", text):
        return False
    return bool(re.search(r"[^\W\d_]{2,}[,:;]? +[^\W\d_]{2,}|\b[A-Z][^\W\d_A-Z]{2,}", text))


@pytest.mark.parametrize("path", [*TEMPLATES, *FRAMES], ids=lambda path: path.name)
def test_templates_say_nothing_else(path: Path) -> None:
    assert in_template(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Hello</p>", ["Hello"]),
        ('<p title="Hello">{{ view.x }}</p>', ["Hello"]),
        ('{{ "Every change" if x }}', ["Every change"]),
        ("{% set a = 'Earlier' %}", ["Earlier"]),
        ("<p>{% trans %}Hello{% endtrans %}</p>", []),
        ('<p class="pa-lead">{{ gettext("Hello") }} · SHA-256</p>', []),
    ],
)
def test_words_in_templates_are_found(source: str, found: list[str]) -> None:
    assert in_template(source) == found


def in_code(source: str) -> Iterator[str]:
    """The texts of a module that look like words, without docstrings, messages and errors."""
    tree = ast.parse(source)
    passed: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            passed.add(id(node.value))  # a docstring
        passed.update(id(it) for part in _not_shown(node) for it in ast.walk(part))
    for node in ast.walk(tree):
        if id(node) in passed or not isinstance(node, ast.Constant):
            continue
        if isinstance(node.value, str) and _looks_like_words(node.value):
            yield node.value


def _not_shown(node: ast.AST) -> Sequence[ast.AST]:
    """The parts of a node whose texts are messages already, types, patterns, or of errors."""
    match node:
        case ast.Raise():
            return [node]
        case ast.Call() if _name(node.func) in _SAID | {"compile", "warning"}:
            return node.args
        case ast.FunctionDef(returns=ast.expr() as type_):
            return [type_]
        case ast.AnnAssign(annotation=type_) | ast.arg(annotation=ast.expr() as type_):
            return [type_]
    return []


def _name(function: ast.expr) -> str:
    return getattr(function, "id", "") or getattr(function, "attr", "")


@pytest.mark.parametrize("path", CODE, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_code_says_nothing_else(path: Path) -> None:
    place = path.relative_to(PACKAGE).as_posix()
    if place in AS_IT_IS or place.split("/")[0] in AS_IT_IS:
        return
    assert list(in_code(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('"""A docstring."""\nx = "two words"', ["two words"]),
        ('x = f"{n} unchanged paragraphs"', [" unchanged paragraphs"]),
        ("x = f'<p class=\"pa-skip\">Moved</p>'", ['<p class="pa-skip">Moved</p>']),
        ('x = gettext("two words")', []),
        ('raise ValueError("two words")', []),
        ("x = '<div class=\"pa-edit pa-same\">'", []),
    ],
)
def test_words_in_code_are_found(source: str, found: list[str]) -> None:
    assert list(in_code(source)) == found


def in_script(source: str) -> list[str]:
    """The texts of a script that look like words, without comments, messages and errors."""
    source = re.sub(r"^\s*//.*$|/\*\*.*?\*/|\s//\s.*$", "", source, flags=re.M | re.DOTALL)
    source = re.sub(r"\bn?gettext\(\s*(?:\"[^\"]*\",?\s*)+", "gettext(", source)
    source = re.sub(r"\b(?:new \w*Error|console\.\w+)\([^;]*;", ";", source)
    texts = re.findall(r'"([^"\n]*)"|\'([^\'\n]*)\'|`([^`]*)`', source)
    bare = (re.sub(r"\$\{[^}]*\}", "", "".join(text)) for text in texts)
    return [text for text in bare if _looks_like_words(text)]


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_say_nothing_else(path: Path) -> None:
    assert in_script(path.read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ('status.textContent = "Not a word differs.";', ["Not a word differs."]),
        ("x = `${count} words marked`;", [" words marked"]),
        ('x = gettext("Not a word differs.");', []),
        ('x = ngettext(\n  "%(num)s word",\n  "%(num)s words more",\n  count);', []),
        ("// Not a word differs.\nx = 1;", []),
    ],
)
def test_words_in_scripts_are_found(source: str, found: list[str]) -> None:
    assert in_script(source) == found


def test_what_stands_as_it_is_is_still_there() -> None:
    assert [place for place in AS_IT_IS if not (PACKAGE / place).exists()] == []
