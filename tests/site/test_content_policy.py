"""What the policy of a page allows: scripts of the theme and its hosts, nothing of a body."""

import base64
import hashlib
import re

import pytest

from policy_archive.site.theme.content_policy import content_policy, scripts, without

from .conftest import POLICY, BuildSite, archived

LAMPS = {"lamps.md": archived("lamps.example", "20140521173313", POLICY.format(name="Lamps"))}
SNAPSHOT = "policies/lamps.example/20140521173313/"
POLICIES = re.compile('<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


def directives(html: str) -> dict[str, list[str]]:
    (policy,) = POLICIES.findall(html)
    parts = [part.split() for part in policy.split(";")]
    return {name: allowed for name, *allowed in parts}


def digest(script: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()}'"


def test_digests_are_those_of_inline_scripts() -> None:
    html = '<script>a()</script><SCRIPT type="module">\r\nb()\r</SCRIPT >'
    html += '<script type="application/ld+json">{}</script><script src="x.js">no</script>'
    found = content_policy(html)
    assert f"script-src 'self' {digest('a()')} {digest(chr(10) + 'b()' + chr(10))};" in found
    assert list(scripts(html)) == ["a()", "\r\nb()\r"]


@pytest.mark.parametrize(
    ("html", "hosts"),
    [
        ('<script src="https://cdn.example/x.js"></script>', ["https://cdn.example"]),
        ("<script async src=//cdn.example:8443/x.js></script>", ["https://cdn.example:8443"]),
        (r'<script>load("https:\/\/a.example\/x")</script>', ["https://a.example"]),
        ('<form action="https://list.example/subscribe">', ["https://list.example"]),
        ('<img src="https://pictures.example/x.png">', []),
        ('<script src="assets/x.js"></script><a href="https://b.example">', []),
        ('<script src="https://a.example;script-src *"></script>', []),
        ('<script src="https://[::1"></script>', []),
    ],
)
def test_hosts_are_those_that_the_theme_names(html: str, hosts: list[str]) -> None:
    assert re.findall(r"https://[^\s;]+", content_policy(html).partition("worker-src")[0]) == hosts


def test_a_body_allows_nothing() -> None:
    body = '<p><script>stolen()</script><script src="https://evil.example/x.js"></script>'
    page = f"<head><script>theirs()</script></head><body>{body}</body>"
    assert content_policy(without(page, ["", " ", body])) == content_policy(
        "<script>theirs()</script>"
    )


def test_every_page_of_ours_has_one(build_site: BuildSite) -> None:
    pages = {"about.md": "# About\n", "index.md": "# Home\n\n<script>mine()</script>\n"}
    site = build_site(LAMPS, pages=pages, site_url="https://archive.example/")
    for name, data in site.files("**/*.html").items():
        html = data.decode()
        if name == "about/index.html":
            assert not POLICIES.search(html)
            continue
        assert "\ue000" not in html, name
        allowed = directives(html)
        assert allowed["base-uri"] == ["'none'"], name
        if "latest" in name:
            assert allowed == {"default-src": ["'none'"], "base-uri": ["'none'"]}
            continue
        own = {digest(script) for script in scripts(html)}
        assert set(allowed["script-src"]) == {"'self'", *own}, name
        assert html.index("Content-Security-Policy") < html.index("<script"), name
        assert '<meta name="referrer" content="same-origin">' in html, name
    assert digest("mine()") in directives(site["."])["script-src"]


def test_pages_of_the_navigation_have_the_same(build_site: BuildSite) -> None:
    nav = [{"Lamps": f"{SNAPSHOT}index.md"}, {"Topics": "topics/index.md"}]
    framed = build_site(LAMPS, name="framed", strict=False)
    whole = build_site(LAMPS, name="whole", nav=nav, strict=False)
    for place in (SNAPSHOT, "topics/"):
        assert directives(framed[place]) == directives(whole[place])


def test_what_the_maintainer_has_chosen_is_allowed(build_site: BuildSite) -> None:
    site = build_site(
        LAMPS,
        extra_javascript=["https://cdn.example/mathjax.js"],
        extra={"analytics": {"provider": "google", "property": "G-1"}},
    )
    hosts = {"https://cdn.example", "https://www.googletagmanager.com"}
    for place in (SNAPSHOT, "topics/cookies/", "."):
        assert hosts <= set(directives(site[place])["script-src"])


def test_a_script_about_the_page(
    build_site: BuildSite, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Another one on each page, so that no digest of one would do for all."""
    theirs = tmp_path_factory.mktemp("overrides")
    (theirs / "main.html").write_text(
        '{% extends "base.html" %}{% block extrahead %}<script>seen("{{ page.title }}")</script>'
        "{% endblock %}",
        "utf-8",
    )
    site = build_site(
        LAMPS, theme={"name": "material", "font": False, "custom_dir": str(theirs)}, strict=False
    )
    for place in (SNAPSHOT, "topics/cookies/"):
        (script,) = re.findall(r'seen\("[^"]+"\)', site[place])
        assert digest(script) in directives(site[place])["script-src"]


def test_it_can_be_left_out(build_site: BuildSite) -> None:
    site = build_site(LAMPS, options={"csp": False})
    for place in (SNAPSHOT, ".", "topics/cookies/"):
        assert not POLICIES.search(site[place])
        assert '<meta name="referrer" content="same-origin">' in site[place]
