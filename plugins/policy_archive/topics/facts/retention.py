"""For how long data are kept, as a sentence says it."""

import re
from collections.abc import Iterator, Sequence

from policy_archive.topics.facts.durations import Duration
from policy_archive.topics.facts.fact import Value

AS_NEEDED = ("as long as needed", 1e6)
WITH_ACCOUNT = ("as long as the account exists", 1e6 + 1)

_KEEP = re.compile(
    r"\b(?:retain(?:s|ed|ing)?|retention|keep(?:s|ing)?(?! in mind)|kept|stor(?:es?|ed|age)|storing"
    r"|sav(?:ed|es?)|held(?! true)|(?<!on )hold(?:s|ing)?|maintain(?:s|ed)?|preserv(?:es?|ed)"
    r"|archived?)\b",
    re.IGNORECASE,
)
_DELETE = re.compile(
    r"\b(?:delet(?:es?|ed|ing|ion)|eras(?:es?|ed)|destroy(?:s|ed)?|purg(?:es?|ed)|remov(?:es?|ed)"
    r"|anonymi[sz](?:es?|ed)|de-?identif(?:y|ied)|discard(?:s|ed)?|overwritten|wiped?)\b",
    re.IGNORECASE,
)
_KEPT = frozenset(
    {"for", "to", "of", "than", "least", "most", "maximum", "minimum", "until", "approximately"}
    | {"around", "next", "exceed", "exceeding", "only", "additional", "another"}
    | {"typically", "generally", "normally", "usually"}
)
"""One of these stands close before a period for which something is kept."""
_GONE = frozenset(
    {"after", "within", "in", "than", "every", "of", "to", "for", "by", "approximately", "around"}
)
"""And before one after which it is deleted."""
_AFTER = frozenset(["after", "within", "following", "every"])
_CLOSE = 4
"""Words."""
_BEFORE, _BEHIND = 220, 120
"""Characters in which the verb stands."""
_OTHER = re.compile(
    r"\b(?:cookies?|(?:not )?respond|repl(?:y|ies)|comply with your|process your|take action"
    r"|once (?:every|in)|twice|minors?|appeal|denied|complaint|held true|right to request)\b"
    r"|\b(?:child|we (?:encourage|recommend)|counter-?noti|DMCA|disabling"
    r"|research papers|store credit|vouchers?|inaccurate, incomplete|persistent"
    r"|your order (?:will|is)|orders? paid)"
    r"|\b(?:confirm|acknowledge) receipt\b"
    r"|\byou (?:should|must|agree that|will (?:\(\w\) )?delete)\b"
    r"|\byou (?:can|may) (?:choose to )?delete\b",
    re.IGNORECASE,
)
"""Sentences about other periods: of cookies, of answers, of age, of contested content."""
_LONGEST = 36_500
"""Days; what is said to have stood longer is a firm's age."""
_PAST = frozenset(["past", "last", "previous", "preceding", "prior", "recent"])
_AGE = re.compile(r"\s*(?:of age|old\b|prior\b|preceding\b|before\b|ago\b|notice\b)", re.IGNORECASE)

_NEEDED = re.compile(
    r"\b(?:as|so) long as (?:it |they |this |that |the \w+ |your \w+ (?:\w+ )?|we |you )?"
    r"(?:is |are |may be |be |remains? )?(?:\w+ly )?(?:necessary|need(?:ed)?|required?|relevant)\b"
    r"|\b(?:longer|more) than (?:it |they |what |we )?(?:is |are )?(?:\w+ly )?"
    r"(?:necessary|need(?:ed)?|required?)\b"
    r"|\bfor the (?:time|period|time period|period of time|length of time|duration|amount of time)"
    r"(?: that)?(?: is)? (?:\w+ly )?(?:necessary|needed|required)\b",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"\b(?:as|so) long as (?:your |the |an? )?(?:\w+ )?account\b"
    r"|\b(?:as|so) long as you (?:have|keep|maintain|hold) (?:an?|your)(?: \w+)? account\b"
    r"|\buntil (?:you )?(?:delete|close) your(?: \w+)? account\b",
    re.IGNORECASE,
)


def periods(sentence: str, named: Sequence[Duration]) -> Iterator[Value]:
    """For how long the sentence says that something is kept, or when it is deleted.

    `named` are the periods that it names.
    """
    found = [(it.value, it.days) for it in named if _is_kept(sentence, it)]
    for pattern, value in ((_NEEDED, AS_NEEDED), (_ACCOUNT, WITH_ACCOUNT)):
        said = pattern.search(sentence)
        if said and _KEEP.search(sentence, max(0, said.start() - _BEFORE), said.start()):
            found.append(value)
    if found and not _OTHER.search(sentence):
        yield from found


def _is_kept(sentence: str, found: Duration) -> bool:
    """Whether the sentence says that something is kept for the period that it names."""
    if found.days >= _LONGEST or _AGE.match(sentence, found.end):
        return False
    first = max(0, found.start - _BEFORE)
    before = sentence[first : found.start]
    close = before.lower().replace("-", " ").split()[-_CLOSE:]
    if not _PAST.isdisjoint(close):
        return False
    if not _KEPT.isdisjoint(close) and _KEEP.search(before):
        return True
    if not _GONE.isdisjoint(close) and _DELETE.search(before):
        return True
    behind = sentence[found.end : found.end + _BEHIND]
    return not _AFTER.isdisjoint(close) and bool(_DELETE.search(behind))
