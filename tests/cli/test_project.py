import json
from pathlib import Path

import pytest

from policy_archive.build.tasks import Settings
from policy_archive.cli.main import main
from policy_archive.cli.project import project_of

CONFIGURATION = """
site_name: !ENV [NAME, Archive]
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
plugins:
  - search
  - policy-archive:
      disabled_rules: [mojibake]
      topics:
        sale: false
"""


def test_without_a_project_the_defaults_hold(tmp_path: Path) -> None:
    assert project_of(tmp_path).settings == Settings()


def test_the_project_above_decides(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION)
    folder = tmp_path / "docs" / "policies"
    folder.mkdir(parents=True)
    project = project_of(folder)
    assert project.labels == tmp_path / "docs" / "labels.yml"
    assert project.settings == Settings(frozenset({"mojibake"}), '{"sale": false}')


@pytest.mark.parametrize("plugins", ["[policy-archive]", "{policy-archive: {}}", "null", "7"])
def test_a_plugin_without_options_has_the_defaults(tmp_path: Path, plugins: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(f"plugins: {plugins}")
    assert project_of(tmp_path).settings == Settings()


@pytest.mark.parametrize("text", ["plugins: [", "plugins: {policy-archive: {topics: 7}}"])
def test_a_broken_configuration_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "mkdocs.yml").write_text(text)
    with pytest.raises(ValueError, match=r"mkdocs\.yml"):
        project_of(tmp_path)


def test_inspect_says_what_the_site_says(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mkdocs.yml").write_text(CONFIGURATION)
    file = tmp_path / "a.md"
    file.write_text("# Privacy\n\nWe are the industryâ€™s best and never sell your data.\n")
    assert main(["inspect", str(file)]) == 0
    found = json.loads(capsys.readouterr().out)
    (block,) = found["sections"][0]["blocks"]
    assert "industryâ€™s" in block["text"]
    assert "sale" not in {topic["topic"] for topic in block["topics"]}
