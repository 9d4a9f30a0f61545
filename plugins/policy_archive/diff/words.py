"""Two texts word by word: what both have, what only looks different, what went and what came."""

from collections.abc import Iterable, Iterator, Sequence

from policy_archive.diff.alignment import opcodes
from policy_archive.model import Span
from policy_archive.text.tokens import Token


def spans_of(old: Sequence[Token], new: Sequence[Token]) -> tuple[Span, ...]:
    """The words of two texts side by side; spans of one kind in a row are one."""
    spans: list[Span] = []
    a = b = 0
    codes = opcodes([token.folded for token in old], [token.folded for token in new])
    for code in (*(c for c in codes if c.tag == "equal"), None):
        a2, b2 = (code.src_start, code.dest_start) if code else (len(old), len(new))
        for kind, gone, come in (("removed", old[a:a2], []), ("added", [], new[b:b2])):
            if found := [*gone, *come]:
                told = kind if any(token.key for token in found) else "cosmetic"
                _push(spans, Span(told, _text(gone), _text(come)))  # type: ignore[arg-type]
        if code:
            a, b = code.src_end, code.dest_end
            for one, other in zip(old[a2:a], new[b2:b], strict=True):
                for span in _pair(one, other):
                    _push(spans, span)
    return tuple(spans)


def _pair(one: Token, other: Token) -> Iterator[Span]:
    """A word that both texts have; its capitals count, but for those of headings."""
    if one.key == other.key or one.heading or other.heading:
        yield Span("same" if one.text == other.text else "cosmetic", one.text, other.text)
    else:
        yield Span("removed", one.text, "")
        yield Span("added", "", other.text)


def _text(found: Iterable[Token]) -> str:
    return "".join(token.text for token in found)


def _push(spans: list[Span], span: Span) -> None:
    """Add a span, to the last one where it is of the same kind."""
    if spans and spans[-1].kind == span.kind:
        last = spans.pop()
        span = Span(span.kind, last.old + span.old, last.new + span.new)
    spans.append(span)
