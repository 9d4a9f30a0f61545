"""Archived text that attacks: through a whole build, nothing of it may run, load or steer."""

import json
import re

import pytest

from .conftest import POLICY, BuildSite, Element, Site, archived, elements, run, write_project

pytestmark = pytest.mark.build

ATTACK = """# Privacy </title><script>alert('title')</script> & "quotes" {{ config.site_name }}

<script>alert('raw')</script>

We collect your name <img src=x onerror=alert(1)> and address. <b onmouseover="alert(2)">Bold.</b>

<iframe src="https://evil.example/frame"></iframe>

![pixel](https://evil.example/pixel.png)

[one](javascript:alert(3)) [two](data:text/html,<script>alert(4)</script>) [three][ref]
[four](vbscript:x) [five](JAVASCRIPT:alert(5)) <javascript:alert(6)>

[ref]: javascript:alert(7) "title"

--8<-- "mkdocs.yml"

{{ config.plugins }} {% include "main.html" %} {# comment #} ${7*7} #{7*7}

&lt;script&gt;alert(8)&lt;/script&gt; &#60;img src=x onerror=alert(9)&#62;

## __search

We use cookies to keep you signed in, and text that goes on for a while so that it is a policy
at all.

## pa-main

We do not sell your personal information to anybody. {#__config onclick=alert(10)}

## constructor

*[HTML]: abbreviation

:::python.os.system

!!! note "</article><script>alert(11)</script>"

    Admonition.

## <img src=x onerror=alert(12)>

| a | b |
|---|---|
| <script>alert(13)</script> | [x](javascript:alert(14)) |

1. </li></ol><script>alert(15)</script>

```html
<script>alert(16)</script>
```

Text to be long enough: we may change this policy from time to time, and shall say so on this
page. If you have
questions about how we protect your information, write to us. We keep your information for as
long as the law
asks us to, and delete it after that. You may ask to see, correct or delete what we hold about
you.
"""

HTML_ATTACK = """<!--The following is the downloaded HTML source of the html.example privacy
policy that was
archived on 2015-02-03. Please check the original snapshot on the Wayback Machine
(https://web.archive.org/web/20150203040506/http://html.example/privacy) for the most accurate
reproduction.-->
<!doctype html><html lang='en" onload="alert(20)'>
<head><title></title><script>alert(21)</script></title>
<meta http-equiv="refresh" content="0; url=https://evil.example"><base
href="https://evil.example/">
<style>body{background:url(https://evil.example/x.png)}</style></head>
<body onload="alert(22)"><h1>Privacy Policy <svg/onload=alert(23)></h1>
<p id="__search" class="md-toggle" style="position:fixed">We collect names and addresses of all
our customers.
<a href="javascript:alert(24)">x</a> <a href=" &#106;avascript:alert(25)">y</a>
<a href="/terms" onclick="alert(26)" target="_top">terms</a></p>
<form action="https://evil.example"><input name=q autofocus
onfocus=alert(27)><button>Go</button></form>
<math><mtext></mtext><script>alert(28)</script></math>
<noscript><p title="</noscript><script>alert(29)</script>">x</p></noscript>
<object data="https://evil.example/x.swf"></object><embed src="https://evil.example/y">
<p>We use cookies to remember you. We do not sell your personal information. We may change this
policy from time
to time. We protect your information with measures that are usual in our trade, and keep it as
long as we must.</p>
<h2 id="x" onclick="alert(30)">Cookies</h2><p>Cookies are small files that a site keeps in your
browser.</p>
</body></html>"""

FRONT_MATTER = """---
site: "front.example"
captured: "2016-07-08T09:10:11Z"
original_url: "http://front.example/privacy\\"><script>alert(40)</script>"
kind: "privacy-policy"
collection: "</script><script>alert(41)</script>"
template: 404.html
title: "<script>alert(42)</script>"
description: "\\"><script>alert(43)</script>"
hide: [navigation, toc]
search: {exclude: true}
icon: ../../../etc/passwd
---
""" + POLICY.format(name="Front")

INCLUDED = '--8<-- "mkdocs.yml"'
"""What a page of the maintainer's own may do, and no archived text."""

ATTACKS = {
    "attack.md": archived("attack.example", "20140521173313", ATTACK),
    "html.example.html": HTML_ATTACK,
    "front.md": FRONT_MATTER,
    'na"me<b>.example.txt': POLICY.format(name="<script>alert(50)</script>"),
    "%2e%2e/x%2f..%2fup.example.txt": POLICY.format(name="Up"),
}


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Site:
    project = tmp_path_factory.mktemp("attacked")
    theme = {
        "name": "material",
        "font": False,
        "features": ["navigation.tabs", "navigation.footer", "navigation.path"],
    }
    snippets = {"pymdownx.snippets": {"base_path": [str(project)]}}
    config = write_project(
        project,
        ATTACKS,
        pages={"index.md": f"# Home\n\n{INCLUDED}\n"},
        theme=theme,
        site_url="https://archive.example/",
        markdown_extensions=["attr_list", "abbr", "admonition", snippets, "tables"],
    )
    return run(config, strict=False)


def pages(site: Site) -> dict[str, list[Element]]:
    found = site.files("**/*.html")
    return {name: elements(data.decode("utf-8")) for name, data in found.items()}


def test_the_attacks_are_on_the_site_as_text(attacked: Site) -> None:
    html = attacked["policies/attack.example/20140521173313"]
    assert "{{ config.plugins }}" in html
    assert "--8&lt;--" in html
    names = set(attacked.files("policies/*/*/index.html"))
    assert len([name for name in names if "/latest/" not in name]) == len(ATTACKS)


def test_no_script_but_ours(attacked: Site) -> None:
    for name, data in attacked.files("**/*.html").items():
        html = data.decode()
        for script in re.findall(r"<script[^>]*>(.*?)</script>", html, re.DOTALL):
            assert not re.search(r"alert\(", re.sub(r"\\u003c.*?\\u003e", "", script)) or (
                "schema.org" in script and json.loads(script)
            ), name
        for element in elements(html):
            if element.tag == "script" and "src" in element.attributes:
                assert "//" not in element.attributes["src"], name


def test_no_event_handlers(attacked: Site) -> None:
    for name, found in pages(attacked).items():
        for element in found:
            events = {attribute for attribute in element.attributes if attribute.startswith("on")}
            assert not events, (name, element)


def test_no_element_that_loads_frames_or_posts(attacked: Site) -> None:
    banned = {"iframe", "object", "embed", "img", "base", "frame", "math", "video", "audio"}
    for name, found in pages(attacked).items():
        assert not [e for e in found if e.tag in banned], name
        for element in found:
            assert not element.attributes.get("action"), name
            if element.attributes.get("http-equiv") == "refresh":
                assert element.attributes["content"].startswith("0; url=../"), name
            for attribute in ("href", "src"):
                if element.tag != "a" and attribute in element.attributes:
                    assert "evil.example" not in element.attributes[attribute], name


def test_no_link_runs_anything(attacked: Site) -> None:
    for name, found in pages(attacked).items():
        for element in found:
            address = element.attributes.get("href", "")
            scheme = re.match(r"\s*([a-zA-Z][a-zA-Z0-9+.-]*):", address)
            assert not scheme or scheme[1] in {"http", "https", "mailto"}, (name, address)


def test_ids_are_the_themes_once(attacked: Site) -> None:
    for name, found in pages(attacked).items():
        ids = [e.attributes["id"] for e in found if "id" in e.attributes]
        assert len(ids) == len(set(ids)), (name, [i for i in ids if ids.count(i) > 1])
        assert ids.count("__search") <= 1


def test_front_matter_steers_nothing(attacked: Site) -> None:
    html = attacked["policies/front.example/20160708091011"]
    assert 'class="md-content__inner pa pa-snapshot"' in html
    assert "<title>front.example — Privacy Policy, 8 July 2016" in html
    assert "alert(43)" not in html
    location = "policies/front.example/20160708091011/"
    docs = json.loads(attacked.files()["search/search_index.json"])["docs"]
    assert location in {doc["location"] for doc in docs}


def test_titles_are_inert(attacked: Site) -> None:
    def scripts(place: str) -> list[str]:
        found = elements(attacked[place])
        return [
            e.attributes.get("type", e.attributes.get("id", "")) for e in found if e.tag == "script"
        ]

    expected = scripts("policies/front.example/20160708091011")
    assert scripts("policies/attack.example/20140521173313") == expected
    for name, data in attacked.files("**/*.html").items():
        assert b"</title><script" not in data, name


def test_search_index_holds_escaped_text(attacked: Site) -> None:
    docs = json.loads(attacked.files()["search/search_index.json"])["docs"]
    for doc in docs:
        tags = set(re.findall(r"</?([a-zA-Z]\w*)", doc["text"] + doc["title"]))
        assert tags <= {"p", "ul", "ol", "li", "code", "pre", "sub", "sup"}, doc


def test_local_files_are_not_included(attacked: Site) -> None:
    assert INCLUDED in ATTACK
    assert "docs_dir:" in attacked[""]
    found = attacked.files("policies/**/*.html")
    assert len(found) > len(ATTACKS)
    for name, data in found.items():
        assert b"docs_dir:" not in data, name


def test_addresses_stay_inside_the_site(attacked: Site) -> None:
    assert attacked.broken_links() == []
    project = attacked.folder.parent
    ours = {".cache", "addresses.lock", "content", "mkdocs.yml", "site"}
    assert {path.name for path in project.iterdir()} == ours
    assert [path.name for path in project.parent.iterdir() if "up.example" in path.name] == []
    sites = {name.split("/")[1] for name in attacked.files("policies/*/*/index.html")}
    assert len(sites) == len(ATTACKS)


def test_sources_are_text_whatever_they_are(attacked: Site) -> None:
    sources = attacked.files("policies/**/source*")
    assert len(sources) == len(ATTACKS)
    assert all(name.endswith("/source.txt") for name in sources)


def test_even_python_markdown_traps_are_fast(build_site: BuildSite) -> None:
    trap = "[" * 20000 + "\n\n" + "*" * 20000 + "\n\n" + "<" * 20000
    policy = archived("trap.example", "20140521173313", POLICY.format(name="Trap") + trap)
    site = build_site({"trap.md": policy}, strict=False)
    assert "[" * 1000 in site["policies/trap.example/20140521173313"]
