"""What makes a capture doubtful: reasons why a text may not be the whole policy, or none at all.

Each doubt is meant to be right rather than early: it takes several signs at once, since a policy
may well mention passwords, missing pages or JavaScript.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from policy_archive.model import Block, Document, Notice
from policy_archive.text.sentences import counted
from policy_archive.text.words import count

_FEWEST_WORDS = 50
_SHORT = 350
"""Words; an error or login page with its site's menus seldom has more."""
_LEAD = 25
"""Blocks among which an error page says what went wrong."""

_VOCABULARY = re.compile(
    r"\bprivacy|personal(?:ly)?[ -](?:identif\w+|data|information|details)|\bcookies?\b"
    r"|\b(?:we|our|us|your?)\b[^.]{0,80}\b(?:collect|shar|disclos|protect|sell|stor|us(?:e|ing)\b)"
    r"|third[ -]part|\bconsent|\bopt[ -](?:in|out)|unsubscribe|confidential"
    r"|\bdata (?:protection|subject|control)"
    r"|\b(?:terms|conditions)\b|agreement|copyright|liab(?:le|ility)|warrant|your information"
    r"|information (?:we|you|about|from)"
)
"""What policies and terms speak of, in small letters: to look whatever the case takes longer."""

_PROMISE = re.compile(
    r"\byour (?:privacy|private|personal|credit card|information|data|details|e-?mail)\b.{0,120}"
    r"\b(?:is|are|will|be|to|can)\b"
    r"|\bwe\b.{0,25}\b(?:collect|store|share|sell|disclose|respect|recogni[sz]es)\b",
    re.IGNORECASE | re.DOTALL,
)
"""One sentence of this kind can be a site's whole policy."""

_ERROR = re.compile(
    r"(?:page|file|document|url|resource|site|content)\b.{0,40}\b(?:not|n['’]t|cannot)\b.{0,12}"
    r"\b(?:found|exist|available)|no longer (?:exists|available)|(?<!-)\b404\b(?!-)|\bnot found\b"
    r"|(?:access|permission) (?:is |was |to .{1,40} is )?(?:denied|forbidden)|\b403 forbidden"
    r"|an error (?:has )?occurr?ed|server error|bad gateway|service (?:temporarily )?unavailable"
    r"|gateway time-?out|request blocked|^error\b|^oops\b|something went wrong|try again later",
    re.IGNORECASE,
)
_BARRIER = re.compile(
    r"(?:enable|requires?|turn on|activate) javascript|javascript (?:is|has been|must be|to be)\b"
    r"|checking (?:your|the|if the) (?:browser|site)|just a moment|attention required"
    r"|(?:verify|confirm|prove)\b.{0,30}\b(?:human|robot)|are you a (?:human|robot)"
    r"|\bcaptcha|unusual traffic",
    re.IGNORECASE,
)
_GONE = re.compile(
    r"domain\b.{0,40}\b(?:for sale|expired|parked|be available)|buy this domain"
    r"|account (?:has been |is )?suspended|^index of /|^under construction|^coming soon"
    r"|(?:site|website|page) (?:is )?under construction",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"^(?:(?:please )?(?:log|sign)[ -]?(?:in|on)\b|forgot(?:ten)? (?:your )?(?:password|username)"
    r"|(?:e-?mail|user ?name|user id|login)\b.{0,40}$)",
    re.IGNORECASE,
)
_PASSWORD = re.compile(r"^.{0,20}\bpassword\b.{0,12}$", re.IGNORECASE)

_UNFINISHED = re.compile(
    "an?|and|are|as|at|because|between|but|can|for|from|has|have|if|including|into|is|its|may|must"
    "|n?or|of|our|shall|should|than|the|their|they|through|to|was|were|where|which|while|who"
    "|will|with|within|without|would|your"
)
"""Words that end no sentence."""

_SENTENCE_END = re.compile(r"[.!?:;][\"”’)\]]*\s")
_LAST_WORD = re.compile(r"(?:^|\s)([a-z]+)\s*([,-]?)$")

_MESSAGES = {
    "empty": "There is no text in this capture.",
    "error-page": "This looks like an error page or a stand-in, not the policy: “{}”.",
    "login-page": "This looks like a login page, not the policy.",
    "too-short": "The text has only {}, too few for a policy.",
    "not-a-policy": "The text hardly speaks of anything that privacy policies or terms speak of.",
    "truncated": "The text stops in the middle of a sentence: “… {}”.",
    "other-language": "The text is in another language ({}); topics are sought in English only.",
}


def doubts(document: Document, language: str) -> tuple[Notice, ...]:
    """Reasons to doubt that the document is a whole policy that labelling can read."""
    return tuple(
        Notice(code, _MESSAGES[code].format(detail), line=line)
        for code, detail, line in _found(document, language)
    )


def _found(document: Document, language: str) -> Iterator[tuple[str, str, int]]:
    texts = [text for text in document.texts if text.strip()]
    if not texts:
        yield "empty", "", 1
        return
    blocks = [block for block in document.blocks if not block.folded]
    prose = [text for block in blocks if len((text := block.text).split(None, 7)) == 8]
    size = _size(texts)
    silent = not _speaks_of_policies(prose)
    readable = language in ("en", "und")
    if size <= _SHORT and silent and (found := _another_page(texts)):
        yield *found, _first_line(document)
    elif size < _FEWEST_WORDS:
        yield "too-short", counted(size, "word"), _first_line(document)
    elif readable and silent and not any(map(_PROMISE.search, prose)):
        yield "not-a-policy", "", _first_line(document)
    if not readable:
        yield "other-language", language, _first_line(document)
    elif blocks and (end := _cut_off(blocks[-1])):
        yield "truncated", end, blocks[-1].lines[1]


def _size(texts: Sequence[str]) -> int:
    """The number of words, counted no further than makes a difference."""
    size = 0
    for text in texts:
        size += count(text)
        if size > _SHORT:
            break
    return size


def _first_line(document: Document) -> int:
    return document.sections[0].lines[0]


def _speaks_of_policies(prose: Sequence[str]) -> bool:
    """Whether prose uses a policy's words three times."""
    uses = (use for text in prose for use in _VOCABULARY.finditer(text.lower()))
    return len(list(islice(uses, 3))) == 3


def _another_page(texts: Sequence[str]) -> tuple[str, str] | None:
    """What a short page without a policy's vocabulary is, if its first lines tell."""
    lead = [" ".join(line.split()) for text in texts[:_LEAD] for line in text.split("\n")]
    for line in lead:
        if len(line) <= 400 and any(sign.search(line) for sign in (_ERROR, _BARRIER, _GONE)):
            return "error-page", line if len(line) <= 100 else line[:99] + "…"
    lines = [line.strip() for text in texts for line in text.split("\n")]
    if any(map(_PASSWORD.match, lines)) and any(map(_LOGIN.match, lines)):
        return "login-page", ""
    return None


def _cut_off(block: Block) -> str:
    """The last words of `block` where it stops in the middle of a sentence, or empty."""
    text = block.text.rstrip()
    last = _LAST_WORD.search(text)
    if not last or len(text.split()) < 15:
        return ""
    sentence = _SENTENCE_END.split(text)[-1].split()
    unfinished = last[2] or _UNFINISHED.fullmatch(last[1])
    # Many a last sentence lacks its full stop; a long one in running text rather was cut.
    if len(sentence) >= 6 if unfinished else 30 <= len(sentence) < 80 and _is_prose(sentence):
        return " ".join(sentence[-8:])
    return ""


def _is_prose(sentence: Sequence[str]) -> bool:
    return sum(word.isalpha() and word.islower() for word in sentence) >= 0.85 * len(sentence)
