"""The command line reads a project as `mkdocs build` does, and runs nothing of it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from policy_archive.errors import ProjectError
from policy_archive.settings import Settings
from policy_archive.site.project.project import above, load

from ..repositories import open_terms, text

OURS = """
  - policy-archive:
      disabled_rules: [mojibake]
      topics: {sale: false}
"""
CHOSEN = Settings(frozenset({"mojibake"}), '{"sale": false}')
GROUP = """
  - group:
      enabled: %s
      plugins:
        - policy-archive: {disabled_rules: [mojibake], topics: {sale: false}}
"""


def project(folder: Path, configuration: str, name: str = "mkdocs.yml", docs: str = "docs") -> Path:
    (folder / docs / "policies").mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(configuration)
    return folder / name


@pytest.mark.parametrize(
    "plugins",
    [
        f"plugins:{OURS}",
        f"plugins:\n  - search{OURS}  - tags",
        "plugins: {search: {}, policy-archive: {disabled_rules: [mojibake], topics: {sale: false}}}",
        f"plugins:{GROUP}" % "true",
        f"plugins:{GROUP}" % "!ENV [SURELY_NOT_SET, true]",
        "plugins: {group: {enabled: true, plugins: {policy-archive: "
        "{disabled_rules: [mojibake], topics: {sale: false}}}}}",
        f"hooks: [missing.py]\ntheme: {{name: missing}}\nplugins:\n  - missing{OURS}",
        "x: !!python/name:material.extensions.emoji.twemoji\n" + f"plugins:{OURS}",
    ],
)
def test_options_are_found_wherever_mkdocs_finds_them(tmp_path: Path, plugins: str) -> None:
    assert load(project(tmp_path, plugins)).settings == CHOSEN


@pytest.mark.parametrize(
    "plugins",
    ["", "plugins: [policy-archive]", "plugins: {policy-archive: null}", "plugins:", "plugins: []"]
    + [f"plugins:{GROUP}" % off for off in ("false", "!ENV SURELY_NOT_SET", "null")],
)
def test_otherwise_the_defaults_hold(tmp_path: Path, plugins: str) -> None:
    found = load(project(tmp_path, plugins or "site_name: x"))
    assert found.settings == Settings()
    assert found.labels == tmp_path / "docs" / "labels.yml"


def test_inherited_and_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCS", "texts")
    base = f"docs_dir: !ENV [DOCS, docs]\nplugins:{OURS}"
    project(tmp_path, base, "base.yml", "site/texts")
    found = load(project(tmp_path / "site", "INHERIT: ../base.yml\nsite_name: x", docs="texts"))
    assert found.settings == CHOSEN
    assert found.docs == tmp_path / "site" / "texts"


@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.yaml", "properdocs.yml"])
def test_any_folder_of_a_project_leads_to_it(tmp_path: Path, name: str) -> None:
    file = project(tmp_path, "site_name: x", name)
    assert above(tmp_path / "docs" / "policies") == file
    assert above(tmp_path / "docs" / ".." / "docs" / "a.md") == file
    assert above(tmp_path.parent) is None


EXPLOSION = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n + 1}: &a{n + 1} [{', '.join([f'*a{n}'] * 9)}]\n" for n in range(11)
)
"""Lines that stand for 9 to the power of 12 values."""


@pytest.mark.parametrize(
    ("configuration", "says"),
    [
        ("plugins: [", "cannot be read"),
        ("- a\n- b", "must hold keys"),
        ("INHERIT: mkdocs.yml", "cannot be read"),
        ("INHERIT: nowhere.yml", "nowhere.yml"),
        ("docs_dir: [a]", "docs_dir"),
        ("day: 2019-13-77", "cannot be read"),
        ("plugins: 7", "must be a list"),
        ("plugins: [policy-archive: 7]", "must hold options"),
        ("plugins: [policy-archive: {topics: 7}]", "topics"),
        ("plugins: [policy-archive: {topics: {cookies: {naem: x}}}]", "topics.cookies.naem"),
        ("plugins: [policy-archive: {topics: {cookies: {name: 2019-01-01}}}]", "topics"),
        ("plugins: [policy-archive: {labels: !!python/name:os.name ''}]", "labels"),
        (f"{EXPLOSION}plugins: *a11", "its aliases stand for more"),
        (f"{EXPLOSION}plugins: [policy-archive: *a11]", "its aliases stand for more"),
        ("plugins: &a [*a]", "an alias stands for what holds it"),
        (f"site_name: {'[' * 20_000}", "cannot be read"),
    ],
)
def test_a_broken_configuration_is_named(tmp_path: Path, configuration: str, says: str) -> None:
    with pytest.raises(ProjectError, match=rf"mkdocs\.yml: .*{re.escape(says)}"):
        load(project(tmp_path, configuration))


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ("policies: nowhere", "there is no folder 'nowhere'"),
        ("policies: ../docs", "must name a folder below docs_dir"),
        ("sources: [{repository: nope}]", "'nope' is not the root of a git repository"),
        ("sources: [7]", "7 must be"),
    ],
)
def test_missing_places_are_named(tmp_path: Path, options: str, says: str) -> None:
    found = load(project(tmp_path, f"plugins: [policy-archive: {{{options}}}]"))
    with pytest.raises(ProjectError, match=rf"mkdocs\.yml: .*{re.escape(says)}"):
        found.sources()


def test_no_code_of_a_project_runs(tmp_path: Path) -> None:
    touch = f"!!python/object/apply:os.mkdir ['{tmp_path / 'ran'}']"
    (tmp_path / "hook.py").write_text(f"import os; os.mkdir({str(tmp_path / 'ran')!r})")
    load(project(tmp_path, f"hooks: [hook.py]\nextra: {touch}\nplugins: [policy-archive]"))
    assert not (tmp_path / "ran").exists()


def findings_of_check(folder: Path) -> list[tuple[str, int, str]]:
    command = [sys.executable, "-m", "policy_archive", "check", "--format", "json"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert result.returncode in (0, 1), result.stderr
    found = json.loads(result.stdout)["findings"]
    return sorted((it["path"], it["line"], it["message"]) for it in found)


def findings_of_build(folder: Path) -> list[tuple[str, int, str]]:
    command = [sys.executable, "-m", "mkdocs", "build", "-v"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)
    lines = re.findall(r"^(?:DEBUG|WARNING) +- +(.+?):(\d+): (.+)$", result.stderr, re.MULTILINE)
    return sorted((path, int(line), message) for path, line, message in lines)


@pytest.mark.build
def test_a_new_project_is_checked_as_it_is_built(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "mkdocs", "new", "--quiet", "."], cwd=tmp_path, check=True
    )
    with (tmp_path / "mkdocs.yml").open("a") as file:
        file.write("theme: material\nplugins: [policy-archive]\n")
    policies = tmp_path / "docs" / "policies"
    policies.mkdir()
    (policies / "lamps.example.com.md").write_text(text())
    (policies / "bad.md").write_text("---\ncaptured: 2019-13-77\n---\n" + text("nine"))
    found = findings_of_check(policies)
    assert ("bad.md", 2) in {(path, line) for path, line, _ in found}
    built = findings_of_build(tmp_path)
    assert [(f"policies/{path}", line, message) for path, line, message in found] == built


@pytest.mark.build
def test_every_way_to_configure_leads_both_to_the_same_texts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, _ = open_terms(tmp_path / "versions")
    monkeypatch.setenv("POLICIES", "kept")
    (tmp_path / "base.yml").write_text(f"""
docs_dir: content
theme: material
plugins:
  - search
  - group:
      enabled: !ENV [SURELY_NOT_SET, true]
      plugins:
        - policy-archive:
            policies: [!ENV POLICIES, {"other"}]
            search: built-in
            sources: [more, repository: ../versions, {{repository: ../versions, kinds: [privacy-policy]}}]
""")
    folder = tmp_path / "project"
    for name in ("kept", "other", "more"):
        (folder / "content" / name).mkdir(parents=True)
        (folder / "content" / name / "a.md").write_text(text(name))
    (folder / "mkdocs.yml").write_text("INHERIT: ../base.yml\nsite_name: Child\n")
    (folder / "content" / "index.md").write_text("# Home\n")
    found = [
        (os.path.relpath(folder / path, folder / "content"), line, message)
        for path, line, message in findings_of_check(folder)
        if not path.startswith(str(tmp_path))
    ]
    assert {path for path, _, _ in found} == {"kept/a.md", "other/a.md", "more/a.md"}
    built = findings_of_build(folder)
    assert found == [it for it in built if "@" not in it[0]]
    versions = [it for it in findings_of_check(folder) if it[0].startswith(str(tmp_path))]
    assert [it[0].removeprefix(f"{made.folder}/") for it in versions] == [
        it[0] for it in built if "@" in it[0]
    ]
    assert versions
