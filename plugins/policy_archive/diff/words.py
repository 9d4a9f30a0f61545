"""Two texts word by word: what both have, what only looks different, what went and what came."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from policy_archive.diff.alignment import Match, matches
from policy_archive.diff.change import Span, SpanKind
from policy_archive.diff.tokens import Token


def compare_words(old: Sequence[Token], new: Sequence[Token]) -> tuple[Span, ...]:
    """The words of two texts side by side; spans of one kind in a row are one."""
    return tuple(
        Span(kind, "".join(span.old for span in run), "".join(span.new for span in run))
        for kind, spans in groupby(_each(old, new), key=attrgetter("kind"))
        for run in (list(spans),)
    )


def _each(old: Sequence[Token], new: Sequence[Token]) -> Iterator[Span]:
    """A span or two for every word."""
    i = j = 0
    common = matches([token.folded for token in old], [token.folded for token in new])
    for match in (*common, Match(len(old), len(new), 0)):
        yield from _differing(old[i : match.old], new[j : match.new])
        i, j = match.old + match.size, match.new + match.size
        for one, other in zip(old[match.old : i], new[match.new : j], strict=True):
            yield from _paired(one, other)


def _differing(removed: Sequence[Token], added: Sequence[Token]) -> Iterator[Span]:
    """Words of one text only; what compares with nothing (an empty key) differs in looks alone."""
    if removed:
        kind: SpanKind = "removed" if any(token.key for token in removed) else "cosmetic"
        yield Span(kind, _text(removed), "")
    if added:
        kind = "added" if any(token.key for token in added) else "cosmetic"
        yield Span(kind, "", _text(added))


def _paired(old: Token, new: Token) -> Iterator[Span]:
    """A word that both texts have; its capitals count, but for those of headings.

    An address that one of them hides may be the same.
    """
    alike = old.key == new.key or old.hidden or new.hidden
    if alike or ((old.heading or new.heading) and old.key.casefold() == new.key.casefold()):
        yield Span("same" if old.text == new.text else "cosmetic", old.text, new.text)
    else:
        yield Span("removed", old.text, "")
        yield Span("added", "", new.text)


def _text(tokens: Iterable[Token]) -> str:
    return "".join(token.text for token in tokens)
