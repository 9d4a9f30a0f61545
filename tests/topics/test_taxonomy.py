"""The shipped taxonomy is valid, and mkdocs.yml can change it."""

import csv
import os
import re
from pathlib import Path
from typing import Any

import pytest

from policy_archive.topics import taxonomy
from policy_archive.topics.patterns import Patterns
from policy_archive.topics.taxonomy import OPP115, load

VOCABULARY = Path(os.environ.get("POLICY_ARCHIVE_CORPORA", "../shared")) / "vocab/dpv-2.3.tsv"
EXAMPLE = {"name": "Pets", "question": "Are pets named?", "wording": ["pet|pets", "veterinar*"]}


def test_topics_are_complete() -> None:
    topics = load().topics
    assert len(topics) == len({topic.id for topic in topics}) == 18
    for topic in topics:
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", topic.id)
        assert topic.name and topic.question.endswith("?") and topic.explanation
        assert topic.opp115 and topic.headings and topic.wording
        assert set(topic.opp115) <= set(OPP115)


def test_most_categories_of_opp115_have_a_topic() -> None:
    covered = {category for topic in load().topics for category in topic.opp115}
    assert set(OPP115) - covered == {"Introductory/Generic", "Practice not covered"}


def test_dpv_concepts_are_iris_with_labels() -> None:
    for topic in load().topics:
        assert topic.dpv
        for iri, label in topic.dpv:
            assert re.fullmatch(r"https://w3id\.org/dpv(/[a-z/-]+)?#[A-Za-z0-9-]+", iri)
            assert label


def test_dpv_concepts_exist_in_the_pinned_version() -> None:
    if not VOCABULARY.exists():
        pytest.skip(
            f"{VOCABULARY} is absent; set POLICY_ARCHIVE_CORPORA to the folder above vocab/"
        )
    with VOCABULARY.open(encoding="utf-8", newline="") as file:
        known = {row["iri"]: row["label"] for row in csv.DictReader(file, delimiter="\t")}
    assert load().dpv_version in VOCABULARY.name
    for topic in load().topics:
        for iri, label in topic.dpv:
            assert known[iri] == label


def test_patterns_begin_and_end_with_a_word() -> None:
    for topic in load().topics:
        for pattern in (*topic.headings, *topic.wording, *topic.counter):
            assert re.fullmatch(r"[a-z0-9*|]+( \.\.(?= )| [a-z0-9*|]+)*", pattern), pattern
        Patterns((topic.id, pattern) for pattern in topic.wording)


def test_loading_is_cached_and_indifferent_to_emptiness() -> None:
    assert load() is load(None) is load({})


def test_a_topic_is_added_behind_another() -> None:
    changed = load({"pets": {**EXAMPLE, "after": "cookies"}})
    ids = [topic.id for topic in changed.topics]
    assert ids[ids.index("cookies") + 1] == "pets"
    assert changed["pets"].headings == ()
    assert changed.version != load().version


def test_a_field_is_replaced_and_the_rest_stays() -> None:
    changed = load({"cookies": {"question": "Who tracks me?"}})["cookies"]
    assert changed.question == "Who tracks me?"
    assert changed.wording == load()["cookies"].wording


def test_a_renamed_topic_answers_to_both_ids() -> None:
    changed = load({"cookies": {"id": "tracking"}})
    assert changed["tracking"] is changed["cookies"]
    assert "cookies" not in [topic.id for topic in changed.topics]
    with pytest.raises(KeyError):
        changed["nowhere"]


@pytest.mark.parametrize("nothing", [False, None])
def test_a_topic_is_removed(nothing: bool | None) -> None:
    with pytest.raises(KeyError):
        load({"analytics": nothing})["analytics"]


@pytest.mark.parametrize(
    ("overrides", "key", "remedy"),
    [
        ({"nowhere": False}, "topics.nowhere", "topics are data-collected"),
        ({"cookies": "no"}, "topics.cookies", "mapping"),
        ({"cookies": {"titel": "x"}}, "topics.cookies.titel", "fields are"),
        ({"cookies": {"name": ""}}, "topics.cookies.name", "text"),
        ({"cookies": {"wording": "cookie"}}, "topics.cookies.wording", "list"),
        ({"cookies": {"wording": [1]}}, "topics.cookies.wording", "quote"),
        ({"cookies": {"wording": [".. cookie"]}}, "topics.cookies.wording", "begin with a word"),
        ({"cookies": {"wording": ["_"]}}, "topics.cookies.wording", "begin with a word"),
        ({"cookies": {"opp115": ["Cookies"]}}, "topics.cookies.opp115", "they are First Party"),
        ({"cookies": {"dpv": ["tech#Cookie"]}}, "topics.cookies.dpv", "pair"),
        ({"cookies": {"id": "Cookies!"}}, "topics.cookies", "lower-case"),
        ({"cookies": {"id": "use"}}, "topics.cookies.id", "free"),
        ({"cookies": {"after": "nowhere"}}, "topics.cookies.after", "topics are"),
        ({"pets": {"name": "Pets"}}, "topics.pets", "question and wording"),
        ({"pets": {1: {2}}}, "topics", "texts as keys"),
        ({topic.id: False for topic in load().topics}, "topics", "at least one"),
    ],
)
def test_an_invalid_override_names_key_and_remedy(
    overrides: dict[str, Any], key: str, remedy: str
) -> None:
    with pytest.raises(ValueError, match=re.escape(remedy)) as caught:
        load(overrides)
    assert str(caught.value).startswith(key + ":")


def test_versions_are_pinned_in_the_data() -> None:
    assert taxonomy.load().dpv_version == "2.3"
