"""Provenance written above the archived text by a corpus, a crawler or a browser."""

import re

from policy_archive.sources.provenance.claims import (
    Claims,
    Found,
    blanked,
    line_at,
    with_captured,
    with_memento,
    with_original,
    with_site,
)

_LINK = re.compile(
    r"(?:\]\(\s*<?|\(|<)(?P<url>[a-z][a-z0-9+.-]*:(?:[^\s<>()]|\([^\s<>()]*\))+)", re.IGNORECASE
)
_SENTENCE = re.compile(
    r"The\s+following\b.{0,120}?\b(?:from|of)\s+the\s+(?P<site>\S.{0,250}?)(?:['’]s)?\s+"
    r"(?:(?:(?:privacy|cookies?|data|protection|online|website)\s+)*"
    r"(?:policy|statement|notice)|terms(?:\s+(?:of|and)\s+\w+)?)"
    r"(?:\s+(?:that|which))?(?:\s+was)?\s+archived\s+on\s+"
    r"(?P<date>[^\s()<>][^()<>]{3,40}?)\.(?=[\s*_]|$)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\s+(?=(?:please|see|check|view|compare|original|the\s+original)\b).{0,200}?"
    + _LINK.pattern
    + r"\s*[>)]{0,2}(?:\s+for\b[^.]{0,80})?\.?",
    re.IGNORECASE,
)
_MARKS = re.compile(r"[*_]{0,3}")
_QUOTE_MARK = re.compile(r"(?m)^[ \t]*>")
_PARAGRAPH = re.compile(r"(?:[^\n]*[^\s>][^\n]*(?:\n|$)){1,40}")
_LONGEST = 4000

_BEFORE_COMMENT = re.compile(
    r"(?:\s|<!doctype[^>]{0,400}>|<\?xml[^>]{0,200}\?>|<html[^>]{0,4000}>)*", re.IGNORECASE
)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_SAVED_FROM = re.compile(r"\s*saved from url=\(\d{1,6}\)\s*(\S+)\s*", re.IGNORECASE)
_MOST_COMMENTS = 10

_FIRST_LINE = re.compile(r"\s*<?(?P<url>https?://[^\s<>]+)>?[ \t]*(?:\n|$)", re.IGNORECASE)


def from_paragraph(text: str) -> Found | None:
    """The corpus' header as a first paragraph, usually in italics inside a block quote.

    Only the header's own words are taken: what stands behind them in the same paragraph stays.
    """
    start = re.match(r"[\s>*_]*", text).end()  # type: ignore[union-attr]  # matches the empty string too
    paragraph = _PARAGRAPH.match(text, text.rfind("\n", 0, start) + 1, start + _LONGEST)
    if not paragraph:
        return None
    # Same length as the original, so that offsets hold.
    flat = _QUOTE_MARK.sub(lambda mark: " " * len(mark[0]), paragraph[0]).replace("\n", " ")
    offset = paragraph.start()
    sentence = _SENTENCE.match(flat, start - offset)
    if not sentence:
        return None
    reference = _REFERENCE.match(flat, sentence.end())
    end = (reference or sentence).end()
    marks = _MARKS.match(flat, end)
    end = offset + (marks.end() if marks else end)
    line = line_at(text, start)
    claims = _claims(sentence, reference["url"] if reference else "", line)
    return claims, blanked(text, 0, end)


def from_comments(text: str) -> tuple[tuple[Claims, ...], str]:
    """Headers in the comments that stand before a page's markup: the corpus' and a browser's."""
    found: list[Claims] = []
    position = 0
    for _ in range(_MOST_COMMENTS):
        before = _BEFORE_COMMENT.match(text, position)
        comment = _COMMENT.match(text, before.end() if before else position)
        if not comment:
            break
        position = comment.end()
        claims = _from_comment(comment[1], line_at(text, comment.start()))
        if claims:
            found.append(claims)
            kept = blanked(text, *comment.span())
            position -= len(text) - len(kept)
            text = kept
    # The corpus' own header says more, and was written with more care.
    return tuple(sorted(found, key=lambda claims: not claims.site)), text


def _from_comment(inside: str, line: int) -> Claims | None:
    if saved := _SAVED_FROM.fullmatch(inside):
        if saved[1].lower().startswith("about:"):  # Windows' mark of a page from nowhere
            return None
        return with_original(Claims("the browser's “saved from” comment", line), saved[1], line)
    sentence = _SENTENCE.search(inside[:_LONGEST])
    if not sentence:
        return None
    link = _LINK.search(inside, sentence.end(), sentence.end() + _LONGEST)
    return _claims(sentence, link["url"] if link else "", line)


def _claims(sentence: re.Match[str], url: str, line: int) -> Claims:
    claims = with_site(Claims("the header", line), sentence["site"])
    claims = with_captured(claims, sentence["date"], line)
    return with_memento(claims, url, line) if url else claims


def from_first_line(text: str) -> Found | None:
    """A first line that is a URL and nothing else."""
    match = _FIRST_LINE.match(text)
    if not match:
        return None
    line = line_at(text, match.start("url"))
    claims = with_original(Claims("the first line", line), match["url"], line)
    if not claims.original_url and not claims.memento_url:
        return None  # not an address after all, so it is text
    return claims, blanked(text, 0, match.end())
