"""The document's own title: "Spotify Privacy Policy", not "1. About this Policy" below it."""

import re
from collections.abc import Iterator, Sequence

from policy_archive.model import Block, Section

_NAMING = re.compile(
    r"privac|polic|terms|notice|statement|legal|datenschutz|confidential|privat|data protection"
    r"|disclaimer|vie privée|données personnelles|dati personali|riservatezza|datos personales"
    r"|dados pessoais|integritet|persondata|personvern|tietosuoja|gegevens|konfidencial|gizlilik"
    r"|конфиденциальност|персональных данных|プライバシー|個人情報|隐私|隱私|个人信息|개인정보",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"(?:policy|polic[ií]es|notice|statement|terms(?: (?:and|&) conditions)?(?: of \w+)?|agreement"
    r"|charter|datenschutz\w{0,20}|privacyverklaring|personvernerklæring|integritetspolicy|tietosuojaseloste"
    r"|(?:politique|charte|política|informativa|polityka|politika)\b.{2,50}"
    r"|プライバシー\s?ポリシー|隐私政策|隱私權?政策|개인정보 ?처리방침)"
    r"(?:\s(?:for|of|by|at|on|and|–|-|—|/)\s.{1,50}|\s?\(.{1,40}\))?$",
    re.IGNORECASE,
)
"""How titles of whole documents end."""
_PART = re.compile(
    r"\W*(?:(?:\d+|[IVX]+|[A-Z])[.):]|§\s|(?:about|additional|changes?|contents?|highlights?|how"
    r"|important|introduction|key|latest|overview|scope|section|summary|table|this|updates?|what"
    r"|when|who|why|other|specific|see|supplement\w*|for|to)\b)"
    r"|.*\b(?:california|state|u\.?s\.?|nevada|colorado|children|candidate|applicants?|ccpa|gdpr"
    r"|residents?|summary|disclosure|effective|archived?|previous|prior|versions?)\b",
    re.IGNORECASE,
)
"""How headings begin that stand for a part of a document; and whom such parts are for."""
_OF_THE_DOCUMENT = re.compile(
    r"\b(?:the|this|these|our) (?:policy|policies|notice|statement|terms|agreement)$", re.IGNORECASE
)
"""How headings end that speak of the document they are in: “Companies issuing the Policy”."""
_GENERAL = re.compile(
    r"\W*(?:introduction|overview|contents|table of contents|legal(?: information)?|summary|"
    r"privacy|welcome|menu|general|home|help|about(?: us)?|definitions|einleitung|préambule)\W*",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?;:]\W?$")
_GLUED = re.compile(
    r"[(\[–—|,-]?\s?\b(?:(?:last\s)?(?:updated|modified|revised|amended)|effective|version|stand"
    r"|as of)\b\W{0,3}(?:(?:on|as of|date|from|since)\W{0,3})?"
    r"(?:\w{1,12}\W{1,3}){0,3}?(?:19|20)\d\d",
    re.IGNORECASE,
)
"""Where a date begins that has grown to a title."""
_GLUED_WORD = re.compile(r"(?<=[a-zé])(?=(?:Last|Effective|Updated|Version|Revised)\b)")
_GROWN = re.compile(
    r" (?:Policy|Notice|Statement|Terms|Terms of (?:Use|Service))(?=[A-Z][a-z])"
    r"|(?: (?:POLICY|NOTICE|STATEMENT|TERMS)|TERMS OF (?:USE|SERVICE))(?=[A-Z][a-z])"
)
"""Where what stands behind a title has grown to it."""
_ICON = re.compile("[\ue000-\uf8ff]")
_MARKS = " *#_>|·•¶§:"
"""What a converter, or a page, leaves at the ends of a title."""
_BETWEEN_PARTS = re.compile(r" [|·»›«:–—-]{1,3} |\|")
_LONGEST = 90
_LEADING_WORDS = 2
"""“Our Policies” may be a title."""
_LINE_WORDS = 8
"""Of a line that is no heading, and a title: more are those of several links."""
_WITHIN, _LEADING = 6, 4
"""Headings at the top, and blocks above them, among which a title is looked for."""


def names_policy(title: str) -> bool:
    """Whether a heading has a word that titles of policies have."""
    return bool(_NAMING.search(title))


def names_document(title: str) -> bool:
    """Whether a heading names a whole policy, and not a part of one or a law's own section."""
    text = tidied(title)
    if not 0 < len(text) <= _LONGEST or _SENTENCE.search(text) or _PART.match(text):
        return False
    named = names_policy(text) and _DOCUMENT.search(text) is not None
    return named and not _speaks_of_the_document(text)


def tidied(title: str) -> str:
    """A title without marks of a converter or an icon font, and without a date grown to its end."""
    text = " ".join(_ICON.sub(" ", _GLUED_WORD.sub(" ", title)).split()).strip(_MARKS)
    if grown := _GROWN.search(text):
        text = text[: grown.end()]
    glued = _GLUED.search(text)
    return (glued and text[: glued.start()].strip(_MARKS)) or text


def title_of(sections: Sequence[Section], page_title: str) -> str | None:
    """What the document calls itself; `page_title` is what the page around it is called.

    The first of these: what names a whole policy among the first headings and the lines above
    them; a heading of level 1, but for a general one; a first heading that names a policy, or
    stands below a general one; the part of the page's title that does.
    """
    names = list(_candidates(sections))
    if found := next(filter(names_document, names), None):
        return tidied(found)
    headings = [section for section in sections if section.title]
    for section in headings[:_WITHIN]:
        title = section.title or ""
        if section.level == 1 and not _GENERAL.fullmatch(title) and _may_be_title(title):
            return tidied(title)
    own = [it.title or "" for it in headings if not _GENERAL.fullmatch(it.title or "")]
    below = bool(headings) and headings[0].level == 1 and own[:1] != [headings[0].title]
    below = below and not any(map(str.isdigit, "".join(own[:1])))  # a date, say
    if own and (names_policy(own[0]) or below) and _may_be_title(own[0]):
        return tidied(own[0])
    first = headings[0].title or "" if headings else ""
    if names_policy(first) and _may_be_title(first):
        return tidied(first)
    parts = _BETWEEN_PARTS.split(page_title)
    return next((tidied(part) for part in parts if names_policy(part)), None)


def _may_be_title(title: str) -> bool:
    return not (_PART.match(title) or _SENTENCE.search(title) or _speaks_of_the_document(title))


def _speaks_of_the_document(title: str) -> bool:
    return bool(_OF_THE_DOCUMENT.search(title)) and len(title.split()) > _LEADING_WORDS


def _candidates(sections: Sequence[Section]) -> Iterator[str]:
    """Level-1 headings at the top, then lines above the first heading, then other headings."""
    headings = [section for section in sections if section.title][:_WITHIN]
    yield from (section.title or "" for section in headings if section.level == 1)
    for section in sections[:1]:
        if section.title is None:
            yield from map(_line, [b for b in section.blocks if not b.folded][:_LEADING])
    yield from (section.title or "" for section in headings if section.level > 1)


def _line(block: Block) -> str:
    text = block.text
    brief = block.kind == "paragraph" and "\n" not in text and text.count(" ") < _LINE_WORDS
    return text if brief else ""
