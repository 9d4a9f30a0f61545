"""What is done with one text: from a source file to a record.

decode -> provenance -> reader by form -> cleaning -> language, dates, doubts -> labelling.
"""

import hashlib
import json
from dataclasses import replace
from functools import lru_cache

from policy_archive.analysis import quality, subject
from policy_archive.analysis.language import identify
from policy_archive.analysis.stated_dates import stated_dates
from policy_archive.build.cache_key import SHOWING, code_digest
from policy_archive.cleaning import clean
from policy_archive.model import PRIVACY_POLICY, Record
from policy_archive.reading import forms, html
from policy_archive.reading.decode import decode
from policy_archive.reading.unpack import NotTextError
from policy_archive.settings import Settings
from policy_archive.sources import provenance
from policy_archive.sources.files import Source
from policy_archive.sources.git.command import GitError
from policy_archive.sources.provenance import Claims
from policy_archive.text.words import count
from policy_archive.topics import taxonomy
from policy_archive.topics.facts.reading import facts
from policy_archive.topics.labeller import Labeller

UNCHECKED = frozenset(
    {
        "beyond-limits",
        "empty",
        "error-page",
        "frameset",
        "incomplete",
        "login-page",
        "no-topic",
        "not-a-policy",
        "other-language",
        "other-terms",
        "too-short",
        "truncated",
    }
)
"""Doubts under which finding no passage says nothing about the policy."""


def cache_key(source: Source, settings: Settings) -> str:
    """Digest of all that the record of a source depends on: text, place, choices, and our code.

    Raises:
        OSError: the source cannot be read.
    """
    digest = hashlib.sha256(source.fingerprint())
    digest.update(f"\0{source.path}\0{code_digest(SHOWING)}\0{settings.digest}".encode())
    return digest.hexdigest()


def read_source(source: Source, settings: Settings) -> Record:
    """Everything that can be said of one archived file.

    Raises:
        OSError: the file cannot be read.
    """
    record = read_bytes(source.read(), source.path, settings, source.claims())
    snapshot = replace(record.snapshot, revision=source.revision, technical=source.technical)
    return replace(record, snapshot=snapshot) if source.revision else record


def read_bytes(
    data: bytes, path: str, settings: Settings, recorded: Claims | None = None
) -> Record:
    """Like `read_source`, for bytes already at hand; `path` gives form and, if need be, site."""
    charset = recorded.encoding if recorded else ""
    decoded = decode(data, html=forms.reader_of(path) is html.read, charset=charset)
    found = provenance.read(decoded.text, path, recorded)
    reading = forms.read(found.body, path)
    document, repairs = clean(
        reading,
        fallback_title=found.snapshot.kind.replace("-", " ").capitalize(),
        disabled=settings.disabled_rules,
    )
    language = identify(document, reading.language)
    readable = language in ("en", "und") and not reading.unread
    passages = _labeller(settings.topics).label(document) if readable else ()
    # With other topics, finding none says nothing of what the text is.
    telling = found.snapshot.kind == PRIVACY_POLICY and settings.topics == Settings().topics
    doubts = () if reading.unread else quality.doubts(document, language)
    if telling and readable and not doubts:
        doubts = subject.doubts(document, passages)
    dates = () if reading.unread else stated_dates(document)
    notices = (*found.notices, *decoded.notices, *reading.notices, *doubts)
    checked = readable and not any(notice.code in UNCHECKED for notice in notices)
    return Record(
        snapshot=found.snapshot,
        document=document,
        repairs=(*reading.repairs, *repairs),
        passages=passages,
        stated_dates=dates,
        notices=tuple(dict.fromkeys(notices)),
        language=language,
        encoding=decoded.encoding,
        sha256=hashlib.sha256(data).hexdigest(),
        words=sum(map(count, document.own_texts)),
        checked=checked,
        facts=facts(document, dates, passages) if checked else (),
    )


def failure(error: Exception) -> str:
    """Why a source could not be read, as a report has it in brackets."""
    said = str(error)
    ours = isinstance(error, NotTextError | GitError)
    return said if ours else f"{type(error).__name__}: {said}"


@lru_cache(maxsize=4)
def _labeller(topics: str) -> Labeller:
    return Labeller(taxonomy.load(json.loads(topics)))
