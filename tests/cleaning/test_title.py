"""What a document is called: its own name, whatever stands above or below it."""

import pytest

from policy_archive.cleaning import clean
from policy_archive.cleaning.title import names_document, tidied
from policy_archive.reading import html, markdown

CLAUSE = "We collect the information that you give us when you register, such as your name."


def title(text: str) -> str:
    return clean(markdown.read(text), fallback_title="(none)")[0].title


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Spotify Privacy Policy\n\n## 1. About this Policy", "Spotify Privacy Policy"),
        ("Effective 1 May 2023\n\n## 1. About this Policy", "(none)"),
        ("**Acme Privacy Policy**\n\nEffective 1 May 2023\n\n## 1. Scope", "Acme Privacy Policy"),
        ("Privacy Policy\n\n## California Privacy Statement", "Privacy Policy"),
        ("# Legal\n\n## Acme Global Privacy Policy", "Acme Global Privacy Policy"),
        ("## Privacy PolicyLast Modified: 2020-11-10", "Privacy Policy"),
        ("# Privacy Policy (last updated May 1, 2020)", "Privacy Policy"),
        ("# \ue904Acme Inc. Privacy Policy", "Acme Inc. Privacy Policy"),
        ("# Privacy Notice [¶](#top)", "Privacy Notice"),
        ("## Changes to this Privacy Policy", "(none)"),
        ("# Introduction\n\n## What we collect", "(none)"),
        ("# Cookies", "Cookies"),
        ("# Politique de confidentialité\n\n## 1. Finalités", "Politique de confidentialité"),
        ("## Let’s look at the full Acme Privacy Policy.", "(none)"),
        ("## Terms & Conditions of Use\n\n## Copyright Infringement Policy",
         "Terms & Conditions of Use"),
        ("## Acme companies issuing the Policy\n\nWe are many.\n\n## Introduction", "(none)"),
        ("# Our Policies", "Our Policies"),
        ("# Legal\n\n## Community Guidelines", "Community Guidelines"),
        ("# Legal\n\n## 1. Who we are", "Legal"),
        ("# Privacy\n\n## Revision date: October 14, 2009", "Privacy"),
        ("# Privacy NoticeContactSitemap", "Privacy Notice"),
        ("# TERMS OF USEThese screensavers", "TERMS OF USE"),
        ("# PolicyGenius Privacy Policy", "PolicyGenius Privacy Policy"),
        ("# Global Privacy Notice for Passengers", "Global Privacy Notice for Passengers"),
    ],
)  # fmt: skip
def test_the_documents_own_title(text: str, expected: str) -> None:
    assert title(f"{text}\n\n{CLAUSE}") == expected


def test_the_pages_title_says_it_where_the_text_does_not() -> None:
    page = f"<title>Acme | Privacy Policy – Help</title><p>{CLAUSE}</p>"
    assert clean(html.read(page), fallback_title="(none)")[0].title == "Privacy Policy"


@pytest.mark.parametrize("part", ["A. Privacy Policy", "Summary of our policy", "For children"])
def test_a_part_is_no_document(part: str) -> None:
    assert not names_document(part)


def test_a_title_of_marks_alone_is_empty() -> None:
    assert tidied("# * _") == ""
