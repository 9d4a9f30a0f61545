"""What a maintainer wants of a repository: read with care, and told of where it means nothing."""

import re
from datetime import date
from typing import Any

import pytest

from policy_archive.errors import ProjectError
from policy_archive.sources.git.selection import Seen, Selection, idle, parse


def test_an_entry_of_mkdocs_yml() -> None:
    entry = {
        "branch": "main",
        "paths": "Lamp Shop/*",
        "exclude": ["*/drafts/*", "*.txt"],
        "kinds": ["Privacy Policy", "terms-of-service"],
        "since": date(2019, 6, 1),
        "until": "2020-12-31",
        "languages": ["en-GB", "DE"],
    }
    assert parse(entry) == Selection(
        branch="main",
        paths=("Lamp Shop/*",),
        exclude=("*/drafts/*", "*.txt"),
        kinds=("privacy-policy", "terms-of-service"),
        since="2019-06-01",
        until="2020-12-31",
        languages=("en", "de"),
    )
    assert parse({"since": None}) == Selection()


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ({"kind": "x"}, "unknown key 'kind'; did you mean 'kinds'?"),
        ({"path": "x"}, "unknown key 'path'; did you mean 'paths'?"),
        ({"excluded": "x"}, "unknown key 'excluded'; did you mean 'exclude'?"),
        ({"colour": "x"}, "unknown key 'colour'"),
        ({3: "x"}, "unknown key 3"),
        ({"since": "last year"}, "since: 'last year' is no date; write 2019-06-01"),
        ({"since": 2019}, "since: '2019' is no date"),
        ({"until": "2019-02-30"}, "until: '2019-02-30' is no date"),
        ({"since": "2020-01-01", "until": "2019-01-01"}, "since: 2020-01-01 is later than until"),
        ({"paths": 3}, "paths: 3 must be a text or a list of texts"),
        ({"kinds": ["x", None]}, "must be a text or a list of texts"),
        ({"languages": [""]}, "must be a text or a list of texts"),
    ],
)
def test_what_cannot_be_used_is_said(entry: dict[str, Any], said: str) -> None:
    with pytest.raises(ProjectError, match=re.escape(said)):
        parse(entry)


@pytest.mark.parametrize(
    ("chosen", "wanted"),
    [
        ({}, "abcd"),
        ({"paths": ("x/*",)}, "abd"),
        ({"paths": ("x",)}, "abd"),
        ({"paths": ("x/",)}, "abd"),
        ({"paths": ("*.md",)}, "abc"),
        ({"exclude": ("*/deep",)}, "acd"),
        ({"exclude": ("x",)}, "c"),
        ({"paths": ("x/*",), "exclude": ("*.txt",)}, "ab"),
        ({"paths": ("old/*",)}, "d"),
        ({"exclude": ("old/*",)}, "abc"),
    ],
)
def test_globs(chosen: dict[str, Any], wanted: str) -> None:
    files = {
        "a": ("x/a.md",),
        "b": ("x/deep/b.md",),
        "c": ("y/c.md",),
        "d": ("old/d.txt", "x/d.txt"),
    }
    selection = Selection(**chosen)
    assert "".join(name for name, paths in files.items() if selection.admits(*paths)) == wanted


def test_moments_kinds_and_languages() -> None:
    selection = Selection(since="2019-06-01", until="2019-12-31", kinds=("a",), languages=("en",))
    assert selection.keeps("a", "20190601", "en")
    assert selection.keeps("a", "20191231235959", "und")
    assert not selection.keeps("a", "20190531235959", "en")
    assert not selection.keeps("a", "20200101", "en")
    assert not selection.keeps("a", "", "en")
    assert not selection.keeps("b", "20190601", "en")
    assert not selection.keeps("a", "20190601", "de")
    assert Selection(kinds=("a",)).keeps("a", "")


LISTED = [
    Seen(("Lamp Shop/Privacy Policy.md",) * 2, "privacy-policy", "20190516100000"),
    Seen(("Lamp Shop/Terms.md", "Lamps/Terms.md"), "terms", "20200201100000"),
]
KEPT = [Seen((), "privacy-policy", "20190516100000", "en")]


@pytest.mark.parametrize(
    ("chosen", "kept", "said"),
    [
        ({}, KEPT, []),
        ({"paths": ("Lamp Shop/*", "Lamps/*"), "kinds": ("terms", "privacy-policy")}, KEPT, []),
        (
            {"paths": ("Lamp Shop/*", "Lamp shop/*")},
            KEPT,
            ["paths: nothing in the repository is at 'Lamp shop/*'; did you mean 'Lamp Shop/*'?"],
        ),
        ({"exclude": ("*.txt",)}, KEPT, ["exclude: nothing in the repository is at '*.txt'"]),
        (
            {"kinds": ("privacy-polcy",)},
            [],
            ["kinds: nothing is of the kind 'privacy-polcy'; did you mean 'privacy-policy'?"],
        ),
        ({"languages": ("en", "de")}, KEPT, ["languages: nothing is in 'de'"]),
        (
            {"since": "2021-01-01"},
            [],
            ["since, until: nothing was captured then; captures are from 2019-05-16 to 2020-02-01"],
        ),
        ({"kinds": ("terms",), "languages": ("fr",)}, [], ["nothing is left of the repository"]),
    ],
)
def test_filters_that_nothing_passes(
    chosen: dict[str, Any], kept: list[Seen], said: list[str]
) -> None:
    assert idle(Selection(**chosen), LISTED, kept) == said
