"""Whose text it is: how pages name an archived text, in headings, titles and links."""

from policy_archive.text.words import words


def whose(site: str, title: str) -> str:
    """The site to print before a text's `title`; empty where the title begins with its name."""
    own, named = words(site), words(title)
    return "" if own and named[: len(own)] == own else site


def named(site: str, title: str) -> str:
    """A text by its site and title: "Spotify — Privacy Policy"."""
    owner = whose(site, title)
    return f"{owner} — {title}" if owner else title
