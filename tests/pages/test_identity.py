"""Whose text a page says it is."""

import pytest

from policy_archive.pages.identity import named, whose


@pytest.mark.parametrize(
    ("site", "title", "expected"),
    [
        ("Zoom", "Privacy Policy", "Zoom — Privacy Policy"),
        ("Spotify", "Spotify Privacy Policy", "Spotify Privacy Policy"),
        ("spotify", "SPOTIFY: your privacy", "SPOTIFY: your privacy"),
        ("Meet", "Meetup Privacy", "Meet — Meetup Privacy"),
        ("lamps.example", "Lamps Privacy", "lamps.example — Lamps Privacy"),
        ("???", "Privacy", "??? — Privacy"),
    ],
)
def test_a_title_leads_with_the_site_and_says_it_once(site: str, title: str, expected: str) -> None:
    assert named(site, title) == expected
    assert whose(site, title) in ("", site)
