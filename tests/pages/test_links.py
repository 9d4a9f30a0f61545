import pytest

from policy_archive.model import Snapshot
from policy_archive.pages.html.links import ArchivedLinks, without_scheme

DATED = Snapshot(
    "a.md",
    "lamps.example",
    captured="20140521173313",
    original_url="http://lamps.example/p/privacy",
)
UNDATED = Snapshot("a.md", "lamps.example")
SECTIONS = {"use-of-cookies": "use-of-cookies"}


def attributes(href: str, snapshot: Snapshot = DATED) -> str | None:
    return ArchivedLinks(snapshot, SECTIONS).attributes(href)


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://lamps.example/x",
        "tel:+123",
        "blob:http://x/y",
        "http://[bad/",
        "mailto:",
        "mailto://x",
        "",
        "#unknown",
        "#",
    ],
)
def test_what_is_no_web_or_mail_address_is_text(href: str) -> None:
    assert attributes(href) is None


def test_links_go_to_the_replay_at_the_time_of_capture() -> None:
    assert attributes("https://partner.example/x?a=1&b=2") == (
        'href="https://web.archive.org/web/20140521173313/https://partner.example/x?a=1&amp;b=2" '
        'title="https://partner.example/x?a=1&amp;b=2" '
        'data-originalurl="https://partner.example/x?a=1&amp;b=2" '
        'data-versiondate="2014-05-21" rel="nofollow noopener noreferrer"'
    )


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/terms", "http://lamps.example/terms"),
        ("terms.html", "http://lamps.example/p/terms.html"),
        ("../x", "http://lamps.example/x"),
        ("//other.example/y", "http://other.example/y"),
        ("?print=1", "http://lamps.example/p/privacy?print=1"),
        ("a b", "http://lamps.example/p/a%20b"),
        ('x"onclick="alert(1)', "http://lamps.example/p/x%22onclick=%22alert(1)"),
        ("<b>", "http://lamps.example/p/%3Cb%3E"),
        ("/caf\u00e9", "http://lamps.example/caf%C3%A9"),
    ],
)
def test_relative_links_are_of_the_original_page(href: str, url: str) -> None:
    assert f'data-originalurl="{url}"' in (attributes(href) or "")


def test_links_rewritten_by_the_web_archive_are_unwrapped() -> None:
    found = attributes("https://web.archive.org/web/20100101000000id_/http://old.example/x")
    assert found is not None
    assert 'href="https://web.archive.org/web/20100101000000/http://old.example/x"' in found
    assert 'data-versiondate="2010-01-01"' in found


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/web/20140521173313/http://lamps.example/terms", "http://lamps.example/terms"),
        ("/web/20140521173313mp_/http://lamps.example/x?a=1", "http://lamps.example/x?a=1"),
        ("/web/20140521173313/http:/lamps.example/x", "http://lamps.example/x"),
        ("//web.archive.org/web/2014/https://lamps.example/x", "https://lamps.example/x"),
        ("https://web.archive.org/web/20140521173313/lamps.example/x", "http://lamps.example/x"),
        ("https://wayback.archive-it.org/1/20140521173313/http://lamps.example/y",
         "http://lamps.example/y"),
        ("https://arquivo.pt/wayback/20140521173313/http://lamps.example/y",
         "http://lamps.example/y"),
        ("https://web.archive.org/web/2012/https://web.archive.org/web/2010/http://a.example/",
         "http://a.example/"),
        ("https://webcache.googleusercontent.com/search?q=cache:lamps.example/y",
         "http://lamps.example/y"),
        # Resolved by a converter as if the page had been the archive's own.
        ("https://web.archive.org/cookies/?a=b", "http://lamps.example/cookies/?a=b"),
        # The archive's own pages, and addresses that only look alike.
        ("https://web.archive.org/", "https://web.archive.org/"),
        ("https://web.archive.org/save/", "https://web.archive.org/save/"),
        ("https://archive.ph/AbCdE", "https://archive.ph/AbCdE"),
        ("https://archive.lamps.example/2014/x", "https://archive.lamps.example/2014/x"),
        ("/login?next=http://a.example/", "http://lamps.example/login?next=http://a.example/"),
        ("/web/20140521173313/terms", "http://lamps.example/web/20140521173313/terms"),
    ],
)  # fmt: skip
def test_links_lead_where_the_pages_reader_was_led(href: str, url: str) -> None:
    assert f'data-originalurl="{url}"' in (attributes(href) or "")


def test_a_replay_of_a_section_or_a_mail_address_is_what_it_was() -> None:
    page = "https://web.archive.org/web/20140521173313/http://lamps.example/p/privacy"
    assert attributes(f"{page}#use-of-cookies") == 'href="#use-of-cookies"'
    for href in ("/web/20140521173313/mailto:a@b.example", page[:43] + "mailto:a@b.example"):
        assert attributes(href) == 'href="mailto:a@b.example" rel="nofollow noreferrer"'


def test_what_an_undated_page_links_to_on_an_archives_host_is_left() -> None:
    found = attributes("https://web.archive.org/cookies/", UNDATED) or ""
    assert 'data-originalurl="https://web.archive.org/cookies/"' in found


def test_a_replay_of_a_script_is_no_link() -> None:
    assert attributes("https://web.archive.org/web/20100101000000/javascript:alert(1)") is None


def test_fragments_of_known_sections_stay_on_the_page() -> None:
    local = 'href="#use-of-cookies"'
    assert attributes("#use-of-cookies") == local
    assert attributes("#Use%20of%20Cookies") == local
    assert attributes("http://lamps.example/p/privacy#use-of-cookies") == local
    assert attributes("http://lamps.example/p/privacy#gone") is None


def test_fragments_of_the_theme_are_not_reachable() -> None:
    assert attributes("#__search") is None


def test_mail_addresses_stay() -> None:
    assert attributes("mailto:info@lamps.example") == (
        'href="mailto:info@lamps.example" rel="nofollow noreferrer"'
    )
    assert (
        attributes('mailto:a"b@x.example')
        == 'href="mailto:a%22b@x.example" rel="nofollow noreferrer"'
    )


def test_undated_links_are_live_and_relative_ones_are_text() -> None:
    assert attributes("https://partner.example/", UNDATED) == (
        'href="https://partner.example/" data-originalurl="https://partner.example/" '
        'rel="nofollow noopener noreferrer"'
    )
    assert attributes("/terms", UNDATED) is None


def test_day_precision() -> None:
    day = Snapshot("a", "x", captured="20190516")
    assert "web/20190516/https://p.example/" in (attributes("https://p.example/", day) or "")


def test_addresses_for_reading() -> None:
    assert without_scheme("https://www.lamps.example/privacy/") == "lamps.example/privacy"
    assert len(without_scheme("http://lamps.example/" + "x" * 200)) <= 65
