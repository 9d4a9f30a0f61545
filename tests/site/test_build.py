"""Whole sites through MkDocs: pages, heads, links, security, determinism."""

import hashlib
import json
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from mkdocs.exceptions import Abort

from policy_archive.build import tasks, visit
from policy_archive.cli.main import main
from policy_archive.model import Record
from policy_archive.pages import publication
from policy_archive.settings import Settings
from policy_archive.site.site_build import SiteBuild
from policy_archive.sources.files import Source
from policy_archive.topics import accuracy, taxonomy

from .conftest import POLICY, BuildSite, Site, archived, elements, run, write_project

pytestmark = pytest.mark.build

LAMPS = archived("lamps.example", "20140521173313", POLICY.format(name="Lamps"))
LAMPS_LATER = archived("lamps.example", "20190516101112", POLICY.format(name="Lamps & Sons"))
CHAIRS = archived("chairs.example", "20180102030405", POLICY.format(name="Chairs"))
THREE = {"lamps.md": LAMPS, "lamps-2019.md": LAMPS_LATER, "chairs.example.md": CHAIRS}
SNAPSHOT = "policies/lamps.example/20140521173313"
URL = "https://archive.example/sub/"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """Three policies under an address of their own."""
    return run(write_project(tmp_path_factory.mktemp("three"), THREE, site_url=URL))


def warnings(site: Site) -> list[str]:
    return [r.getMessage() for r in site.records if r.levelno >= logging.WARNING]


def test_every_page_is_there_and_every_link_leads_somewhere(three: Site) -> None:
    names = set(three.files())
    for place in (
        "",
        "policies/",
        "policies/lamps.example/",
        f"{SNAPSHOT}/",
        "policies/lamps.example/20190516101112/",
        "policies/lamps.example/latest/",
        "topics/",
        "topics/cookies/",
        "compare/",
        "about/method/",
    ):
        assert f"{place}index.html" in names
    assert three.broken_links() == []
    assert warnings(three) == []


def test_a_topic_says_how_often_it_is_found_rightly(three: Site) -> None:
    """By how many passages of how many policies."""
    figures = accuracy.load()
    for topic in taxonomy.load().topics:
        said = " ".join(re.sub("<[^>]*>", " ", three[f"topics/{topic.id}"]).split())
        assert f"of the {figures.topics[topic.id].n} that readers found we find" in said
        size = f"{figures.blocks:,} passages of {figures.policies} other policies"
        assert f"Tested on {size}." in said


@pytest.mark.parametrize("directory_urls", [True, False])
def test_all_addresses_hold_without_site_url(build_site: BuildSite, directory_urls: bool) -> None:
    pages = {"index.md": "# Home\n\n[a policy](policies/lamps.example/index.md)\n", "x.md": "# X\n"}
    site = build_site(THREE, pages=pages, use_directory_urls=directory_urls)
    assert site.broken_links() == []
    assert "timemap." not in " ".join(site.files())
    assert [m for m in site.messages if "site_url is not set" in m]
    assert 'rel="canonical"' not in site[SNAPSHOT]


def test_nothing_is_absolute_to_the_root(three: Site) -> None:
    """A site served from a sub-path must not leave it."""
    for name, data in three.files("**/*.html").items():
        if name == "404.html":  # may be served from anywhere, and so begins at the root
            continue
        for element in elements(data.decode()):
            for attribute in ("href", "src", "action"):
                assert not re.match(r"/(?!/)", element.attributes.get(attribute, "")), name


def test_no_page_loads_anything_from_elsewhere(three: Site) -> None:
    loading = {"script": "src", "img": "src", "iframe": "src", "source": "src", "video": "src"}
    for name, data in three.files("**/*.html").items():
        for element in elements(data.decode()):
            if attribute := loading.get(element.tag):
                assert "//" not in element.attributes.get(attribute, ""), name
            if element.tag == "link" and element.attributes.get("rel") in ("stylesheet", "icon"):
                assert "//" not in element.attributes["href"], name


def test_source_is_the_archived_bytes(build_site: BuildSite) -> None:
    data = LAMPS.replace("\n", "\r\n").encode() + b"\xff\xfe\x00"
    site = build_site({"lamps.md": data})
    assert site.files()[f"{SNAPSHOT}/source.txt"] == data


def test_archived_files_are_published_in_no_other_way(build_site: BuildSite) -> None:
    policies = {
        "lamps.md": LAMPS,
        "lamps.html": "<p>x</p><script>alert(1)</script>",
        "deep/picture.svg": "<svg onload='alert(1)'/>",
        "deep/index.md": CHAIRS,
    }
    site = build_site(policies, strict=False, use_directory_urls=False)
    twin = re.compile(
        r"policies/.+/(?:\d{14}|undated-\w{8})/index\.md"
    )  # a snapshot's text, made of its blocks
    for name in site.files():
        ours = name.startswith("assets/") or twin.fullmatch(name)
        assert ours or not name.endswith((".md", ".svg")), name
    assert "policies/lamps.html" not in site.files()
    assert not [m for m in site.messages if "conflicts with" in m]


def test_a_disabled_plugin_publishes_no_archived_file(build_site: BuildSite) -> None:
    site = build_site(THREE, options={"enabled": False}, pages={"index.md": "# Home\n"})
    assert not [name for name in site.files() if name.startswith("policies")]


def test_snapshot_head(three: Site) -> None:
    found = elements(three[SNAPSHOT])
    links = {
        (e.attributes["rel"], e.attributes["href"], e.attributes.get("datetime", ""))
        for e in found
        if e.tag == "link"
    }
    own = f"{URL}{SNAPSHOT}/"
    assert ("canonical", own, "") in links
    assert ("original", "http://lamps.example/privacy", "") in links
    assert ("memento", own, "Wed, 21 May 2014 17:33:13 GMT") in links
    assert ("timemap", f"{URL}policies/lamps.example/timemap.link", "") in links
    assert ("timemap", f"{URL}policies/lamps.example/timemap.json", "") in links
    assert (
        "next memento",
        "../20190516101112/",
        "Thu, 16 May 2019 10:11:12 GMT",
    ) in links
    assert not [link for link in links if link[0] == "prev memento"]


def test_structured_data(three: Site) -> None:
    html = three[SNAPSHOT]
    match = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    assert match
    data = json.loads(match[1])
    assert data["@context"] == "https://schema.org"
    assert data["dateCreated"] == "2014-05-21T17:33:13Z"
    assert data["isBasedOn"] == "http://lamps.example/privacy"
    assert data["url"] == f"{URL}{SNAPSHOT}/"
    assert len(data["identifier"]["value"]) == 64


def test_latest_leads_to_the_newest(three: Site) -> None:
    html = three["policies/lamps.example/latest"]
    assert 'content="0; url=../20190516101112/"' in html
    assert f'<link rel="canonical" href="{URL}policies/lamps.example/20190516101112/">' in html
    assert "noindex" in html


def test_older_snapshots_say_so(three: Site) -> None:
    assert "../20190516101112/" in three[SNAPSHOT]
    assert three["policies/lamps.example/20190516101112"].count("pa-older") == 0
    assert three[SNAPSHOT].count("pa-older") == 1


def test_the_json_of_a_snapshot(three: Site, capsys: pytest.CaptureFixture[str]) -> None:
    files = three.files()
    data = json.loads(files["policies/lamps.example/20140521173313/index.json"])
    docs = three.folder.parent / "content"
    assert main(["inspect", str(docs / data["path"])]) == 0
    addresses, answers, units = (data.pop(it) for it in ("addresses", "answers", "units"))
    ids = {block["id"] for section in data["sections"] for block in section["blocks"]}
    assert ids <= set(units)
    # The sentence that answers the question, not its whole paragraph.
    assert answers["cookies"]["text"].startswith("We use cookies to remember your basket.")
    assert "empty each time" not in answers["cookies"]["text"]
    assert data == json.loads(capsys.readouterr().out)
    assert addresses == {
        "page": "./",
        "permalink": f"{URL}policies/lamps.example/20140521173313/",
        "policy": "../",
        "source": "source.txt",
        "newest": False,
        "previous": None,
        "next": {
            "captured": "2019-05-16T10:11:12Z",
            "page": "../20190516101112/",
            "json": "../20190516101112/index.json",
            "change": "../20140521173313..20190516101112/",
        },
    }
    newest = json.loads(files["policies/lamps.example/20190516101112/index.json"])["addresses"]
    assert newest["newest"]
    assert newest["previous"]["page"] == "../20140521173313/"
    assert newest["next"] is None


def test_the_old_name_of_the_json_of_a_snapshot_leads_to_it(three: Site) -> None:
    files = three.files()
    newest = "policies/lamps.example/20190516101112/"
    assert files[f"{newest}passages.json"] == files[f"{newest}index.json"]
    assert f"{SNAPSHOT}/passages.json" not in files


def test_a_snapshot_page_does_not_change_when_another_policy_comes(build_site: BuildSite) -> None:
    alone = build_site({"lamps.md": LAMPS}, name="alone")
    both = build_site({"lamps.md": LAMPS, "chairs.md": CHAIRS}, name="both")
    assert alone[SNAPSHOT] == both[SNAPSHOT]


def test_two_builds_give_the_same_bytes(
    build_site: BuildSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    first = build_site(THREE, name="one", site_url=URL).files()
    monkeypatch.setenv("TZ", "America/New_York")
    second = build_site(dict(reversed(THREE.items())), name="two", site_url=URL).files()
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert "14 November 2023" in first["about/method/index.html"].decode()


def test_unchanged_files_are_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = write_project(tmp_path, THREE)
    first = run(config).files()
    assert (tmp_path / ".cache/policy-archive/texts.sqlite").is_file()
    read: list[str] = []
    honest = tasks.read_source

    def counting(source: Source, settings: Settings) -> Record:
        read.append(source.path)
        return honest(source, settings)

    monkeypatch.setattr(visit, "read_source", counting)
    again = run(config).files()
    assert read == []
    assert [n for n in first if n.startswith("policies") and first[n] != again[n]] == []
    (tmp_path / "content/policies/lamps.md").write_text(LAMPS + "One more sentence.\n")
    assert "One more sentence" in run(config)[SNAPSHOT]
    assert read == ["policies/lamps.md"]


def test_no_bytes_stand_under_a_digest_that_is_not_theirs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    config = write_project(tmp_path, THREE)
    honest = SiteBuild.write

    def edited(build: SiteBuild) -> None:
        (tmp_path / "content/policies/lamps.md").write_text(LAMPS + "One more sentence.\n")
        honest(build)

    monkeypatch.setattr(SiteBuild, "write", edited)
    site = run(config, strict=False)
    assert any("lamps.md: edited during this build" in it for it in warnings(site))
    source = f"{SNAPSHOT}/source.txt"
    assert source not in site.files()
    assert "One more sentence" not in site[SNAPSHOT]
    monkeypatch.undo()
    again = run(config)
    assert b"One more sentence" in again.files()[source]
    assert hashlib.sha256(again.files()[source]).hexdigest() in again[SNAPSHOT]


def test_a_project_that_cannot_be_written_to_builds_all_the_same(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = write_project(tmp_path, THREE)
    (tmp_path / ".cache").write_text("in the way")
    site = run(config)
    assert sum("nothing is kept between builds" in m for m in caplog.messages) == 1
    assert "We at Lamps" in site[SNAPSHOT]


def test_long_listings_continue(build_site: BuildSite) -> None:
    policies = {
        f"{n}.md": archived(f"site-{n}.example", f"2019010{n}000000", POLICY.format(name=n))
        for n in range(1, 6)
    }
    site = build_site(policies, options={"rows_per_page": 2})
    names = set(site.files())
    for place in ("policies/", "topics/cookies/", "compare/"):
        # Named after the policy that each begins with, which others leave alone.
        pages = sorted(it for it in names if it.startswith(f"{place}page/"))
        assert pages == [f"{place}page/site-{n}.example/index.html" for n in (2, 4)]
    assert 'data-site="site-5.example"' in site["policies/page/site-4.example"]
    assert 'data-site="site-5.example"' not in site["policies"]
    # A row that stands on a later page has no anchor on the first, which every snapshot links to.
    broken = [link for link in site.broken_links() if "no such file" in link]
    assert broken == []


def tabs(html: str) -> list[str]:
    match = re.search(r'<nav class="md-tabs".*?</nav>', html, re.DOTALL)
    assert match
    return re.findall(r'class="md-tabs__link">\s*(.*?)\s*</a>', match[0], re.DOTALL)


def test_navigation_without_nav(build_site: BuildSite) -> None:
    theme = {"name": "material", "font": False, "features": ["navigation.tabs"]}
    pages = {"index.md": "# Home\n", "about/index.md": "# About\n", "news.md": "# News\n"}
    site = build_site(THREE, pages=pages, theme=theme)
    assert tabs(site["topics/cookies"]) == [
        "Home",
        "Policies",
        "Topics",
        "Compare",
        "Changes",
        "News",
        "About",
    ]
    assert re.search(r'item--active">\s*<a href="../../"', site[SNAPSHOT])
    assert site.broken_links() == []


def test_explicit_nav_keeps_its_titles(build_site: BuildSite) -> None:
    theme = {"name": "material", "font": False, "features": ["navigation.tabs"]}
    nav = [
        {"Start": "index.md"},
        {"All policies": "policies/index.md"},
        {"More": [{"By topic": "topics/index.md"}, {"How": "about/method/index.md"}]},
    ]
    site = build_site(THREE, pages={"index.md": "# Home\n"}, theme=theme, nav=nav)
    assert tabs(site["topics"]) == ["Start", "All policies", "More"]
    assert "By topic" in site["topics"]
    assert site.broken_links() == []


def test_a_home_page_of_its_own_keeps_its_words_and_gets_figures(build_site: BuildSite) -> None:
    site = build_site(THREE, pages={"index.md": "# Our archive\n\nHello there.\n"})
    assert "Hello there." in site[""]
    assert "pa-figures" in site[""]


def test_a_home_page_inside_a_section_gets_figures_too(build_site: BuildSite) -> None:
    nav = [{"Start": [{"Here": "index.md"}]}]
    site = build_site(THREE, pages={"index.md": "# Our archive\n"}, nav=nav)
    assert "pa-figures" in site[""]


def test_of_very_many_kinds_a_page_names_some(build_site: BuildSite) -> None:
    head = "---\nsite: lamps.example\nkind: kind {0:02}\ncaptured: 2019-01-01\n---\n"
    site = build_site({f"{n:02}.md": head.format(n) + LAMPS for n in range(60)})
    for n in (0, 30, 59):
        page = site[f"policies/lamps.example/kind-{n:02}"]
        names = set(re.findall(r'<a href="\.\./kind-(\d\d)/">', page))
        assert len(names) == 50
        assert f"{n:02}" not in names
        assert f"{n - 1 if n else 1:02}" in names
        assert "9 more of this site" in page


def test_other_kinds_have_a_segment_of_their_own(build_site: BuildSite) -> None:
    head = "---\nsite: lamps.example\ncaptured: 2014-05-21T17:33:13Z\nkind: {}\n---\n"
    terms = head.format("terms-of-service") + POLICY.format(name="Terms")
    latest = head.format("latest") + POLICY.format(name="Trick")
    up = head.format("../../../up") + POLICY.format(name="Up")
    policies = {"lamps.md": LAMPS, "terms.md": terms, "latest.md": latest, "up.md": up}
    site = build_site(policies, strict=False)
    assert "We at Terms" in site["policies/lamps.example/terms-of-service/20140521173313"]
    assert 'href="terms-of-service/"' in site["policies/lamps.example"]
    assert site.broken_links() == []
    assert not (site.folder.parent / "up").exists()


def test_a_home_page_with_its_own_template_is_left_alone(build_site: BuildSite) -> None:
    page = "---\ntemplate: main.html\n---\n# Our archive\n"
    site = build_site(THREE, pages={"index.md": page})
    assert "pa-figures" not in site[""]


def test_an_own_page_replaces_a_generated_one(build_site: BuildSite) -> None:
    site = build_site(THREE, pages={"index.md": "# Home\n", "about/method.md": "# Ours\n"})
    assert "Ours" in site["about/method"]
    assert [m for m in site.messages if "your own page replaces" in m]


def test_links_from_own_pages_are_checked_to_the_anchor(build_site: BuildSite) -> None:
    good = f"# Home\n\n[x]({SNAPSHOT}/index.md#cookies) [y](topics/sale/index.md#lamps.example)\n"
    validation = {"validation": {"anchors": "warn"}}
    build_site(THREE, pages={"index.md": good}, name="good", **validation)
    bad = good.replace("#cookies", "#biscuits")
    with pytest.raises(Abort):
        build_site(THREE, pages={"index.md": bad}, name="bad", **validation)


def test_an_empty_archive_is_a_site(build_site: BuildSite) -> None:
    site = build_site({}, strict=False)
    assert site.broken_links() == []
    assert "archive is empty" in site[""]


def test_doubts_inform_and_problems_fail_strict_builds(build_site: BuildSite) -> None:
    bare = "We collect names.\n\nWe sell nothing to anybody here.\n"
    site = build_site({"a.example.txt": bare, "b.example.txt": bare})
    (line,) = [m for m in site.messages if "-v lists" in m]
    assert line.startswith("4 doubts: 2 no-provenance, 2 too-short; -v lists all of them")
    assert not [m for m in site.messages if m.startswith("policies/a.example.txt:1: ")]
    twice = {"a/lamps.md": LAMPS, "b/lamps.md": LAMPS}
    site = build_site(twice, name="twice", strict=False)
    assert [m for m in warnings(site) if m.startswith("policies/a/lamps.md:1: ")]
    with pytest.raises(Abort):
        build_site(twice, name="again")


def test_wrong_options_say_what_to_do(build_site: BuildSite) -> None:
    with pytest.raises(Abort):
        build_site(THREE, options={"policies": "nowhere"})
    with pytest.raises(Abort):
        build_site(THREE, name="b", options={"policies": "../x"})
    with pytest.raises(Abort):
        build_site(THREE, name="c", options={"topics": {"cookies": {"naem": "x"}}})


def test_topics_can_be_renamed_and_removed(build_site: BuildSite) -> None:
    options = {"topics": {"cookies": {"name": "Biscuits"}, "sale": False}}
    site = build_site(THREE, options=options)
    assert "Biscuits" in site["topics"]
    assert "topics/sale/index.html" not in site.files()


def test_search_covers_small_archives_and_headings_of_large_ones(build_site: BuildSite) -> None:
    def index(site: Site) -> list[dict[str, str]]:
        docs: list[dict[str, str]] = json.loads(site.files()["search/search_index.json"])["docs"]
        return docs

    docs = index(build_site(THREE, name="small"))
    cookies = {d["location"]: d for d in docs}[f"{SNAPSHOT}/#cookies"]
    assert cookies["title"] == "Cookies"
    assert "remember your basket" in cookies["text"]
    large = index(build_site(THREE, name="large", options={"search_texts": 2}))
    assert f"{SNAPSHOT}/#cookies" in {d["location"] for d in large}
    assert not [d for d in large if "remember your basket" in d["text"]]


def test_long_texts_count_for_several_in_the_index_that_every_reader_loads(
    build_site: BuildSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    """500 captures of ten times the usual length would be a hundred megabytes of a browser's."""

    def holds_texts(name: str, words_of_a_text: int) -> bool:
        monkeypatch.setattr(publication, "WORDS_OF_A_TEXT", words_of_a_text)
        site = build_site(THREE, name=name, options={"search_texts": 3})
        return b"remember your basket" in site.files()["search/search_index.json"]

    words = sum(len(re.findall(r"\w+", text)) for text in THREE.values())
    assert holds_texts("usual", words // 3)
    assert not holds_texts("long", words // 6)


@pytest.mark.parametrize("engine", ["mkdocs", "properdocs"])
def test_the_same_project_builds_under_both_engines(tmp_path: Path, engine: str) -> None:
    pytest.importorskip(engine)
    config = write_project(tmp_path, THREE)
    done = subprocess.run(
        [sys.executable, "-m", engine, "build", "--strict", "-f", str(config)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / SNAPSHOT / "index.html").is_file()
    assert "WARNING" not in done.stderr
