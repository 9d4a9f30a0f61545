"""What a site says that it does where a browser asks not to be tracked: the signal Do Not Track."""

import re
from collections.abc import Iterator

from policy_archive.topics.facts.fact import Value

HONOURED = "honoured", 0.0
UNDER_CONDITIONS = "honoured in some cases", 1.0
NOT_HONOURED = "not honoured", 2.0

_MENTION = re.compile(
    r"\bdo[- ]not[- ]track\b"
    r"(?! (?:you|your|our|its|users?|visitors?|the|any|which|websites?|what|how|or)\b)|\bDNT\b",
    re.IGNORECASE,
)
_ANOTHER = re.compile(
    r"\bglobal privacy controls?\b|\bGPC\b|\bopt[- ]out preference signals?\b", re.IGNORECASE
)
"""Signals that ask for something else."""
_NAME = re.compile(r"\bdo[- ]not[- ]track\b", re.IGNORECASE)
"""The "not" in it denies nothing."""
_SIGNALS = re.compile(
    r"\b(?:such|these|those|this|the|that|any) (?:browser )?(?:signals?|settings?|headers?)\b",
    re.IGNORECASE,
)
"""What a sentence behind one that mentions a signal may call it."""

_NOT = re.compile(
    r"(?<!may )(?<!might )(?:\bnot|n['’]t|\bcannot|\bneither|\bunable to|\bno longer)\b"
    r"(?: \w+){0,5}? (?:respond|honou?r|recogni[sz]e|support|react|comply|process|alter|change"
    r"|modify|monitor|detect|interpret|follow|acknowledge|respect|observe|accept|adhere|act|adjust"
    r"|take (?:\w+ )?(?:action|steps|measures))\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:third|other|others|partners?|vendors?|providers?|advertisers?|they|parties|networks)\b",
    re.IGNORECASE,
)
"""Before the verb: it is they who do it or do not."""
_AROUND = 200
"""Characters around the verb in which its conditions stand."""
_NEAR = 60
"""Characters in which they stand before it."""
_DOES = re.compile(
    r"(?:\b(?:we|our (?:\w+ ){1,3}|(?:the|this) \w+|sites?|websites?|services?|systems?|\w+\.com)"
    r"|^(?-i:[A-Z])\w+)"
    r"(?: (?:will|do|does|also|currently|now|however|generally|shall|presently|automatically"
    r"|fully|only|listen for and|detect and|look for and))*"
    r" (?:honou?rs?|respects?|recogni[sz]es?|responds?|compl(?:y|ies)|process(?:es)?|treats?"
    r"|acknowledges?|accepts?|adheres?|observes?|follows?|abides?|support)\b",
    re.IGNORECASE,
)
_ARE_DONE = re.compile(
    r"(?:signals?|controls?|DNT)\W{0,3}(?: \w+){0,3}? (?:will be|are|is) (?:\w+ )?"
    r"(?:honou?red|respected|recogni[sz]ed|processed|treated|applied)\b",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"\bwe (?:will |shall )?(?:\w+ )?"
    r"(?:opt (?:you|that|the)|stop|block|disable|turn off|apply|consider)\b",
    re.IGNORECASE,
)
_CONDITION = re.compile(
    r"\b(?:where|when|as|if|extent|unless) (?:legally |it is |and as |otherwise )?"
    r"(?:required|applicable|permitted|mandated)\b"
    r"|\brequired by\b|\bin accordance with (?:applicable|your|the)\b|\badherence\b"
    r"|\b(?:in|from|to) (?:certain|some|those|the following|specific|applicable)\b"
    r"|\bcertain (?:\w+ ){0,2}(?:states?|jurisdictions?|territories|regions?|signals?)\b"
    r"|\b(?:residents?|users|visitors|consumers|located|reside|residing) (?:of|in|from)\b"
    r"|\blegally[- ](?:required|recogni[sz]ed)\b|\b(?-i:California|Colorado)\b"
    r"|\bsome (?:states?|jurisdictions?|regions?|countries|cases|instances)\b",
    re.IGNORECASE,
)
_UNSURE = re.compile(
    r"\b(?:how|whether|might|may|possible|should|would|could|aim|try|efforts?|intend|recommend"
    r"|encourage)\b",
    re.IGNORECASE,
)
_NEITHER = re.compile(
    r"\b(?:whatever|regardless|guarantee|entitled|not all|not every)\b", re.IGNORECASE
)
"""Nothing is said then, be it denied or not."""
_IF_YOU = re.compile(
    r"\bif you (?:later |then )?(?:disable|turn off|do not|use|visit)\b", re.IGNORECASE
)
"""Then it is only said what is not done without the signal."""
_CLAUSE = re.compile(
    r";|—|(?<!\bwe )\bhowever\b|[,.] (?:but|although|though|while|except)\b", re.IGNORECASE
)


def stances(sentence: str, spoken_of: bool) -> Iterator[Value]:
    """What the sentence says is done where a browser asks not to be tracked.

    `spoken_of`: whether the words before it speak of that signal, so that it may be called "such".
    """
    if sentence.endswith("?"):
        return
    for clause in _CLAUSE.split(sentence):
        named = speaks(clause, spoken_of and bool(_SIGNALS.search(clause)))
        if named and (stance := _stance(clause.strip())):
            yield stance


def speaks(text: str, before: bool) -> bool:
    """Whether `text` speaks of the signal; where it names none, as the words `before` it."""
    return bool(_MENTION.search(text)) or (before and not _ANOTHER.search(text))


def _stance(clause: str) -> Value | None:
    """What a clause that speaks of a signal says is done with it."""
    clause = _NAME.sub("DNT", clause)
    if _NEITHER.search(clause):
        return None
    if denied := _NOT.search(clause):
        by_us = not (_by_others(clause, denied) or _IF_YOU.search(clause))
        return NOT_HONOURED if by_us else None
    if _UNSURE.search(clause):
        return None
    does = _DOES.search(clause) or _DONE.search(clause) or _ARE_DONE.search(clause)
    if does is None or _by_others(clause, does):
        return None
    around = clause[max(0, does.start() - _AROUND) : does.end() + _AROUND]
    return UNDER_CONDITIONS if _CONDITION.search(around) else HONOURED


def _by_others(clause: str, does: re.Match[str]) -> bool:
    return bool(_OTHERS.search(clause, max(0, does.start() - _NEAR), does.end()))
