"""Atom feeds (RFC 4287) of changes: of everything, of one policy, of one topic."""

import uuid
from collections.abc import Iterator, Sequence
from functools import partial
from html import escape

from policy_archive import __version__
from policy_archive.catalogue.archive import Policy
from policy_archive.catalogue.history import Step
from policy_archive.pages import capture_time
from policy_archive.pages.addresses import topic_place
from policy_archive.pages.change import change_place, size
from policy_archive.pages.data.files import GeneratedFile
from policy_archive.pages.html import diff_html
from policy_archive.pages.publication import Publication, kind_name

_NEWEST = 50
_NAMESPACE = uuid.UUID("3f2b1d0c-7a94-5d8e-9c61-0e5a4b7f2d13")
"""Ours alone: with it, the same change has the same id wherever an archive is published."""

Steps = Sequence[tuple[Policy, Step]]


def files(publication: Publication) -> Iterator[GeneratedFile]:
    """Every feed; none without absolute addresses or without changes."""
    if not publication.addresses.site_url:
        return
    counted = publication.newest_changes
    if not counted:
        return
    yield _file(publication, "changes/", f"{publication.name}: changes", counted)
    for policy in publication.policies:
        own = [(policy, step) for step in reversed(publication.steps_of(policy)) if step.counts]
        if own:
            title = f"{policy.site}, {kind_name(policy.kind)}: changes"
            yield _file(publication, policy.url, title, own)
    for topic in publication.archive.taxonomy.topics:
        own = [it for it in counted if any(t.topic == topic.id for t in it[1].summary.topics)]
        if own:
            title = f"{publication.name}: changes on {topic.name}"
            yield _file(publication, topic_place(topic.id), title, own)


def has_topic_feed(publication: Publication, topic: str) -> bool:
    """Whether there is a feed of changes on a topic."""
    return bool(publication.addresses.site_url) and any(
        t.topic == topic for _, step in publication.newest_changes for t in step.summary.topics
    )


def _file(publication: Publication, place: str, title: str, steps: Steps) -> GeneratedFile:
    made = partial(_feed, publication, place, title, list(steps[:_NEWEST]))
    return GeneratedFile(f"{place}feed.xml", made)


def _feed(publication: Publication, place: str, title: str, steps: Steps) -> bytes:
    own = publication.addresses.absolute(f"{place}feed.xml")
    page = publication.addresses.absolute(place)
    entries = "\n".join(_entry(publication, policy, step) for policy, step in steps)
    return f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>{escape(own)}</id>
<title>{_xml(title)}</title>
<updated>{_moment(steps[0][1])}</updated>
<author><name>{_xml(publication.name)}</name></author>
<link rel="self" type="application/atom+xml" href="{escape(own)}"/>
<link rel="alternate" type="text/html" href="{escape(page)}"/>
<generator version="{escape(__version__)}">policy-archive</generator>
{entries}
</feed>
""".encode()


def _entry(publication: Publication, policy: Policy, step: Step) -> str:
    url = escape(publication.addresses.absolute(change_place(policy, step)))
    known = {topic.id: topic.name for topic in publication.archive.taxonomy.topics}
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
        f"<blockquote>{diff_html.inline_html(diff_html.readable(spans))}</blockquote>"
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
