"""What stands around the code is true: versions, links, names of files, forms and hooks."""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

import policy_archive

from .reading_code import PACKAGE, ROOT

DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").rglob("*.md")]
)
FORMS = sorted((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))


def load(path: Path) -> Any:
    return yaml.safe_load(path.read_text("utf-8"))


def prose(document: Path) -> str:
    """A document without its blocks of code."""
    return re.sub(r"^```.*?^```$", "", document.read_text("utf-8"), flags=re.M | re.S)


# Versions


def released() -> list[tuple[str, date]]:
    """Versions and days of the changelog, newest first."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    heads = re.findall(r"^## (.*)$", text, re.MULTILINE)
    assert heads[0] == "[Unreleased]"
    found = [re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - (\d{4}-\d\d-\d\d)", head) for head in heads[1:]]
    return [(m[1], date.fromisoformat(m[2])) for m in found if m]


def test_changelog_package_and_citation_name_one_version() -> None:
    versions = released()
    newest, day = versions[0]
    assert policy_archive.__version__ == newest
    citation = load(ROOT / "CITATION.cff")
    assert (citation["version"], citation["date-released"]) == (newest, str(day))
    assert [d for _, d in versions] == sorted((d for _, d in versions), reverse=True)
    minor = newest.rpartition(".")[0]
    assert f"| {minor} | yes |" in (ROOT / "SECURITY.md").read_text("utf-8")
    assert f"## To {minor}" in (ROOT / "docs/upgrading.md").read_text("utf-8")


def test_the_changelog_links_each_version_to_what_it_changed() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    links = dict(re.findall(r"^\[(.+)\]: (\S+)$", text, re.MULTILINE))
    names = [name for name, _ in released()]
    assert list(links) == ["Unreleased", *names]
    assert links["Unreleased"].endswith(f"/compare/v{names[0]}...HEAD")
    for newer, older in pairwise(names):
        assert links[newer].endswith(f"/compare/v{older}...v{newer}")


# Links and names


def anchors(document: Path) -> set[str]:
    """The ids that a forge gives the headings of a document."""
    heads = re.findall(r"^#+ (.*)$", prose(document), re.MULTILINE)
    plain = (re.sub(r"\[([^]]*)\]\([^)]*\)", r"\1", head).lower() for head in heads)
    return {re.sub(r"[^\w\- ]", "", head).replace(" ", "-") for head in plain}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(document: Path) -> None:
    text = re.sub(r"`[^`\n]*`", "", prose(document))
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if not re.match(r"https?://", link):
            place, _, anchor = link.partition("#")
            target = (document.parent / place).resolve() if place else document
            assert target.exists(), link
            assert not anchor or anchor in anchors(target), link


SUFFIXES = "css|js|py|schema.json|sql|toml|tsv"
NAMED = re.compile(rf"(?:[\w.-]+/)*[\w-]+\.(?:{SUFFIXES})|[\w-]+/(?:[\w.-]+/)*")
"""What looks like the name of a file of code, or of a folder."""
ROOMS = {path.name for path in (*ROOT.iterdir(), *PACKAGE.iterdir()) if path.is_dir()}
OF_SITES = {"build", "content", "docs", "search", "topics"}
"""Rooms whose names a published site or a project uses too."""


def stands_for_code(name: str) -> bool:
    """Whether a document that names `name` means a file or folder of this repository."""
    if not NAMED.fullmatch(name):
        return False
    return not name.endswith("/") or name.split("/", maxsplit=1)[0] in ROOMS - OF_SITES


def exists(name: str, near: Path) -> bool:
    """In the repository, in the package or beside the document; a bare name anywhere."""
    if "/" not in name:
        return any(any(folder.rglob(name)) for folder in (PACKAGE, near, ROOT / "benchmarks"))
    return any((folder / name).exists() for folder in (ROOT, PACKAGE, near))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_files_of_code_that_are_named_exist(document: Path) -> None:
    if document.name == "CHANGELOG.md":
        pytest.skip("it tells of the past")
    named = filter(stands_for_code, re.findall(r"`([^`\n]+)`", prose(document)))
    assert [name for name in named if not exists(name, document.parent)] == []


# Forms and hooks


def test_there_are_forms_for_bugs_texts_and_proposals() -> None:
    assert {path.stem for path in FORMS} == {"bug", "config", "proposal", "reads-wrong"}


@pytest.mark.parametrize("path", [p for p in FORMS if p.stem != "config"], ids=lambda p: p.stem)
def test_forms_are_as_a_forge_reads_them(path: Path) -> None:
    form = load(path)
    assert form["name"] and form["description"] and form["labels"]
    fields = form["body"]
    assert any(field.get("validations", {}).get("required") for field in fields)
    identities = [field["id"] for field in fields]
    assert len(identities) == len(set(identities))
    for field in fields:
        assert field["type"] in {"checkboxes", "dropdown", "input", "markdown", "textarea"}
        assert field["attributes"]["label"]
        assert ("options" in field["attributes"]) == (field["type"] in {"checkboxes", "dropdown"})


def test_hooks_run_the_projects_own_checks() -> None:
    targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    (repository,) = load(ROOT / ".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    entries = [hook["entry"] for hook in repository["hooks"]]
    assert entries == ["make lint", "make test"]
    assert {entry.removeprefix("make ") for entry in entries} <= set(targets)
    assert {hook["language"] for hook in repository["hooks"]} == {"system"}


def test_one_address_stands_for_the_repository() -> None:
    """Forks change it in one command; and no other project's address slips in."""
    texts = [*DOCUMENTS, ROOT / "CITATION.cff", ROOT / "pyproject.toml", *FORMS]
    found = {
        name
        for path in texts
        for name in re.findall(r"github\.com/([\w.-]+/[\w.-]+)", path.read_text("utf-8"))
        if "policy-archive" in name
    }
    assert found == {"policy-archive/mkdocs-policy-archive"}
