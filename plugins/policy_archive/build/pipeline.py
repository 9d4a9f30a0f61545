"""From a source file to a record.

decode -> provenance -> reader by form -> cleaning -> language, dates, doubts -> labelling.
"""

import hashlib
import json
from dataclasses import dataclass, replace
from functools import lru_cache

from policy_archive import PIPELINE_VERSION
from policy_archive.analysis import quality, subject
from policy_archive.analysis.language import identify
from policy_archive.analysis.stated_dates import stated_dates
from policy_archive.cleaning import clean
from policy_archive.model import PRIVACY_POLICY, Record
from policy_archive.reading import forms, html
from policy_archive.reading.decode import decode
from policy_archive.sources.files import Source
from policy_archive.sources.provenance import merge
from policy_archive.sources.provenance.claims import Claims
from policy_archive.text.words import words
from policy_archive.topics import taxonomy
from policy_archive.topics.labeller import Labeller

UNCHECKED = frozenset(
    {
        "beyond-limits",
        "empty",
        "error-page",
        "frameset",
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


@dataclass(frozen=True, slots=True)
class Settings:
    """What a maintainer may choose about reading: part of every stored result's key."""

    disabled_rules: frozenset[str] = frozenset()
    topics: str = "{}"
    """Overrides of the taxonomy, as JSON."""

    @property
    def digest(self) -> str:
        """Names these settings together with the version of the code."""
        text = json.dumps([PIPELINE_VERSION, sorted(self.disabled_rules), self.topics])
        return hashlib.sha256(text.encode()).hexdigest()


def read_source(source: Source, settings: Settings) -> Record:
    """Everything that can be said of one archived file.

    Raises:
        OSError: the file cannot be read.
    """
    record = read_bytes(source.read(), source.path, settings, source.claims())
    snapshot = replace(record.snapshot, revision=source.revision, technical=source.technical)
    return replace(record, snapshot=snapshot) if source.revision else record


def read_bytes(data: bytes, path: str, settings: Settings, outside: Claims | None = None) -> Record:
    """Like `read_source`, for bytes already at hand; `path` gives form and, if need be, site."""
    decoded = decode(data, html=forms.reader_of(path) is html.read)
    origin = merge.parse(decoded.text, path, outside)
    reading = forms.read(origin.body, path)
    document, repairs = clean(
        reading,
        fallback_title=origin.snapshot.kind.replace("-", " ").capitalize(),
        disabled=settings.disabled_rules,
    )
    language = identify(document, reading.language)
    readable = language in ("en", "und") and not reading.unread
    passages = _labeller(settings.topics).label(document) if readable else ()
    # With other topics, finding none says nothing of what the text is.
    telling = origin.snapshot.kind == PRIVACY_POLICY and settings.topics == Settings().topics
    doubts = () if reading.unread else quality.doubts(document, language)
    if telling and readable and not doubts:
        doubts = subject.doubts(document, passages)
    notices = (*origin.notices, *decoded.notices, *reading.notices, *doubts)
    return Record(
        snapshot=origin.snapshot,
        document=document,
        repairs=(*reading.repairs, *repairs),
        passages=passages,
        stated_dates=() if reading.unread else stated_dates(document),
        notices=tuple(dict.fromkeys(notices)),
        language=language,
        encoding=decoded.encoding,
        sha256=hashlib.sha256(data).hexdigest(),
        words=sum(len(words(text)) for text in document.texts),
        checked=readable and not any(notice.code in UNCHECKED for notice in notices),
    )


@lru_cache(maxsize=4)
def _labeller(topics: str) -> Labeller:
    return Labeller(taxonomy.load(json.loads(topics)))
