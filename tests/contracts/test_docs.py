"""The documents say all there is, and nothing that is not.

Their tables are made from the code; `POLICY_ARCHIVE_ACCEPT=1 pytest tests/contracts/test_docs.py`
writes them anew.
"""

import argparse
import ast
import json
import re
import shlex
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from policy_archive import diagnostics
from policy_archive.build.tasks import read_bytes
from policy_archive.cleaning import RULES
from policy_archive.cli.commands import parser
from policy_archive.dataset.tables import TABLES
from policy_archive.model import Record
from policy_archive.pages.data.inspection import as_json
from policy_archive.reading import REPAIRS
from policy_archive.settings import Settings
from policy_archive.site.project import config
from policy_archive.sources.provenance import front_block
from policy_archive.topics import taxonomy
from policy_archive.topics.taxonomy import Topic

from .documents import first_cells, rows, same, section, table
from .reading_code import ROOT

HOW_TO = ROOT / "docs/how-to.md"
REFERENCE = ROOT / "docs/reference.md"


def options() -> list[tuple[str, str, str]]:
    """Name, default and docstring of each option of the plugin."""
    tree = ast.parse(Path(config.__file__).read_text("utf-8"))
    (defined,) = (
        node
        for node in tree.body
        if isinstance(node, ast.ClassDef) and node.name == config.PolicyArchiveConfig.__name__
    )
    schema = dict(config.PolicyArchiveConfig._schema)
    found = []
    for node, following in pairwise(defined.body):
        match node:
            case ast.Assign(targets=[ast.Name(id=id)]) if (name := id.rstrip("_")) in schema:
                assert isinstance(following, ast.Expr), f"{name} has no docstring"
                text = str(ast.literal_eval(following.value))
                found.append((name, json.dumps(schema[name].default), text))
    return found


def test_options() -> None:
    known = {name for name, _ in config.PolicyArchiveConfig._schema}
    found = options()
    assert {name for name, _, _ in found} == known
    body = [(f"`{name}`", f"`{default}`", text) for name, default, text in found]
    same(REFERENCE, "options", table(("option", "default", "what it does"), body))


def test_notices() -> None:
    advice = {row[0]: row[2] for row in rows(HOW_TO, "notices")}
    codes = [f"`{code}`" for code in diagnostics.NOTICES]
    body = [
        (code, meaning, advice.get(code, ""))
        for code, meaning in zip(codes, diagnostics.NOTICES.values(), strict=True)
    ]
    same(HOW_TO, "notices", table(("code", "what it means", "what to do"), body))
    assert [code for code in codes if not advice.get(code)] == [], "say what to do"


def test_every_code_that_is_used_is_a_notice() -> None:
    package = Path(diagnostics.__file__).parent
    used = set()
    for path in package.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Notice":
                used |= {a.value for a in node.args[:1] if isinstance(a, ast.Constant)}
    assert len(used) >= 5
    assert used <= set(diagnostics.NOTICES)


def test_tables_of_the_dataset() -> None:
    body = [
        (
            f"`{one.name}`",
            f"`{it.name}`",
            f"{it.kind}{', or null' if it.nullable else ''}",
            it.description,
        )
        for one in TABLES
        for it in one.columns
    ]
    same(REFERENCE, "tables", table(("table", "column", "type", "what it holds"), body))


def commands() -> dict[str, argparse.ArgumentParser]:
    (choices,) = (a.choices for a in parser()._actions if isinstance(a.choices, dict))
    return choices


def flags(one: argparse.ArgumentParser) -> set[str]:
    return {flag for action in one._actions for flag in action.option_strings}


def flags_in(text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--?[a-z][\w-]*", text.replace("python -m", "")))


def test_commands_and_flags() -> None:
    part = section(REFERENCE, "## Commands")
    assert set(re.findall(r"^### `policy-archive (\w+)", part, re.MULTILINE)) == set(commands())
    common = set.intersection(*map(flags, commands().values()))
    assert flags_in(part.split("###")[0]) == flags(parser()) | common
    for name, command in commands().items():
        text = section(REFERENCE, f"### `policy-archive {name}")
        assert flags_in(text) == flags(command) - common
        for action in command._actions:
            for choice in action.choices or ():
                assert f"{action.option_strings[-1]} {choice}" in text
            if not action.option_strings:
                assert f"{action.metavar}" in part


def test_help_says_all_that_there_is() -> None:
    assert "exit status:" in parser().format_help()
    for name, command in commands().items():
        assert command.prog == f"policy-archive {name}"
        text = " ".join(command.format_help().split())
        for action in command._actions:
            assert action.help, (name, action.dest)
            assert set(action.option_strings) <= flags_in(text)
            assert all(str(choice) in text for choice in action.choices or ())
            optional = not action.required and (action.nargs in ("?", "*") or action.metavar)
            assert not optional or "(default: " in action.help, (name, action.dest)
            assert not action.choices or f"(default: {action.default})" in text
        assert re.search(r"exit status: 0 fine .*\b2 used wrongly.* 130 interrupted", text), name


def examples() -> list[str]:
    found = [command.format_help() for command in commands().values()]
    text = "\n".join([*found, *(path.read_text("utf-8") for path in (HOW_TO, ROOT / "README.md"))])
    text += section(REFERENCE, "## Commands")
    return re.findall(r"(?:^ *|\| )(policy-archive [a-z]+.*)$", text, re.MULTILINE)


def test_examples_can_be_typed() -> None:
    asked = [shlex.split(re.sub(r" [|>#] .*", "", line))[1:] for line in examples()]
    assert {words[0] for words in asked} == set(commands())
    for words in asked:
        parser().parse_args(words)


def test_commands_in_every_document_exist() -> None:
    for document in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        text = document.read_text("utf-8")
        for name in re.findall(r"(?:^|`)policy-archive ([a-z]+)", text, re.MULTILINE):
            assert name in commands(), (document.name, name)


def keys(found: Any, prefix: str = "") -> set[str]:
    """The dotted names of every field, through lists."""
    if isinstance(found, list):
        return set().union(*(keys(item, prefix) for item in found))
    if not isinstance(found, dict):
        return set()
    own = {prefix + key for key in found}
    return own.union(*(keys(value, f"{prefix}{key}.") for key, value in found.items()))


MENU = "\n\n".join(f"[{word}](/{word})" for word in ("Home", "Shop", "Help", "Jobs", "Press"))

COMPLETE = f"""---
site: lamps.example
captured: 2014-05-21
collection: tests
colour: green
---
{MENU}

# Privacy Policy

Last updated: May 2, 2014

We use cookies to remember what is in your basket, and we share your address with the carrier who
brings the parcel. We may change this policy from time to time, and will say so on this page; the
industryâ€™s rules are kept, and you can ask us at any time what we hold about you.

**Security**

Your information is kept on servers that are locked. We protect it with encryption on its way.
"""


@pytest.fixture(scope="module")
def record() -> Record:
    return read_bytes(COMPLETE.encode(), "policies/lamps.md", Settings())


def test_fields_of_inspect(record: Record) -> None:
    found = keys(as_json(record, taxonomy.load()))
    # Not every text has them.
    sometimes = {"revision", "record_url", "licence", "sections.blocks.folded"}
    documented = first_cells(REFERENCE, "inspect")
    assert len(documented) == len(set(documented))
    assert set(documented) - sometimes == found - sometimes
    assert sometimes <= set(documented)


def test_front_matter() -> None:
    place = Path(front_block.__file__).with_name("snapshot.schema.json")
    schema = json.loads(place.read_text("utf-8"))["properties"]
    assert set(schema) == set(front_block.KEYS)
    body = [
        (
            f"`{key}`",
            about["description"],
            ", ".join(f"`{example}`" for example in about.get("examples", ())),
        )
        for key, about in schema.items()
    ]
    same(REFERENCE, "front matter", table(("key", "what it says", "examples"), body))
    example = section(HOW_TO, "### Front matter")
    block = re.search(r"```yaml\n---\n(.*?)---\n```", example, re.DOTALL)
    assert block and set(yaml.safe_load(block[1])) == set(schema)


def test_topics() -> None:
    body = [(f"`{t.id}`", t.name, t.question) for t in taxonomy.load().topics]
    same(REFERENCE, "topics", table(("id", "name", "question"), body))
    named = {field.name for field in fields(Topic)} - {"aliases"} | {"after"}
    listed = section(REFERENCE, "## Topics").split("Fields of a topic")[1].split("<!--")[0]
    assert set(re.findall(r"`(\w+)`", listed)) == named


def test_cleaning_rules() -> None:
    body = [(f"`{rule.name}`", rule.summary) for rule in RULES]
    same(REFERENCE, "cleaning rules", table(("rule", "what it does"), body))
    body = [(f"`{name}`", summary) for name, (summary, _) in REPAIRS.items()]
    same(REFERENCE, "repairs of readers", table(("name", "what was done"), body))


def yaml_blocks(document: Path) -> list[Any]:
    blocks = re.findall(r"```yaml\n(.*?)```", document.read_text("utf-8"), re.DOTALL)
    return [yaml.safe_load(block.replace("---\n", "")) for block in blocks]


def test_examples_of_options_work() -> None:
    examples = [block for block in yaml_blocks(HOW_TO) if "plugins" in block]
    used: dict[str, Any] = {}
    for block in examples:
        (given,) = (p["policy-archive"] for p in block["plugins"] if isinstance(p, dict))
        used |= given
    assert set(used) <= {name for name, _, _ in options()}
    changed = taxonomy.load(used["topics"])
    assert [topic.id for topic in changed.topics][:2] == ["data-collected", "smart-home"]
    assert set(used["disabled_rules"]) <= {rule.name for rule in RULES}


def test_examples_of_provenance_work() -> None:
    text = HOW_TO.read_text("utf-8")
    header = re.search(r"```markdown\n(> .*?)```", text, re.DOTALL)
    comment = re.search(r"```html\n(.*?)```", text, re.DOTALL)
    front = re.search(r"```yaml\n(---\n.*?---\n)```", text, re.DOTALL)
    assert header and comment and front
    for example, name in ((header[1], "a.md"), (comment[1], "a.html"), (front[1], "a.txt")):
        snapshot = read_bytes(example.encode(), name, Settings()).snapshot
        assert snapshot.site == "example.com"
        assert snapshot.captured == "20140521173313"
        assert snapshot.original_url == "http://example.com/privacy"
