"""Other plugins that projects have beside ours: how each is set up, and what it adds to a site."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Neighbour:
    """A plugin of somebody else's."""

    plugin: str
    options: Mapping[str, Any] = field(default_factory=dict)
    requires: str = ""
    """What to install, at a version that was seen to work; empty: comes with Material."""
    files: Mapping[str, str] = field(default_factory=dict)
    """Files of the project, by their place below its folder."""
    config: Mapping[str, Any] = field(default_factory=dict)
    """More of `mkdocs.yml`."""
    publishes: Mapping[str, str] = field(default_factory=dict)
    """Words that stand in a file of the site thanks to the plugin."""
    drops: tuple[str, ...] = ()
    """Files that the plugin keeps out of the site."""


POLICY = "policies/lamps.example/index.md"
HOME = f"""# Home

See [the policy]({POLICY}) and [on cookies]({POLICY.replace("index", "20140521173313/index")}#cookies).
"""
MADE = f"""
import mkdocs_gen_files

with mkdocs_gen_files.open("made.md", "w") as page:
    page.write("# Made by a script\\n\\n[The policy]({POLICY})\\n")
"""

BUILT_IN = (
    Neighbour(
        "blog",
        {"post_url_date_format": "yyyy"},
        files={
            "content/blog/posts/new.md": "---\ndate: 2024-01-31\n---\n\n# New lamps\n\nLight.\n"
        },
        publishes={"blog/index.html": "New lamps", "blog/2024/new-lamps/index.html": "Light."},
    ),
    Neighbour(
        "tags",
        files={
            "content/tags.md": "# Tags\n\n<!-- material/tags -->\n",
            "content/lamps.md": "---\ntags: [light]\n---\n\n# Lamps\n",
        },
        publishes={"tags/index.html": 'href="../lamps/"'},
    ),
    Neighbour(
        "meta",
        files={
            "content/team/.meta.yml": "search:\n  exclude: true\n",
            "content/team/index.md": "# Team\n\nSomebody.\n",
        },
        publishes={"team/index.html": "Somebody."},
    ),
    Neighbour("offline", publishes={"policies/index.html": "lamps.example"}),
    Neighbour("privacy", {"assets": False}),
    Neighbour("typeset", publishes={"index.html": "Home"}),
    Neighbour(
        "group",
        {"enabled": True, "plugins": [{"tags": {}}]},
        files={"content/tags.md": "# Tags\n\n<!-- material/tags -->\n"},
        publishes={"tags/index.html": "Tags"},
    ),
    Neighbour(
        "exclude",
        {"glob": ["drafts/*"]},
        files={"content/drafts/new.md": "# Not yet\n"},
        drops=("drafts/new/index.html",),
    ),
)
"""What comes with Material, or is a development dependency of ours."""

TOGETHER = tuple(it for it in BUILT_IN if it.plugin not in ("offline", "tags"))
"""What can be one project: `offline` gives pages other addresses, and the group has its tags."""

INSTALLED = (
    Neighbour(
        "i18n",
        {
            "docs_structure": "suffix",
            "languages": [
                {"locale": "en", "name": "English", "default": True, "build": True},
                {"locale": "de", "name": "Deutsch", "build": True},
            ],
        },
        "mkdocs-static-i18n==1.3.1",
        files={"content/index.de.md": "# Zuhause\n"},
        publishes={"de/index.html": "Zuhause", "index.html": "Home"},
    ),
    Neighbour(
        "gen-files",
        {"scripts": ["made.py"]},
        "mkdocs-gen-files==0.6.1",
        files={"made.py": MADE},
        config={"nav": [{"Home": "index.md"}, {"All": "policies/index.md"}, "made.md"]},
        publishes={"made/index.html": 'href="../policies/lamps.example/"'},
    ),
    Neighbour(
        "redirects",
        {"redirect_maps": {"old.md": POLICY, "older.md": "topics/cookies/index.md"}},
        "mkdocs-redirects==1.2.3",
        publishes={
            "old/index.html": "../policies/lamps.example/",
            "older/index.html": "../topics/cookies/",
        },
    ),
    Neighbour(
        "rss",
        {"use_git": False, "date_from_meta": {"as_creation": "date"}},
        "mkdocs-rss-plugin==1.19.0",
        files={"content/news.md": "---\ndate: 2024-01-31\n---\n\n# News of lamps\n"},
        publishes={"feed_rss_created.xml": "News of lamps"},
    ),
    Neighbour(
        "macros",
        requires="mkdocs-macros-plugin==1.5.0",
        files={"content/lamps.md": "# Lamps of {{ config.site_name }}\n"},
        publishes={"lamps/index.html": "Lamps of Test archive"},
    ),
    Neighbour(
        "minify",
        {"minify_html": True},
        "mkdocs-minify-plugin==0.8.0",
        files={"content/lamps.md": "# Lamps\n\nLight.\n\n\n\nMore light.\n"},
        publishes={"lamps/index.html": "<p>Light.</p> <p>More light."},
    ),
    Neighbour(
        "awesome-nav",
        requires="mkdocs-awesome-nav==3.3.0",
        files={
            "content/.nav.yml": "nav:\n  - Start: index.md\n  - team\n",
            "content/team/a.md": "# Al\n",
        },
        publishes={"index.html": "Start", "team/a/index.html": "Al"},
    ),
    Neighbour(
        "literate-nav",
        requires="mkdocs-literate-nav==0.6.3",
        files={"content/SUMMARY.md": "* [Start](index.md)\n* [All of them](policies/index.md)\n"},
        publishes={"index.html": "All of them", "policies/index.html": "All of them"},
    ),
    Neighbour(
        "section-index",
        requires="mkdocs-section-index==0.3.12",
        files={"content/team/index.md": "# Team\n", "content/team/a.md": "# Al\n"},
        publishes={"team/a/index.html": "Al"},
    ),
    Neighbour(
        "git-revision-date-localized",
        {"type": "iso_date", "enable_creation_date": True, "fallback_to_build_date": True},
        "mkdocs-git-revision-date-localized-plugin==1.6.0",
        files={"content/lamps.md": "# Lamps\n"},
        publishes={"lamps/index.html": "git-revision-date"},
    ),
    Neighbour(
        "htmlproofer",
        {"raise_error": True, "validate_external_urls": False},
        "mkdocs-htmlproofer-plugin==1.6.0",
    ),
)
"""What is installed into an environment of its own."""
