"""Which statement of a text is quoted as the answer to a topic's question."""

import tomllib
from pathlib import Path

import pytest

from policy_archive.model import Block, Document, Passage, Run, Section
from policy_archive.topics import taxonomy
from policy_archive.topics.answers import answers


def quoted(topic: str, *texts: str) -> str:
    """What is quoted of paragraphs that all speak to the topic, each with the same score."""
    blocks = tuple(
        Block("paragraph", (1, 1), (Run(text),), id=f"p{number}")
        for number, text in enumerate(texts)
    )
    document = Document("", (Section("s", None, 1, (1, 1), blocks),))
    passages = [Passage(block.id, topic, 0.9) for block in blocks]
    answer = answers(document, passages).get(topic)
    return answer.statement.shown if answer else ""


@pytest.mark.parametrize(
    ("topic", "answer", "others"),
    [
        (
            "sale",
            "We do not sell your personal data.",
            [
                "If you buy tickets on our site, we sell your seat to nobody else.",
                "You can opt out of the sale of data by clicking the link in the footer.",
                "Please see our page on sales for further information about this.",
            ],
        ),
        (
            "sharing",
            "We share personal information with service providers and affiliates.",
            ["To get a list of recipients, please contact us.", "This section describes sharing."],
        ),
        (
            "retention",
            "We keep your data for 90 days after you close your account.",
            ["Data protection laws vary by country.", "How long do we keep your data?"],
        ),
        (
            "children",
            "We do not knowingly collect personal information from children under 13.",
            ["Protecting the privacy of young children is especially important."],
        ),
        (
            "changes-contact",
            "If we make material changes to this policy, we will notify you by email.",
            ["This Privacy Policy was last updated on 25 May 2018 by us."],
        ),
        (
            "retention",
            "We keep your data for as long as necessary for our purposes.",
            ["Data may be retained for longer than the stated periods where laws require it."],
        ),
        (
            "security",
            "We take measures to protect what we collect from unauthorized access.",
            ["Although we take measures, we cannot guarantee that information is always secure."],
        ),
        (
            "sharing",
            "We share personal information with service providers and affiliates.",
            ["We may also share information with a provider of social media."],
        ),
        (
            "children",
            "We do not knowingly collect data of children under 13.",
            ["If you become aware of data of children under 13 that we collected, tell us."],
        ),
        (
            "legal-basis",
            "We process your data on the basis of your consent and of our legal obligations.",
            [
                "Whenever we rely on this lawful basis, we see that it does not override your rights."
            ],
        ),
        (
            "international",
            "Your information may be transferred to and stored in the United States.",
            [
                "These countries may not have data protection laws as strict as those of your country."
            ],
        ),
        (
            "choices",
            "You can opt out of our marketing emails by clicking the link in each of them.",
            ["The advertising industry offers websites where you can opt out of targeted ads."],
        ),
        (
            "data-collected",
            "We collect your name, your email address and the IP address of your device.",
            ["We automatically collect certain information when you visit our service."],
        ),
    ],
)
def test_the_statement_that_denies_or_affirms_the_practice_is_quoted(
    topic: str, answer: str, others: list[str]
) -> None:
    assert quoted(topic, *others, answer) == answer
    assert quoted(topic, answer, *others) == answer


def test_a_sentence_in_the_middle_of_a_paragraph_is_found() -> None:
    assert (
        quoted(
            "sale",
            "Your trust matters to us. We never sell or rent your personal information. "
            "These rules apply everywhere.",
        )
        == "We never sell or rent your personal information."
    )


def test_where_nothing_answers_nothing_is_quoted() -> None:
    assert quoted("retention", "What else should I know about it?") == ""
    assert quoted("retention", "Last updated: 25 May 2018") == ""


def test_the_topics_of_a_project_are_quoted_from_the_beginning_of_their_best_passage() -> None:
    assert quoted("drones", "We fly drones over your garden. Ask us why.") == (
        "We fly drones over your garden."
    )


def test_every_topic_of_the_taxonomy_says_how_it_is_answered() -> None:
    patterns = tomllib.loads(Path(taxonomy.__file__).with_name("answers.toml").read_text("utf-8"))
    assert patterns.keys() == {"any", *(topic.id for topic in taxonomy.load().topics)}
