"""Provenance written above the archived text by a corpus, a crawler or a browser."""

import re

from policy_archive.sources.provenance.claims import Claims, line_at
from policy_archive.text.dates import moment

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
_BEFORE_PARAGRAPH = re.compile(r"[\s>*_]*")
_PARAGRAPH = re.compile(r"(?:[^\n]*[^\s>][^\n]*(?:\n|$)){1,40}")
_LONGEST = 4000

_BEFORE_COMMENT = re.compile(
    r"(?:\s|<!doctype[^>]{0,400}>|<\?xml[^>]{0,200}\?>|<html[^>]{0,4000}>)*", re.IGNORECASE
)
_COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
_SAVED_FROM = re.compile(r"\s*saved from url=\(\d{1,6}\)\s*(\S+)\s*", re.IGNORECASE)
_MOST_COMMENTS = 10

_FIRST_LINE = re.compile(r"\s*<?(?P<url>https?://[^\s<>]+)>?[ \t]*(?:\n|$)", re.IGNORECASE)

_LABEL = r"[ \t>*_]{0,8}(?:%s)[*_]{0,3}\s?:[*_]{0,3}[ \t]*"
_URL_LINE = re.compile(
    _LABEL % r"(?:original |source |page )?url|source|(?:archived|retrieved|saved) from"
    + r"(?:\[[^\]\n]{0,300}\]\()?<?(?P<url>https?://[^\s<>)]+)[>)*_]{0,5}[ \t]*(?:\n|$)",
    re.IGNORECASE,
)
_DATE_LINE = re.compile(
    _LABEL
    % r"(?:retrieved|captured|accessed|archived|saved|crawled|fetched|downloaded)(?: on| at| date)?"
    + r"(?P<date>[^\n]{6,60}?)[*_]{0,3}[ \t]*(?:\n|$)",
    re.IGNORECASE,
)
_MOST_LABELS = 6
_EMPTY_LINE = re.compile(r"[ \t>]*\n")


def read(text: str, start: int) -> list[Claims]:
    """What stands above the policy from the offset `start` on, what is believed first.

    It is one paragraph, or comments before a page's markup, or a first line that is a URL; at most
    the comments leave room for another of these.
    """
    if paragraph := _paragraph(text, start):
        return [paragraph]
    if comments := _comments(text, start):
        return comments
    first_line = _first_line(text, start) or _labelled(text, start)
    return [first_line] if first_line else []


def _paragraph(text: str, start: int) -> Claims | None:
    """The corpus' header as a first paragraph, usually in italics inside a block quote.

    Only the header's own words are taken: what stands behind them in the same paragraph stays.
    """
    words = _BEFORE_PARAGRAPH.match(text, start).end()  # type: ignore[union-attr]  # matches the empty string too
    first = max(start, text.rfind("\n", start, words) + 1)
    paragraph = _PARAGRAPH.match(text, first, words + _LONGEST)
    if not paragraph:
        return None
    # Same length as the original, so that offsets hold.
    flat = _QUOTE_MARK.sub(lambda mark: " " * len(mark[0]), paragraph[0]).replace("\n", " ")
    sentence = _SENTENCE.match(flat, words - first)
    if not sentence:
        return None
    reference = _REFERENCE.match(flat, sentence.end())
    end = (reference or sentence).end()
    marks = _MARKS.match(flat, end)
    end = first + (marks.end() if marks else end)
    url = reference["url"] if reference else ""
    return _of_sentence(sentence, url, line_at(text, words), (start, end))


def _comments(text: str, start: int) -> list[Claims]:
    """Headers in the comments that stand before a page's markup: the corpus' and a browser's."""
    found = []
    for _ in range(_MOST_COMMENTS):
        before = _BEFORE_COMMENT.match(text, start)
        comment = _COMMENT.match(text, before.end() if before else start)
        if not comment:
            break
        start = comment.end()
        if claims := _comment(comment[1], line_at(text, comment.start()), comment.span()):
            found.append(claims)
    # The corpus' own header says more, and was written with more care.
    return sorted(found, key=lambda claims: not claims.site)


def _comment(inside: str, line: int, span: tuple[int, int]) -> Claims | None:
    if saved := _SAVED_FROM.fullmatch(inside):
        if saved[1].lower().startswith("about:"):  # Windows' mark of a page from nowhere
            return None
        claims = Claims("the browser's “saved from” comment", line, span)
        claims.say_original(saved[1], line)
        return claims
    sentence = _SENTENCE.search(inside[:_LONGEST])
    if not sentence:
        return None
    link = _LINK.search(inside, sentence.end(), sentence.end() + _LONGEST)
    return _of_sentence(sentence, link["url"] if link else "", line, span)


def _of_sentence(sentence: re.Match[str], url: str, line: int, span: tuple[int, int]) -> Claims:
    claims = Claims("the header", line, span)
    claims.say_site(sentence["site"])
    claims.say_captured(sentence["date"], line)
    if url:
        claims.say_memento(url, line)
    return claims


def _labelled(text: str, start: int) -> Claims | None:
    """First lines such as `Source: https://…` and `Retrieved: 2019-05-01`, in any order."""
    claims = Claims("the first lines", line_at(text, start))
    at = end = start
    for _ in range(_MOST_LABELS):
        if empty := _EMPTY_LINE.match(text, at):
            at = empty.end()
        elif (url := _URL_LINE.match(text, at)) and not claims.original.url:
            claims.say_original(url["url"], line_at(text, at))
            at = end = url.end()
        elif (date := _DATE_LINE.match(text, at)) and moment(date["date"]):
            claims.say_captured(date["date"], line_at(text, at))
            at = end = date.end()
        else:
            break
    claims.span = start, end
    return claims if claims.original.url or claims.memento.memento_url else None


def _first_line(text: str, start: int) -> Claims | None:
    """A first line that is a URL and nothing else."""
    match = _FIRST_LINE.match(text, start)
    if not match:
        return None
    line = line_at(text, match.start("url"))
    claims = Claims("the first line", line, (start, match.end()))
    claims.say_original(match["url"], line)
    # Without a usable one it is no address after all, so it is text.
    return claims if claims.original.url or claims.memento.memento_url else None
