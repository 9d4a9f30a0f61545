"""Topics in the language of the site."""

from dataclasses import replace

from policy_archive.pages.language import gettext
from policy_archive.topics.taxonomy import Taxonomy, Topic


def in_words(taxonomy: Taxonomy) -> Taxonomy:
    """`taxonomy` with our own texts translated; those that a project has written stay."""
    return replace(taxonomy, topics=tuple(map(_topic, taxonomy.topics)))


def _topic(topic: Topic) -> Topic:
    return replace(
        topic,
        name=gettext(topic.name),
        question=gettext(topic.question),
        explanation=gettext(topic.explanation),
    )
