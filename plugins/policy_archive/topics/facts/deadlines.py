"""Within which time a site says that it answers requests."""

import re
from collections.abc import Iterator, Sequence

from policy_archive.topics.facts.durations import Duration
from policy_archive.topics.facts.fact import Value

_ANSWER = (
    r"respon(?:d|ds|ding|ded|se|ses)|repl(?:y|ies)|answer(?:s|ed)?|fulfil(?:l|led)?|complete|resolve"
    r"|(?:process|action|handle|address|honou?r|act (?:up)?on|comply with|deal with|execute"
    r"|implement)(?: \w+){0,4} requests?|(?:processed|handled|actioned)|action taken|measures taken"
)
_ANSWERS = re.compile(
    rf"\b(?:(?P<answer>{_ANSWER})|confirm|acknowledge|notify|extend)\b", re.IGNORECASE
)
"""What is done within a period: an answer, or less than one."""
_TAKEN = re.compile(
    rf"(?: period)?(?: for us)? (?:to (?:\w+ )?(?:{_ANSWER})|for (?:a|our|us|your)\b)",
    re.IGNORECASE,
)
"""Behind a period: "up to 45 days to respond", "30 days for a response"."""
_REQUEST = re.compile(
    r"\b(?:requests?|requested|inquir(?:y|ies)|enquir(?:y|ies)|rights?|response)\b", re.IGNORECASE
)
_OTHER = re.compile(
    r"\b(?:appeal|complain|the matter|dispute|arbitra|breach|authorit|child)"
    r"|\b(?:twice|two access|once|free|preceding|prior|past|last|median|medium"
    r"|average|retain|deleted|stored?|kept|subpoena)\b"
    r"|\byou (?:must|have|may only|should|can reply|may reply|may respond)\b"
    r"|\b(?:support|members|travelers|travellers|guests|hosts|sellers|refund|orders?|artists?"
    r"|maintain|we keep)\b|\bwe (?:did|received|responded|complied)\b",
    re.IGNORECASE,
)
"""Sentences about other periods: of complaints, of what is kept, between requests; figures."""
_LIMIT = frozenset(["within", "than", "in", "to", "least", "most", "of", "maximum"])
"""One of these stands close before the period."""
_LATER = re.compile(r"\b(?:exten[ds]|prolong|additional|another|further)", re.IGNORECASE)
"""Before a period by which an answer may be late."""
_IF_YOU = re.compile(r"\b(?:if|unless|when|by) you\b", re.IGNORECASE)
"""Between an answer and a period: it is the reader's time."""
_CLOSE, _BEFORE = 3, 160
"""Words, characters."""


def deadlines(sentence: str, named: Sequence[Duration]) -> Iterator[Value]:
    """The first period within which the sentence says that requests are answered.

    `named` are all periods in it; those behind that one are by how much an answer may be late.
    """
    if not named or not _REQUEST.search(sentence) or _OTHER.search(sentence):
        return
    for found in named:
        before = sentence[max(0, found.start - _BEFORE) : found.start]
        if _LIMIT.isdisjoint(before.lower().split()[-_CLOSE:]) or _LATER.search(before):
            continue
        done = [*_ANSWERS.finditer(before)][-1:]
        answered = done and done[0]["answer"] and not _IF_YOU.search(before, done[0].end())
        if answered or _TAKEN.match(sentence, found.end):
            yield found.value, found.days
            return
