"""Atom feeds (RFC 4287) of changes: of everything, of one policy, of one topic."""

import uuid
from collections.abc import Iterator, Sequence
from functools import partial
from html import escape

from policy_archive import __version__
from policy_archive.catalogue.archive import Policy
from policy_archive.catalogue.history import Step
from policy_archive.pages import capture_time, change_render
from policy_archive.pages.addresses import topic_place
from policy_archive.pages.change_view import change_place, size
from policy_archive.pages.edition import Edition, kind_name
from policy_archive.pages.files import Made

_NEWEST = 50
_NAMESPACE = uuid.UUID("3f2b1d0c-7a94-5d8e-9c61-0e5a4b7f2d13")
"""Ours alone: with it, the same change has the same id wherever an archive is published."""

Steps = Sequence[tuple[Policy, Step]]


def files(edition: Edition) -> Iterator[Made]:
    """Every feed; none without absolute addresses or without changes."""
    if not edition.addresses.site_url:
        return
    counted = edition.newest_changes
    if not counted:
        return
    yield _file(edition, "changes/", f"{edition.name}: changes", counted)
    for policy in edition.policies:
        own = [(policy, step) for step in reversed(edition.steps_of(policy)) if step.counts]
        if own:
            title = f"{policy.site}, {kind_name(policy.kind)}: changes"
            yield _file(edition, policy.url, title, own)
    for topic in edition.archive.taxonomy.topics:
        own = [it for it in counted if any(t.topic == topic.id for t in it[1].summary.topics)]
        if own:
            title = f"{edition.name}: changes on {topic.name}"
            yield _file(edition, topic_place(topic.id), title, own)


def has_topic_feed(edition: Edition, topic: str) -> bool:
    """Whether there is a feed of changes on a topic."""
    return bool(edition.addresses.site_url) and any(
        t.topic == topic for _, step in edition.newest_changes for t in step.summary.topics
    )


def _file(edition: Edition, place: str, title: str, steps: Steps) -> Made:
    made = partial(_feed, edition, place, title, list(steps[:_NEWEST]))
    return Made(f"{place}feed.xml", made)


def _feed(edition: Edition, place: str, title: str, steps: Steps) -> bytes:
    own = edition.addresses.absolute(f"{place}feed.xml")
    page = edition.addresses.absolute(place)
    entries = "\n".join(_entry(edition, policy, step) for policy, step in steps)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>{escape(own)}</id>
<title>{_xml(title)}</title>
<updated>{_moment(steps[0][1])}</updated>
<author><name>{_xml(edition.name)}</name></author>
<link rel="self" type="application/atom+xml" href="{escape(own)}"/>
<link rel="alternate" type="text/html" href="{escape(page)}"/>
<generator version="{escape(__version__)}">policy-archive</generator>
{entries}
</feed>
""".encode()


def _entry(edition: Edition, policy: Policy, step: Step) -> str:
    url = escape(edition.addresses.absolute(change_place(policy, step)))
    known = {topic.id: topic.name for topic in edition.archive.taxonomy.topics}
    topics = [known[t.topic] for t in step.summary.topics if t.topic in known]
    categories = "".join(f'<category term="{_xml(name)}"/>' for name in topics)
    title = f"{policy.site}, {kind_name(policy.kind)}: {size(step.summary)}"
    return f"""<entry>
<id>urn:uuid:{_id(policy, step)}</id>
<title>{_xml(title)}</title>
<updated>{_moment(step)}</updated>
<link rel="alternate" type="text/html" href="{url}"/>
{categories}<content type="html" xml:base="{url}">{_xml(_content(step, topics))}</content>
</entry>"""


def _content(step: Step, topics: Sequence[str]) -> str:
    between = [capture_time.shown(e.snapshot.captured) for e in (step.since, step.after)]
    lead = f"Changed between {between[0]} and {between[1]}."
    if topics:
        lead += f" On {', '.join(topics)}."
    passages = "".join(
        f"<blockquote>{change_render.inline_html(change_render.readable(spans))}</blockquote>"
        for spans in step.summary.excerpts
    )
    rest = step.summary.passages - len(step.summary.excerpts)
    more = f"<p>And {rest:,} more.</p>" if rest > 0 else ""
    return f"<p>{escape(lead)}</p>{passages}{more}"


def _id(policy: Policy, step: Step) -> uuid.UUID:
    ends = (f"{e.snapshot.captured} {e.sha256}" for e in (step.before, step.after))
    return uuid.uuid5(_NAMESPACE, "\n".join((policy.site, policy.kind, step.segment, *ends)))


def _moment(step: Step) -> str:
    iso = capture_time.iso(step.after.snapshot.captured)
    return iso if "T" in iso else f"{iso}T00:00:00Z"


def _xml(text: str) -> str:
    """Escaped, without characters that XML does not have."""
    return escape("".join(c for c in text if c in "\t\n\r" or (ord(c) >= 32 and _legal(c))))


def _legal(character: str) -> bool:
    return not "\ud800" <= character <= "\udfff" and character not in "\ufffe\uffff"
