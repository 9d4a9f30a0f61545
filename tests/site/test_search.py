"""Full-text search: what is indexed, in which shards, and what happens where it cannot be."""

import gzip
import json
import logging
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import cbor2
import msgspec
import pytest
from mkdocs.commands.build import build
from mkdocs.config import load_config
from tests.build.in_memory import read_archive as read

from policy_archive.build import cache
from policy_archive.settings import Settings
from policy_archive.site.search import bundle, documents, index, pagefind, shards
from policy_archive.site.search.shards import Member, groups
from policy_archive.sources.files import find

from .conftest import POLICY, BuildSite, Site, archived, elements, run, write_project

PAGEFIND = {"search": "pagefind"}
THREE = {
    "lamps.md": archived("lamps.example", "20140521173313", POLICY.format(name="Lamps")),
    "lamps-2.md": archived("lamps.example", "20160102030405", POLICY.format(name="Lamps Ltd")),
    "chairs.md": archived("chairs.example", "20180522173313", POLICY.format(name="Chairs")),
}


def slim_pages(folder: Path, policies: Mapping[str, str]) -> dict[str, str]:
    """The slim page of each snapshot, by site and moment."""
    write_project(folder, policies)
    root = folder / "content"
    archive = read(find(root / "policies", root), Settings())
    return {
        f"{policy.site} {entry.snapshot.captured}": documents.of_snapshot(
            policy.url, archive.record(entry)
        )
        for policy in archive.policies
        for entry in policy.entries
    }


def catalogue(site: Site) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((site.folder / "search/index/shards.json").read_text())
    return found


def indexed(folder: Path) -> dict[str, str]:
    """What an index holds: text by address."""
    found = {}
    for path in folder.glob("fragment/*"):
        data = json.loads(gzip.decompress(path.read_bytes())[12:])
        found[data["url"]] = data["content"]
    return found


# What is indexed


def test_a_slim_page_has_words_anchors_and_facets(tmp_path: Path) -> None:
    page = slim_pages(tmp_path, THREE)["lamps.example 20140521173313"]
    found = elements(page)
    facts = next(e.attributes for e in found if "data-site" in e.attributes)
    assert facts["data-site"] == "lamps.example"
    assert (facts["data-year"], facts["data-kind"], facts["data-language"]) == (
        "2014",
        "privacy-policy",
        "en",
    )
    assert facts["data-pagefind-sort"] == "captured:t20140521173313"
    assert "cookies" in {e.attributes.get("data-t") for e in found}
    blocks = [e for e in found if e.attributes.get("id", "").startswith("p-")]
    # Empty anchors: Pagefind would keep the text of other elements once more for each.
    assert len(blocks) >= 5 and {e.tag for e in blocks} == {"a"}
    assert "remember your basket" in page


def test_hostile_text_is_only_text_in_a_slim_page(tmp_path: Path) -> None:
    title = '</h1><script>alert(1)</script> <i data-pagefind-filter="site:x">'
    text = POLICY.replace("# Privacy Policy", f"# {title}").format(name="a\u200bb <b>")
    page = slim_pages(tmp_path, {"a.md": archived("a.example", "20140521173313", text)})
    (html,) = page.values()
    assert {e.tag for e in elements(html)} <= {
        "html",
        "meta",
        "body",
        "i",
        "h1",
        "h2",
        "a",
        "p",
        "br",
    }
    assert len([e for e in elements(html) if "data-site" in e.attributes]) == 1
    assert "\u200b" not in html


def test_the_archived_sites_own_menu_is_not_indexed(tmp_path: Path) -> None:
    write_project(tmp_path, THREE)
    root = tmp_path / "content"
    archive = read(find(root / "policies", root), Settings())
    policy = archive.policies[0]
    record = archive.record(policy.newest)
    first, *rest = record.document.sections
    folded = replace(
        first, blocks=tuple(msgspec.structs.replace(block, folded=True) for block in first.blocks)
    )
    document = replace(record.document, sections=(folded, *rest))
    words = first.blocks[0].text.split("\n")[0]
    assert words in documents.of_snapshot(policy.url, record)
    menu_only = replace(record, document=document)
    assert words not in documents.of_snapshot(policy.url, menu_only)


# Shards


def members(names: str) -> list[Member]:
    return [Member(0, "", "", "", 0, name, "", 1, "", "") for name in names]


def divided(names: str, least: int, most: int, ends: str = "") -> list[str]:
    given = ((member, 1, member.segment in ends) for member in members(names))
    return ["".join(member.segment for member in group) for group in groups(given, least, most)]


def test_shards_are_bounded_and_end_where_their_members_say() -> None:
    assert divided("abcdefgh", 2, 4) == ["abcd", "efgh"]
    assert divided("abcdefgh", 2, 4, ends="bg") == ["ab", "cdef", "gh"]
    assert divided("abcdefgh", 2, 4, ends="a") == ["abcd", "efgh"]  # too few before
    assert divided("", 2, 4) == []


def test_no_shard_takes_more_memory_than_the_document_says() -> None:
    """Pagefind takes a quarter of a kilobyte a word while it makes an index."""
    long = ((member, 4_000, False) for member in members("a" * 10_000))
    made = [len(group) * 4_000 for group in groups(long)]
    assert sum(made) == 40_000_000
    assert max(made) <= 12_000_000
    document = (Path(__file__).parents[2] / "docs/performance.md").read_text("utf-8")
    assert "12 million words" in document


def test_an_added_snapshot_changes_its_own_shard_alone() -> None:
    before = divided("abcdefghijkl", 2, 6, ends="cfi")
    assert before == ["abc", "def", "ghi", "jkl"]
    assert divided("abcdXefghijkl", 2, 6, ends="cfi") == ["abc", "dXef", "ghi", "jkl"]


@pytest.fixture
def one_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shard for every snapshot."""
    monkeypatch.setattr(shards, "groups", lambda members: groups(members, least=1, most=1))


@pytest.mark.build
def test_only_a_changed_shard_is_made_anew(
    tmp_path: Path, one_each: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = write_project(tmp_path, THREE, options=PAGEFIND)
    first = run(config)
    assert [s["from"] for s in catalogue(first)["shards"]] == ["20180522", "20160102", "20140521"]
    before = {shard["path"] for shard in catalogue(first)["shards"]}

    made: list[str] = []
    write_index = pagefind.write_index

    def counted(pages: Iterable[tuple[str, str]], folder: Path, *, keep_index: bool) -> None:
        made.append(str(folder))
        write_index(pages, folder, keep_index=keep_index)

    monkeypatch.setattr(pagefind, "write_index", counted)
    run(config)
    assert made == []
    path = tmp_path / "content/policies/lamps-2.md"
    path.write_text(path.read_text("utf-8").replace("basket", "trolley"), "utf-8")
    second = run(config)
    assert len(made) == 1
    after = {shard["path"] for shard in catalogue(second)["shards"]}
    assert len(before & after) == 2
    (new,) = after - before
    assert "trolley" in next(iter(indexed(second.folder / "search/index" / new).values()))
    # What nobody asks for any more is not kept.
    kept = {path.name for path in (tmp_path / ".cache/policy-archive/search").iterdir()}
    assert kept - {"lock"} == after | {catalogue(second)["engine"], "shards.json"}


@pytest.mark.build
def test_the_values_of_a_shards_snapshots_stand_in_the_order_of_their_numbers(
    build_site: BuildSite,
) -> None:
    site = build_site(THREE, options=PAGEFIND)
    (shard,) = catalogue(site)["shards"]
    folder = site.folder / "search/index" / shard["path"]
    found = json.loads((folder / "facets.json").read_text("utf-8"))
    told = [found["policy"]["values"][at] for (at,) in found["policy"]["of"]]
    assert told == ["policies/lamps.example/"] * 2 + ["policies/chairs.example/"]
    assert found["year"] == {"values": ["2014", "2016", "2018"], "of": [[0], [1], [2]]}
    assert "cookies" in [found["topic"]["values"][at] for at in found["topic"]["of"][0]]
    for number, day in enumerate(("20140521", "20160102", "20180522")):
        fragment = gzip.decompress((folder / f"fragment/f{number}.pf_fragment").read_bytes())
        assert day in fragment.decode()  # in its address


@pytest.mark.build
def test_the_index_holds_every_snapshot_and_topic_at_its_address(build_site: BuildSite) -> None:
    site = build_site(THREE, options=PAGEFIND)
    found = catalogue(site)
    (shard,) = found["shards"]
    assert shard["snapshots"] == 3
    texts = indexed(site.folder / "search/index" / shard["path"])
    assert sorted(texts) == [
        "/policies/chairs.example/20180522173313/",
        "/policies/lamps.example/20140521173313/",
        "/policies/lamps.example/20160102030405/",
    ]
    topics = indexed(site.folder / "search/index" / found["engine"])
    assert "/topics/cookies/" in topics
    for place in (*texts, *topics):
        assert site[place.lstrip("/")]
    # Engine and index, and nothing that we do not use.
    names = {path.suffix for path in (site.folder / "search/index").rglob("*.*")}
    assert names <= {
        ".js",
        ".json",
        ".pagefind",
        ".pf_meta",
        ".pf_fragment",
        ".pf_index",
        ".pf_filter",
    }
    assert not list((site.folder / "search/index").rglob("*-ui*"))


@pytest.mark.build
def test_the_same_archive_gives_the_same_index(tmp_path: Path) -> None:
    def files(name: str) -> dict[str, bytes]:
        site = run(write_project(tmp_path / name, THREE, options=PAGEFIND))
        return site.files("search/**/*")

    first, second = files("a"), files("b")
    assert len(first) > 20
    assert first == second


def test_pages_are_numbered_as_they_come(tmp_path: Path) -> None:
    """And not as a file system lists them, which are given names that sort otherwise."""
    names = [f"policies/{hash}/" for hash in ("zz", "a", "m", "b")]
    pages = [
        (name, f"<!doctype html><html><body data-pagefind-body><p>words of {name}")
        for name in names
    ]
    pagefind.write_index(pages, tmp_path / "index", keep_index=False)
    bundle.settle(tmp_path / "index", engine=False)
    found = [gzip.decompress((tmp_path / f"index/fragment/f{n}.pf_fragment").read_bytes())
             for n in range(4)]  # fmt: skip
    assert [json.loads(it[12:])["url"] for it in found] == [f"/{name}" for name in names]


@pytest.mark.build
@pytest.mark.parametrize("kind", ["changed", "gone", "digests", "catalogue", "no folder", "a link"])
def test_a_damaged_index_is_made_anew(tmp_path: Path, kind: str) -> None:
    config = write_project(tmp_path, THREE, options=PAGEFIND)
    first = run(config)
    good = first.files("search/index/**/*")
    home = tmp_path / ".cache/policy-archive/search"
    shard = home / catalogue(first)["shards"][0]["path"]
    victim = next(iter(sorted(shard.glob("fragment/*"))))
    match kind:
        case "changed":
            victim.write_bytes(victim.read_bytes().replace(b"\0", b"\1"))
        case "gone":
            victim.unlink()
        case "digests":
            (shard / "digests").write_text("0\n{}")
        case "catalogue":
            (home / "shards.json").write_text("{}")
        case "no folder":
            shutil.rmtree(shard)
            shard.write_text("")
        case "a link":
            shutil.rmtree(shard)
            (tmp_path / "elsewhere").mkdir()
            shard.symlink_to(tmp_path / "elsewhere")
    for path in (tmp_path / ".cache/policy-archive").glob("site-*"):
        shutil.rmtree(path, ignore_errors=True)  # so that everything is written from the cache
    again = run(config, strict=False)
    assert again.files("search/index/**/*") == good
    said = [message for message in again.messages if "index is damaged" in message]
    assert len(said) == (kind in ("changed", "gone", "digests", "a link"))


@pytest.mark.build
def test_a_cache_that_cannot_hold_the_index_is_done_without(tmp_path: Path) -> None:
    config = write_project(tmp_path, THREE, options=PAGEFIND)
    (tmp_path / ".cache/policy-archive").mkdir(parents=True)
    (tmp_path / ".cache/policy-archive/search").write_text("in the way")
    site = run(config)
    assert (site.folder / "search/index/shards.json").exists()


@pytest.mark.build
def test_addresses_without_directories(build_site: BuildSite) -> None:
    site = build_site(THREE, options=PAGEFIND, use_directory_urls=False)
    (shard,) = catalogue(site)["shards"]
    texts = indexed(site.folder / "search/index" / shard["path"])
    assert "/policies/lamps.example/20140521173313/index.html" in texts
    assert not [link for link in site.broken_links() if "search" in link]


def test_an_index_of_an_unknown_form_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "fragment").mkdir()
    (tmp_path / "pagefind.en_1.pf_meta").write_bytes(
        gzip.compress(b"pagefind_dcd" + cbor2.dumps({"quite": "another"}))
    )
    (tmp_path / "pagefind-entry.json").write_text('{"languages": {"en": {"hash": "en_1"}}}')
    (tmp_path / "pagefind-ui.js").write_text("")
    before = (tmp_path / "pagefind.en_1.pf_meta").read_bytes()
    bundle.settle(tmp_path, engine=False)
    assert (tmp_path / "pagefind.en_1.pf_meta").read_bytes() == before
    assert not (tmp_path / "pagefind-ui.js").exists()


# The page, and where there is none


@pytest.mark.build
def test_the_search_page_stands_in_the_navigation(build_site: BuildSite) -> None:
    site = build_site(THREE, options=PAGEFIND)
    page = site["search/"]
    assert re.search(r'<li class="md-tabs__item">\s*<a href="search/"', site[""])
    noscript = re.search(r"<noscript>(.*?)</noscript>", page, re.DOTALL)
    assert noscript and "../policies/" in noscript[1] and "../topics/" in noscript[1]
    assert site.broken_links() == []
    assert not [e for e in elements(page) if e.attributes.get("src", "").startswith("http")]


@pytest.mark.build
def test_without_pagefind_it_says_so_once_and_leaves_it_to_the_theme(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "missing", lambda: ["pagefind"])
    site = run(write_project(tmp_path / "asked", THREE, options=PAGEFIND), strict=False)
    hint = "mkdocs-policy-archive[search]"
    said = [record.levelno for record in site.records if hint in record.getMessage()]
    assert said == [logging.WARNING]
    assert not (site.folder / "search/index.html").exists()
    assert "search/search_index.json" in site.files()
    assert 'href="search/"' not in site[""]
    quiet = run(write_project(tmp_path / "auto", THREE, options={"search": "auto"}))
    assert not [message for message in quiet.messages if hint in message]


def test_nothing_of_the_extra_is_needed_to_start() -> None:
    names = "'pagefind', 'pagefind_bin', 'cbor2'"
    program = (
        f"import sys; sys.modules |= dict.fromkeys([{names}])\n"
        "import policy_archive.site.plugin\n"
        "from policy_archive.site.search import index\n"
        "print(index.missing())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert done.stdout.strip() == f"[{names}]", done.stderr


@pytest.mark.build
@pytest.mark.parametrize(
    ("does", "says"),
    [
        ("echo there is no space left >&2; exit 1", "there is no space left"),
        ("exit 3", "exit status 3"),
        (
            "head -c 9 >&2; printf eyJwYXlsb2FkIjp7InR5cGUiOiJFcnJvciIsIm1lc3NhZ2UiOiJubyJ9fQ==,",
            "no",
        ),
        ("head -c 9 >/dev/null; printf abc; exit", "exit status 0"),
        ("head -c 9 >&2; printf abc,; exit", "its answer is of an unknown form"),
    ],
)
def test_where_pagefind_fails_the_site_is_still_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, does: str, says: str
) -> None:
    program = tmp_path / "pagefind"
    program.write_text(f"#!/bin/sh\n{does}\n", "utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", str(program))
    site = run(write_project(tmp_path, THREE, options=PAGEFIND), strict=False)
    (said,) = [m for m in site.messages if "could not index" in m]
    assert said.endswith(f": {says}")
    assert site["policies/lamps.example/"]
    assert not (site.folder / "search/index").exists()


@pytest.mark.build
def test_a_preview_shows_the_index_of_the_last_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    config_file = write_project(tmp_path, THREE, options=PAGEFIND)

    def preview(times: int) -> Path:
        config = load_config(str(config_file), site_dir=str(tmp_path / "preview"))
        config.plugins.on_startup(command="serve", dirty=False)
        for _ in range(times):
            build(config)
        config.plugins.on_shutdown()
        return tmp_path / "preview/search/index"

    with caplog.at_level(logging.INFO, "mkdocs"):
        assert not preview(2).exists()
    assert sum("has no index before" in message for message in caplog.messages) == 1
    made = run(config_file)
    monkeypatch.setattr(pagefind, "write_index", lambda *a, **k: pytest.fail("in a preview"))
    path = tmp_path / "content/policies/lamps-2.md"
    path.write_text(path.read_text("utf-8").replace("basket", "trolley"), "utf-8")
    found = preview(1)
    names = {p.relative_to(found).as_posix() for p in found.rglob("*")}
    assert names == {
        name.removeprefix("search/index/") for name in made.files("search/index/**/*")
    } | {
        p.relative_to(made.folder / "search/index").as_posix()
        for p in (made.folder / "search/index").rglob("*")
        if p.is_dir()
    }


@pytest.mark.build
def test_the_themes_index_stays_small_beside_it(build_site: BuildSite) -> None:
    def places(name: str, **options: Any) -> set[str]:
        site = build_site(THREE, name=name, options=options)
        docs = json.loads(site.files()["search/search_index.json"])["docs"]
        return {doc["location"].split("#")[0] for doc in docs}

    small = places("small", search="pagefind")
    assert "policies/lamps.example/20140521173313/" in small
    large = places("large", search="pagefind", search_texts=2)
    assert {place for place in large if place.startswith("policies/")} == {
        "policies/lamps.example/",
        "policies/chairs.example/",
    }
    larger = places("larger", search="pagefind", search_texts=1)
    assert not {place for place in larger if place.startswith("policies/")}
    assert "topics/cookies/" in larger
    # Without a search page it is all there is.
    alone = places("alone", search="built-in", search_texts=1)
    assert "policies/lamps.example/20140521173313/" in alone


@pytest.mark.build
def test_the_cache_tells_of_the_index_and_forgets_it(tmp_path: Path) -> None:
    run(write_project(tmp_path, THREE, options=PAGEFIND))
    folder = cache.cache_folder(tmp_path)
    lines = list(cache.contents(folder))
    assert any(line.startswith("the index for full-text search") for line in lines)
    cache.clear(folder)
    assert not folder.exists()
