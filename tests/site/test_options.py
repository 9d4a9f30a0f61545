"""Options that cannot be meant fail with the place and the nearest right name."""

import logging
from pathlib import Path

import pytest
import yaml
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from .conftest import POLICY, archived, run, write_project

LAMPS = {"lamps.md": archived("lamps.example", "20140521173313", POLICY.format(name="Lamps"))}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"rows": 5}, "did you mean 'rows_per_page'"),
        ({"disabled_rules": ["mojibak"]}, "there is no rule 'mojibak'; did you mean 'mojibake'?"),
        ({"workers": -3}, "-3 must be 0 or more"),
        ({"workers": True}, "True must be 0 or more"),
        ({"rows_per_page": 0}, "0 must be 1 or more"),
        ({"search_texts": -1}, "-1 must be 0 or more"),
        ({"search": "pagefin"}, "pagefind"),
        ({"language": "nl"}, "'nl': there are de, en, es, fr"),
    ],
)
def test_values_that_cannot_be_meant(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, options: dict[str, object], said: str
) -> None:
    config = write_project(tmp_path, LAMPS, options=options)
    with caplog.at_level(logging.ERROR), pytest.raises(Abort):
        load_config(str(config))
    assert said in caplog.text
    assert next(iter(options)) in caplog.text


@pytest.mark.build
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"labels": "label.yml"}, "labels: there is no file"),
        ({"policies": "policy"}, "there is no folder 'policy'"),
        ({"sources": [{"repositry": "x"}]}, "repositry"),
        ({"topics": {"cookis": False}}, "cookis"),
        ({"executor": "desk://x"}, "desk://x"),
    ],
)
def test_names_of_what_is_not_there(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, options: dict[str, object], said: str
) -> None:
    with pytest.raises(Abort):
        run(write_project(tmp_path, LAMPS, options=options))
    assert said in caplog.text


@pytest.mark.build
def test_a_theme_that_cannot_show_the_archive_is_named_in_a_sentence(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = write_project(tmp_path, LAMPS, theme={"name": "mkdocs"})
    with pytest.raises(Abort):
        run(config)
    assert "need Material for MkDocs" in caplog.text
    assert "this project uses 'mkdocs'" in caplog.text


@pytest.mark.build
def test_an_empty_archive_is_warned_of(tmp_path: Path) -> None:
    site = run(write_project(tmp_path, {}), strict=False)
    assert "archive is empty" in " ".join(site.messages)


@pytest.mark.build
@pytest.mark.parametrize(
    "settings",
    [
        {"exclude_docs": "policies/tables.md\n"},
        {"draft_docs": "tables.md\n"},
        {"plugins": [{"exclude": {"glob": "policies/t*"}}]},
        {"plugins": [{"exclude": {"regex": [".*tables"]}}]},
    ],
)
def test_what_mkdocs_leaves_out_is_left_out_here(
    tmp_path: Path, settings: dict[str, object]
) -> None:
    if "plugins" in settings:
        pytest.importorskip("mkdocs_exclude")
    text = archived("tables.example", "20140521173313", POLICY.format(name="Tables"))
    config = write_project(tmp_path, LAMPS | {"tables.md": text})
    given = yaml.safe_load(config.read_text())
    more = settings.pop("plugins", [])
    assert isinstance(more, list)
    given["plugins"] += more
    config.write_text(yaml.safe_dump(given | settings))
    files = run(config).files()
    assert "policies/lamps.example/index.html" in files
    assert not [name for name in files if "tables" in name]


@pytest.mark.build
def test_a_folder_s_name_is_no_pattern(tmp_path: Path) -> None:
    page = "<html><body><script>alert(1)</script><p>We collect names.</p></body></html>"
    config = write_project(tmp_path, {}, options={"policies": "my [old] policies!"})
    folder = tmp_path / "content" / "my [old] policies!"
    folder.mkdir()
    (folder / "a.example.html").write_text(page)
    settings = config.read_text()
    for enabled in ("true", "false"):
        config.write_text(settings.replace("search: built-in", f"enabled: {enabled}"))
        site = run(config, strict=False)
        assert b"alert(1)" not in b"".join(
            data for name, data in site.files().items() if not name.endswith("source.txt")
        )


@pytest.mark.build
def test_a_configuration_file_named_by_a_relative_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_project(tmp_path, LAMPS, options={"search": "pagefind"})
    monkeypatch.chdir(tmp_path)
    site = run(Path("mkdocs.yml"))
    assert [name for name in site.files() if name.startswith("search/index/")]
