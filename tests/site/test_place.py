"""The site takes its place whole, and every plugin finds it where the configuration says."""

import json
import os
import shutil
import sys
from pathlib import Path

import pytest
from mkdocs.config import load_config
from mkdocs.exceptions import Abort

from .conftest import POLICY, archived, run, write_project

pytestmark = pytest.mark.build

LAMPS = {"lamps.md": archived("lamps.example", "20140521173313", POLICY.format(name="Lamps"))}
EVENTS = [
    "on_config",
    "on_pre_build",
    "on_files",
    "on_nav",
    "on_env",
    "on_post_build",
    "on_pre_template",
    "on_template_context",
    "on_post_template",
    "on_pre_page",
    "on_page_markdown",
    "on_page_content",
    "on_page_context",
    "on_post_page",
]
RECORDER = """
import json
from pathlib import Path

LOG = Path(__file__).with_name("seen.json")
seen = []

def note(event, config):
    seen.append([event, config.site_dir, (Path(config.site_dir) / "index.html").exists()])
    LOG.write_text(json.dumps(seen))

""" + "\n".join(
    f"def {event}({'config' if event in ('on_config',) else '*_'}, **more):\n"
    f"    note({event!r}, {'config' if event in ('on_config',) else 'more[{!r}]'.format('config')})\n"
    for event in EVENTS
)


def test_every_event_is_told_the_real_place(tmp_path: Path) -> None:
    config = write_project(tmp_path, LAMPS, hooks=["recorder.py"])
    (tmp_path / "recorder.py").write_text(RECORDER)
    run(config)
    seen = json.loads((tmp_path / "seen.json").read_text())
    # The templates of the theme alone are written aside by us, with their events.
    told = {event for event, *_ in seen if event not in ("on_pre_template", "on_post_template")}
    assert told >= {"on_config", "on_files", "on_env", "on_page_context", "on_post_build"}
    for event, place, complete in seen:
        if "template" not in event:
            assert place == str(tmp_path / "site"), event
        if event == "on_post_build":
            assert complete


def test_whoever_reads_the_configuration_alone_is_told_it_too(tmp_path: Path) -> None:
    """As mike does, which deploys what it finds there after another process has built."""
    config = load_config(str(write_project(tmp_path, LAMPS)))
    config.plugins.on_startup(command="build", dirty=False)
    config = config.plugins.on_config(config)
    assert config.site_dir == str(tmp_path / "site")
    config.plugins.on_shutdown()


def test_a_site_that_is_a_link_stays_one(tmp_path: Path) -> None:
    config = write_project(tmp_path, LAMPS)
    (tmp_path / "www").mkdir()
    (tmp_path / "www" / ".nojekyll").write_text("")
    (tmp_path / "site").symlink_to("www")
    for _ in range(3):
        run(config)
        assert (tmp_path / "site").is_symlink()
        assert (tmp_path / "www" / "policies" / "index.html").is_file()
        assert (tmp_path / "www" / ".nojekyll").is_file()


WRITER = """
from pathlib import Path

def on_page_markdown(markdown, page, config, files):
    card = Path(config.site_dir) / "cards" / "home.svg"
    card.parent.mkdir(parents=True, exist_ok=True)
    card.write_text("<svg/>")

def on_post_build(config):
    (Path(config.site_dir) / "policies" / "seen.txt").write_text("here")
"""


def test_what_other_plugins_write_there_is_part_of_the_site(tmp_path: Path) -> None:
    config = write_project(tmp_path, LAMPS, hooks=["writer.py"])
    (tmp_path / "writer.py").write_text(WRITER)
    for _ in range(3):
        site = run(config)
        assert (site.folder / "cards" / "home.svg").read_text() == "<svg/>"
        assert (site.folder / "policies" / "seen.txt").read_text() == "here"
    config.write_text(config.read_text().replace("writer.py", "idle.py"))
    (tmp_path / "idle.py").write_text("")
    for _ in range(2):
        site = run(config)
        assert not (site.folder / "cards").exists()
        assert not (site.folder / "policies" / "seen.txt").exists()


def test_the_site_before_comes_back_where_another_plugin_fails_after_the_build(
    tmp_path: Path,
) -> None:
    config = write_project(tmp_path, LAMPS)
    before = run(config)
    files = before.files()
    text = archived("tables.example", "20140521173313", POLICY.format(name="Tables"))
    (tmp_path / "content" / "policies" / "tables.md").write_text(text)
    settings = config.read_text()
    config.write_text(settings + "hooks: [failing.py]\n")
    (tmp_path / "failing.py").write_text("def on_post_build(config):\n    raise OSError('no')\n")
    with pytest.raises(OSError, match="no"):
        run(config)
    assert before.files() == files
    config.write_text(settings)
    assert "policies/tables.example/index.html" in run(config).files()


TRANSLATOR = """
from pathlib import Path
from mkdocs import utils
from mkdocs.commands.build import build
from mkdocs.structure.files import File, Files

working = False

def on_files(files, config):
    if working:  # a new object, with the pages of the other language alone
        made = File.generated(config, "de/index.md", content="# Zuhause")
        return Files([made, *(file for file in files if not file.is_documentation_page())])

def on_post_build(config):
    global working
    if not working:
        working = True
        clean, utils.clean_directory = utils.clean_directory, lambda folder: None
        build(config)
        utils.clean_directory = clean
        working = False
"""


def test_a_build_within_the_build_adds_to_the_site(tmp_path: Path) -> None:
    """As mkdocs-static-i18n builds one language after another into one folder."""
    config = write_project(
        tmp_path, LAMPS, hooks=["translator.py"], site_url="https://archive.example/"
    )
    (tmp_path / "translator.py").write_text(TRANSLATOR)
    for _ in range(2):
        site = run(config)
        assert "Zuhause" in site["de"]
        assert "policies/lamps.example/index.html" in site.files()
        assert "index.html" in site.files()
        sitemap = (site.folder / "sitemap.xml").read_text()
        assert "<loc>https://archive.example/de/</loc>" in sitemap
        assert "<loc>https://archive.example/policies/lamps.example/</loc>" in sitemap


def test_messages_name_the_place_where_the_site_will_be(tmp_path: Path) -> None:
    site = run(write_project(tmp_path, LAMPS))
    assert f"Building documentation to directory: {site.folder}" in " ".join(site.messages)
    assert "staged" not in " ".join(site.messages)


def test_published_files_are_not_linked_to_kept_ones(tmp_path: Path) -> None:
    config = write_project(tmp_path, LAMPS)
    for _ in range(3):
        site = run(config)
        assert {path.stat().st_nlink for path in site.folder.rglob("*") if path.is_file()} == {1}


@pytest.mark.parametrize("place", ["site", "site/below"])
def test_a_file_in_the_place_of_the_site_stays(
    tmp_path: Path, place: str, caplog: pytest.LogCaptureFixture
) -> None:
    config = write_project(tmp_path, LAMPS, site_dir=place)
    (tmp_path / "site").write_text("somebody's", "utf-8")
    with pytest.raises(Abort):
        run(config)
    assert f"{tmp_path / 'site'} is a file" in caplog.messages[-1]
    assert (tmp_path / "site").read_text("utf-8") == "somebody's"


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such modes")
def test_modes_follow_the_umask_of_the_build(tmp_path: Path) -> None:
    config = write_project(tmp_path, LAMPS)
    before = os.umask(0o077)
    try:
        for mask in (0o077, 0o022, 0o022, 0o027):
            os.umask(mask)
            for _ in range(2):  # both of the trees that take turns
                site = run(config)
                found = {
                    path.relative_to(tmp_path).as_posix(): path.stat().st_mode & 0o777
                    for path in (site.folder, *site.folder.rglob("*"))
                }
                folders = {name for name in found if (tmp_path / name).is_dir()}
                assert {found[name] for name in folders} == {0o777 & ~mask}
                assert {found[name] for name in found.keys() - folders} == {0o666 & ~mask}
    finally:
        os.umask(before)


def test_damaged_indexes_cost_time_alone(tmp_path: Path) -> None:
    config = write_project(tmp_path, LAMPS)
    expected = run(config).files()
    for damage in (b"", b"\0" * 100, b"not an index"):
        for path in (tmp_path / ".cache" / "policy-archive").glob("site-*.index"):
            path.write_bytes(path.read_bytes()[:40] + damage)
        found = run(config).files()
        assert {
            n for n in expected if not n.endswith(".gz") and found.get(n) != expected[n]
        } == set()
    shutil.rmtree(next((tmp_path / ".cache" / "policy-archive").glob("site-*-spare")))
    assert run(config).files().keys() == expected.keys()


def test_links_that_lead_round_or_out_of_the_archive_end_no_build(tmp_path: Path) -> None:
    config = write_project(tmp_path, LAMPS, pages={"more/page.md": "# More\n"})
    policies = tmp_path / "content" / "policies"
    for name in ("a", "b"):
        (policies / name).mkdir()
    (policies / "a" / "to-b").symlink_to("../b")
    (policies / "b" / "to-a").symlink_to("../a")
    (policies / "root").symlink_to("/")
    (policies / "itself").symlink_to("itself")
    site = run(config, strict=False)
    files = site.files()
    assert "policies/lamps.example/index.html" in files
    assert "more/page/index.html" in files
    assert [m for m in site.messages if "policies/root" in m]
