"""What a change comes to: words, topics and excerpts, from documents made by hand."""

from collections.abc import Sequence

from policy_archive.diff import ChangeSummary, Span, TopicChange, compare, summarise
from policy_archive.model import Block, Document, Passage, Record, Run, Section, Snapshot

LONG = "We keep the names of all who order lamps from us in a large book for ten years"


def record(*texts: str, topics: Sequence[tuple[int, str, float]] = ()) -> Record:
    """A text of paragraphs `p-0`, `p-1` …; `topics` are paragraph, topic and score."""
    blocks = tuple(
        Block("paragraph", (1, 1), (Run(text),), id=f"p-{n}") for n, text in enumerate(texts)
    )
    return Record(
        snapshot=Snapshot("a.md", "a.example"),
        document=Document("", (Section("s", None, 1, (1, 1), blocks),)),
        repairs=(),
        passages=tuple(Passage(f"p-{n}", topic, score) for n, topic, score in topics),
        stated_dates=(),
        notices=(),
        language="en",
        encoding="utf-8",
        sha256="",
        words=sum(len(text.split()) for text in texts),
    )


def summary(old: Record, new: Record) -> ChangeSummary:
    return summarise(compare(old.document, new.document), old, new)


def test_words_are_counted_on_both_sides() -> None:
    old = record("We sell nothing at all.", LONG, "We use cookies here.")
    new = record(
        "We sell everything and more at all.", LONG, "We use “cookies” here.", "New words."
    )
    found = summary(old, new)
    assert (found.passages, found.added, found.removed) == (2, 5, 1)
    assert (found.moved, found.cosmetic) == (0, 1)
    assert found.share == round(6 / (old.words + new.words), 4)
    assert found.substantive


def test_what_moved_or_looks_different_is_no_change_of_words() -> None:
    old = record("One two three.", "Four five.", "Six seven.")
    found = summary(old, record("Six seven.", "Four five", "One two three."))
    assert found == ChangeSummary(moved=2, cosmetic=1)
    found = summary(record("One two", "Three four"), record("One two.", "Three “four”"))
    assert found == ChangeSummary(cosmetic=2)


def test_single_words_are_not_said_to_move() -> None:
    found = summary(record("Cookies", LONG, "Not one."), record(LONG, "Not one.", "Cookies"))
    assert (found.passages, found.added, found.removed, found.moved) == (2, 1, 1, 0)


def test_a_share_is_never_above_one_and_nothing_divides_by_nothing() -> None:
    assert summary(record(), record()) == ChangeSummary()
    assert summary(record("a b"), record("c d")).share == 1


def test_topics_are_those_of_either_side_the_most_words_first() -> None:
    old = record(
        "We sell one thing.",
        LONG,
        "Cookies are small, and old.",
        topics=[(0, "sale", 0.9), (0, "sharing", 0.49), (2, "cookies", 0.5), (1, "retention", 1)],
    )
    new = record(
        "We sell one thing and another, and a third one too.",
        LONG,
        "Cookies are small.",
        topics=[(0, "sale", 0.9), (0, "use", 0.8), (1, "retention", 1)],
    )
    topics = summary(old, new).topics
    # Each topic's excerpt is of its own passage.
    added = "and another, and a third one too"
    assert [[it.new for it in topic.excerpt if it.kind == "added"] for topic in topics] == [
        [added],
        [added],
        [],
    ]
    assert [it.old for it in topics[2].excerpt if it.kind == "removed"] == [", and old"]
    assert tuple(it._replace(excerpt=()) for it in topics) == (
        TopicChange("sale", 1, 7, 0),
        TopicChange("use", 1, 7, 0),
        TopicChange("cookies", 1, 0, 2),  # which the new words do not speak to any more
    )


def test_the_passages_that_changed_most_are_quoted_first_three_of_them() -> None:
    matters = [f"Matter {n} is dealt with here and stays." for n in range(5)]
    more = ("once", "once more and twice", "", "once again at last", "once and again")
    old, new = record(*matters), record(*(f"{it} {more[n]}" for n, it in enumerate(matters)))
    found = summary(old, new)
    assert found.passages == 4
    added = [span.new for spans in found.excerpts for span in spans if span.kind == "added"]
    assert added == ["once more and twice", "once again at last", "once and again"]


def test_an_excerpt_is_what_changed_with_the_words_next_to_it() -> None:
    before = " ".join(f"before{n}" for n in range(40))
    after = " ".join(f"after{n}" for n in range(40))
    ((first, added, last),) = summary(
        record(f"{before} {after}"), record(f"{before} new words {after}")
    ).excerpts
    assert added == Span("added", "", "new words ")
    assert first.kind == last.kind == "same"
    assert first.new.startswith("… before29")
    assert first.new.endswith("before39 ")
    assert last.new.startswith("after0 ")
    assert last.new.endswith(" … ")
    assert max(len(first.new), len(last.new)) <= 104


def test_an_excerpt_of_short_texts_is_whole() -> None:
    (spans,) = summary(record("We keep it long."), record("We keep it very long.")).excerpts
    assert [(s.old, s.new) for s in spans] == [
        ("We keep it ", "We keep it "), ("", "very "), ("long.", "long."),
    ]  # fmt: skip
    assert summary(record(LONG), record(LONG, "All new.")).excerpts == (
        (Span("added", "", "All new."),),
    )


def test_an_excerpt_is_a_few_lines_however_much_changed() -> None:
    new = " ".join(f"word{n} kept{n}" for n in range(500))
    old = " ".join(f"kept{n}" for n in range(500))
    (spans,) = summary(record(old), record(new)).excerpts
    assert 420 <= sum(len(span.new) for span in spans) < 600
    ((one,),) = summary(record(LONG), record(LONG, "word " * 500)).excerpts
    assert one.new.endswith("word … ")
    assert len(one.new) <= 424
