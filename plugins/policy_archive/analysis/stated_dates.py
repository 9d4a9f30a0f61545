"""Dates that a text claims for itself: "last updated …", "effective as of …", "Stand: Mai 2018".

A date counts only right behind such a claim, and the claim only if it speaks of the text, not of
a law or of an earlier version. Numbers that can be read as day and month either way (04/05/2018)
give no date, since which is meant depends on a country that the text does not name.
"""

import re
from collections.abc import Iterator

from policy_archive.model import Document, StatedDate
from policy_archive.text.dates import MONTHS, day

_LONGEST_EVIDENCE = 200
_REACH = 160
_SHORT = 80
"""Longest label ("Last updated:") whose date may stand in the next block."""

_MONTH = (
    "(?P<m>" + "|".join(sorted(map(re.escape, MONTHS), key=len, reverse=True)) + r")(?![^\W\d_])"
)
_YEAR = r"(?P<y>(?:19|20)\d\d)(?!\d(?!\.\s?[A-Z]))"  # "20191. Scope": markup fell away
_DAY = r"(?P<d>\d{1,2})(?:st|nd|rd|th|er|[.ºª°])?"
_OF = r"(?:(?:of|del?|day\s+of)\b\s*+)?"
_END = r"(?!\d|[./-]\d)"

_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"(?P<y>\d{{4}})\s?(?P<s>[-./])\s?(?P<m>\d{{1,2}})\s?(?P=s)\s?(?P<d>\d{{1,2}}){_END}",
        rf"(?P<a>\d{{1,2}})(?P<s>[-./])(?P<b>\d{{1,2}})(?P=s)(?P<y>\d{{4}}|\d\d){_END}",
        rf"{_DAY}[\s/-]*+{_OF}{_MONTH}[\s,./-]*+{_OF}{_YEAR}",
        rf"{_MONTH}[\s,./-]*+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s,./-]*+{_OF}{_YEAR}",
        rf"(?P<m>\d{{1,2}})[-./]{_YEAR}",
        rf"{_MONTH}[\s,./-]*+{_OF}{_YEAR}",
    )
)

_NUMBER = re.compile(r"[0-9](?:(?:(?<=1)9|(?<=2)0)\d\d|[-./]\d{1,2}[-./]\d)")
"""What every date holds. A pattern that begins with one kind of character is found twice as fast as
one that begins with alternatives."""

_CHANGED = r"(?:updated?|modified|modification|revised|revision|changed?|amended|amendment|edited)"
_OUTRIGHT = (
    rf"(?:last|latest|(?:most\s+)?recent(?:ly)?)\s+(?:been\s+)?(?:reviewed\s+and\s+)?{_CHANGED}",
    rf"date\s+(?:of\s+)?(?:last\s+|latest\s+|most\s+recent\s+)?(?:{_CHANGED}|effective)",
    r"effective\s+(?:date|starting)|(?:version|revision)\s+date",
    r"zuletzt\s+(?:aktualisiert|geändert|überarbeitet)",
    r"letzte[rn]?\s+(?:aktualisierung|änderung|überarbeitung)|stand(?=\s*:|\s+(?:vom\s+)?\d)",
    r"derni[eè]re\s+(?:mise\s+[aà]\s+jour|modification|révision|actualisation|version)",
    r"date\s+(?:d['’]\s?(?:entrée\s+en\s+vigueur|effet)|de\s+(?:mise\s+à\s+jour|révision))",
    r"[uú]ltima\s+(?:actualizaci[oó]n|modificaci[oó]n|revisi[oó]n|versi[oó]n)",
    r"fecha\s+de\s+(?:(?:la\s+)?[uú]ltima\s+)?(?:actualizaci[oó]n|entrada\s+en\s+vigor|vigencia)",
    r"ultim[oa]\s+(?:aggiornamento|modifica|revisione)",
    r"última\s+(?:atualização|alteração|modificação|revisão)",
    r"laatst(?:e)?\s+(?:bijgewerkt|gewijzigd|aangepast|herzien|wijziging|update|versie)",
)
_IN_PASSING = (
    r"updated|modified|revised|revision|version|effective|dated",
    r"(?:in|into|takes?|took|goes)\s+(?:effect|force)|applies",
    r"aktualisiert|gültig|in\s+kraft|fassung|stand(?=\s+[^\W\d_]{3,9}\.?\s+\d{4})",
    r"mise?\s+[aà]\s+jour|en\s+vigueur|modifiée?",
    r"actualizad[oa]|vigente|en\s+vigor|atualizad[oa]|aggiornat[oa]|in\s+vigore|bijgewerkt",
)
_CLAIM = re.compile(
    # Glued to the words before ("PolicyLast updated") where markup fell away.
    rf"(?P<outright>{'|'.join(_OUTRIGHT)})(?![^\W\d_])"
    rf"|(?:(?<![^\W\d_])|(?-i:(?<=[a-z])(?=[A-Z])))(?P<passing>{'|'.join(_IN_PASSING)})"
    r"(?![^\W\d_])",
    re.IGNORECASE,
)

_FILLERS = (
    r"on|as|of|is|was|were|has|been|from|the|in|per|dates?|since|starting|at|by|and|last|to"
    r"|this|our|privacy|cookies?|policy|statement|notice|terms|document|page|version|revision"
    r"|updated?|revised|modified|effective|effect|beginning|both|a|published|posted"
    r"|am|zum|vom|ab|seit|dem|den|der|de|du|le|la|au|à|compter|depuis|el|del|desde|em|il|dal|op|per"
    r"|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo"
    r"|\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]\.?m\.?)?(?:\s+(?:utc|gmt|[pecm][sd]?t))?"
)
_FILLER = re.compile(
    rf"(?:[\s:;,|*_()\[\]>\"'“”‘’/=#\u2010-\u2015-]|(?:{_FILLERS})(?![^\W_])){{0,40}}+",
    re.IGNORECASE,
)

_SUBJECT = re.compile(
    r"polic(?:y|ies)|statement|notice|terms|document|\bpage|agreement|disclosure"
    r"|erklärung|richtlinie|hinweis|bestimmungen|politique|déclaration|charte"
    r"|política|aviso|informativa|beleid|verklaring",
    re.IGNORECASE,
)
_ANOTHER_TEXT = re.compile(
    r"\b(?:Act|Regulations?|Directive|GDPR|DSGVO|RGPD|CCPA|CPRA|Law|Decree|Shield|Code|Bill|Verordnung"
    r"|Règlement|Loi|Ley|(?i:laws?|regulations?|previous|prior|earlier|former|older|archived?"
    r"|superseded?s?|replaced?s?|vorherig\w*|précédente?|anterior))\b"
)
_SENTENCE_START = re.compile(r"[.!?:](?=[\s“\"'])\s*|[\n|]\s*")
_SENTENCE_END = re.compile(r"[.!?](?=\s|$)|\n|$")
_CLOSED = re.compile(r"\s*+(?:$|[\n.;|)\]*_©\u2010-\u2015-]|by\b|at\b|\d{1,2}:|[A-Z])|[A-Z]")


def stated_dates(document: Document) -> tuple[StatedDate, ...]:
    """Every date that the document claims for itself, in its order, each once a block."""
    found: dict[tuple[str, str], StatedDate] = {}
    before = ""
    for id, text, menu in _texts(document):
        for date, evidence in (*_dates_under(before, text), *_dates(text, menu)):
            found.setdefault((id, date), StatedDate(date, evidence, id))
        before = text
    return tuple(found.values())


def _texts(document: Document) -> Iterator[tuple[str, str, bool]]:
    for section in document.sections:
        if section.title:
            yield section.id, section.title, False
        yield from ((block.id, block.text, block.folded) for block in section.blocks)


def _dates_under(label: str, text: str) -> Iterator[tuple[str, str]]:
    """The date that begins `text` where the text before it is a mere claim: "Last updated:"."""
    if len(label) > _SHORT or not _NUMBER.search(text, 0, _SHORT):
        return
    joined = f"{label}\n{text}"
    for claim in _CLAIM.finditer(label):
        place = _after_filler(joined, claim.end())
        date, end = _date_at(joined, place)
        if date and place > len(label) and _speaks_of_text(joined, claim, place, end):
            yield date, _evidence(joined.replace("\n", " ", 1), claim.start(), end)
            return


def _dates(text: str, menu: bool) -> Iterator[tuple[str, str]]:
    ends: set[int] = set()
    searched = 0
    for number in _NUMBER.finditer(text):
        # Looking for claims near numbers only takes a tenth of the time.
        start = max(searched, number.start() - _REACH)
        searched = number.end()
        for claim in _CLAIM.finditer(text, start, searched):
            place = _after_filler(text, claim.end())
            date, end = _date_at(text, place)
            if date and end not in ends and _speaks_of_text(text, claim, place, end, menu):
                ends.add(end)
                yield date, _evidence(text, claim.start(), end)


def _after_filler(text: str, position: int) -> int:
    match = _FILLER.match(text, position, position + _REACH)
    return match.end() if match else position


def _date_at(text: str, position: int) -> tuple[str, int]:
    """The ISO date written at `position`, and where it ends; empty when there is none."""
    for form in _FORMS:
        if match := form.match(text, position):
            return _iso(match.groupdict()), match.end()
    return "", position


def _iso(parts: dict[str, str | None]) -> str:
    year = int(parts["y"] or 0)
    if parts.get("a"):
        return _iso_from_numbers(int(parts["a"] or 0), int(parts["b"] or 0), year)
    written = (parts["m"] or "").lower()
    month = int(written) if written.isdecimal() else MONTHS[written]
    if not parts.get("d"):
        return f"{year}-{month:02}" if day(year, month, 1) else ""
    found = day(year, month, int(parts["d"] or 0))
    return found.isoformat() if found else ""


def _iso_from_numbers(one: int, two: int, year: int) -> str:
    """Two numbers as month and day, if they can be read in one way only."""
    if year < 100:
        if one > 12:  # it could be the year as well
            return ""
        year += 1900 if year >= 90 else 2000
    readings = {day(year, one, two), day(year, two, one)} - {None}
    (found,) = readings if len(readings) == 1 else (None,)
    return found.isoformat() if found else ""


def _speaks_of_text(
    text: str, claim: re.Match[str], place: int, end: int, menu: bool = False
) -> bool:
    start = _sentence_start(text, claim.start())
    before = text[start : claim.start()]
    if _ANOTHER_TEXT.search(before):
        return False
    if claim["outright"] or _SUBJECT.search(before) or _SUBJECT.search(text, claim.end(), place):
        return True
    if menu:  # where "Updated: May 1, 2020" stands beside each piece of news
        return False
    glued = text[max(0, claim.start() - 1) : claim.start()].strip(" \n\t\xa0") != ""
    return (glued or len(before.split()) <= 2) and bool(_CLOSED.match(text, end))


def _sentence_start(text: str, position: int) -> int:
    start = max(0, position - _REACH)
    for match in _SENTENCE_START.finditer(text, start, position):
        start = match.end()
    return start


def _evidence(text: str, start: int, end: int) -> str:
    """The sentence that holds the claim, on one line, at most 200 characters of it."""
    first = _sentence_start(text, start)
    last = _SENTENCE_END.search(text, end, end + _LONGEST_EVIDENCE)
    line = " ".join(text[first : last.end() if last else len(text)].split())
    if len(line) <= _LONGEST_EVIDENCE:
        return line
    near = " ".join(text[max(first, start - 60) : end + _LONGEST_EVIDENCE].split())
    return near[: _LONGEST_EVIDENCE - 1].rsplit(" ", 1)[0] + "…"
