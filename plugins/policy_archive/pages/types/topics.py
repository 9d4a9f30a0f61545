"""`topics/`: every topic as a question, and topics in other pages' lists."""

from policy_archive.catalogue.questions.listings import Tally
from policy_archive.pages.addresses import topic_place
from policy_archive.pages.charts import pictures
from policy_archive.pages.page import Page
from policy_archive.pages.publication import Publication
from policy_archive.pages.views import Link, TopicCard, TopicsView, TopicView
from policy_archive.topics import accuracy
from policy_archive.topics.taxonomy import Topic


class TopicsPage(Page):
    """`topics/`."""

    template = "topics"

    def __init__(self, title: str, place: str, publication: Publication) -> None:
        """`title` is that of the navigation."""
        super().__init__(place, publication)
        self._title = title

    @property
    def title(self) -> str:
        """As the navigation has it."""
        return self._title

    def depends(self) -> object:
        """The figures of all topics."""
        return list(self.publication.tallies.values())

    def view(self) -> object:
        """All topics."""
        return topics_view(self.publication)


def topics_view(publication: Publication) -> TopicsView:
    """All topics as questions."""
    return TopicsView(topic_cards(publication, "topics/"), publication.figures.policies)


def topic_cards(publication: Publication, here: str) -> tuple[TopicCard, ...]:
    """Every topic with its figures, for a page at `here`."""
    return tuple(
        _card(publication, topic, publication.tallies[topic.id], here)
        for topic in publication.taxonomy.topics
    )


def _card(publication: Publication, topic: Topic, tally: Tally, here: str) -> TopicCard:
    return TopicCard(
        id=topic.id,
        name=topic.name,
        question=topic.question,
        url=publication.addresses.relative(topic_place(topic.id), here),
        speaking=tally.speaking,
        silent=tally.silent,
        unchecked=tally.unchecked,
        share_html=pictures.share(*tally) if publication.figures.policies else "",
    )


def topic_summary(publication: Publication, topic: Topic) -> TopicView:
    """A topic without its rows, as the method page lists it."""
    return TopicView(
        id=topic.id,
        name=topic.name,
        question=topic.question,
        explanation=topic.explanation,
        opp115=topic.opp115,
        dpv=tuple(Link(label, iri) for iri, label in topic.dpv),
        rows=(),
        silent=(),
        unchecked=(),
        total=publication.figures.policies,
        years="",
        tally=publication.tallies[topic.id],
        accuracy=accuracy.load().of(topic),
    )
