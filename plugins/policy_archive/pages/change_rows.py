"""Changes in lists, and how large they are in words."""

from policy_archive.catalogue.questions.timeline import Changed
from policy_archive.diff import ChangeSummary
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import row_id, topic_place
from policy_archive.pages.html import diff_html
from policy_archive.pages.kinds import kind_name
from policy_archive.pages.language import gettext, left_to_right, ngettext, number
from policy_archive.pages.publication import Publication
from policy_archive.pages.views import Link, StepRow

_MINUS = "−"


def figures(added: int, removed: int) -> str:
    """Words added and removed, as "+42 −7 words"."""
    if not added + removed:
        return gettext("punctuation only")
    signed = ((f"+{number(added)}", added), (f"{_MINUS}{number(removed)}", removed))
    said = left_to_right(" ".join(figure for figure, count in signed if count))
    return ngettext("%(figures)s word", "%(figures)s words", added + removed, figures=said)


def size(summary: ChangeSummary) -> str:
    """A change in a few words."""
    if summary.substantive:
        return changed(summary.passages, summary.added, summary.removed)
    if summary.returned:
        day = capture_time.of_segment(summary.returns)
        return gettext("returns to the text of %(day)s", day=day)
    if summary.moved:
        return ngettext("%(num)s passage moved", "%(num)s passages moved", summary.moved)
    if summary.cosmetic:
        count = summary.cosmetic
        return ngettext("only looks: %(num)s passage", "only looks: %(num)s passages", count)
    return gettext("no change")


def changed(passages: int, added: int, removed: int) -> str:
    """How many passages changed, and by how many words."""
    return ngettext(
        "%(num)s passage changed, %(words)s",
        "%(num)s passages changed, %(words)s",
        passages,
        words=figures(added, removed),
    )


def change_row(publication: Publication, change: Changed, here: str, topic: str = "") -> StepRow:
    """A change in a list shown at `here`; with a `topic`, what it did to that."""
    addresses, summary = publication.addresses, change.summary
    known = dict(publication.context.topics)
    before, after = capture_time.interval(change.since, change.captured)
    return StepRow(
        site=change.site,
        site_id=row_id(change.url),
        site_url=addresses.relative(change.url, here),
        kind=kind_name(change.kind),
        before=before,
        after=after,
        after_iso=capture_time.iso(change.captured),
        url=addresses.relative(change.place, here),
        size=size(summary),
        words=summary.added + summary.removed,
        topic_ids=" ".join(it.topic for it in summary.topics),
        topics=tuple(
            Link(known[topic.topic], addresses.relative(topic_place(topic.topic), here))
            for topic in summary.topics[:4]
            if topic.topic in known
        ),
        excerpt_html=_excerpt_html(summary, topic),
        language=change.language,
        technical=change.technical,
        counts=change.counts,
        bridged=change.bridged,
    )


def _excerpt_html(summary: ChangeSummary, topic: str) -> str:
    """The passage that changed most, in HTML: of those on a topic, where one is asked for."""
    first = summary.excerpts[0] if summary.excerpts else ()
    spans = next((it.excerpt for it in summary.topics if it.topic == topic), first)
    return diff_html.inline_html(diff_html.readable(spans))


def feed_url(publication: Publication, place: str, here: str, year: str = "") -> str:
    """The address of the feed that stands beside the page at `place`, of a year or the newest."""
    return publication.addresses.relative(feed_place(place, year), here)


def feed_place(place: str, year: str = "") -> str:
    """Where the feed of the page at `place` stands: of the newest changes, or all of a year."""
    return f"{place}feed-{year}.xml" if year else f"{place}feed.xml"
