"""The Markdown that converters write: CommonMark and tables, as markdown-it-py reads them.

Raw HTML and link reference definitions are switched off: in archived text they are words that a
reader saw, not instructions to us.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock, paragraph, table
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from policy_archive.reading import limits
from policy_archive.reading.markdown import emphasis

_INLINE = re.compile(r"[\n\\`*_\[\]!<&~]")
"""Where something other than text may begin, under the rules for inline text that are on."""
_CAPTION = re.compile(r"\|?(?:[ \t]*:?-{3,}:?[ \t]*\|)+(?=[ \t]*[^\s|:-])")
"""A table's rule with words behind it: turndown's way of writing its caption."""


def parse(text: str) -> list[Token]:
    """The flat tokens of `text`; what the library would leave out, nested too deep, is refused.

    Raises:
        BeyondLimitsError: it nests too deep, or is read as too many pieces.
    """
    tokens = _MARKDOWN.parse(text)
    deepest = max([token.level for token in tokens], default=0)
    limits.require(deepest, limits.DEPTH, "levels of nesting")
    return tokens


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 2 * limits.DEPTH})
    parser.enable(["table", "strikethrough"]).disable(["reference", "html_block"])
    # A link with a scheme that we do not follow is still a link: its target is no visible text.
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    # Targets are kept as they were written; `site/links.py` decides what may be followed.
    parser.normalizeLink = lambda url: url  # type: ignore[method-assign]
    parser.normalizeLinkText = lambda link: link  # type: ignore[method-assign]
    # Half of the library's time goes into looking for marks where a look shows that there are none.
    parser.inline.terminator_re = _INLINE
    parser.core.ruler.at("inline", _inline)
    parser.block.ruler.at("table", _table, {"alt": ["paragraph", "reference"]})
    parser.block.ruler.before("table", "prose", _prose)
    return parser


def _by_turns() -> MarkdownIt:
    parser = _parser()
    parser.inline.ruler.at("emphasis", emphasis.tokenize)
    return parser


def _inline(state: StateCore) -> None:
    """The library's rule, but for text without a mark, and for text whose marks it leaves over."""
    for token in state.tokens:
        if token.type != "inline":
            continue
        if token.content and not _INLINE.search(token.content):
            token.children = [Token("text", "", 0, content=token.content)]
            continue
        token.children = []
        state.md.inline.parse(token.content, state.md, state.env, token.children)
        if emphasis.left_over(token.children):
            found: list[Token] = []
            _CONVERTED.inline.parse(token.content, _CONVERTED, {}, found)
            resolved = emphasis.resolve(found)
            token.children = resolved.tokens
            token.meta = {"dropped": resolved.dropped, "parted": resolved.parted}


def _prose(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """A line between blank ones that begins with a letter: no other rule can want it."""
    first = state.src[state.bMarks[line] + state.tShift[line]]
    if not first.isalpha() or not state.isEmpty(line + 1) or state.is_code_block(line):
        return False
    return paragraph(state, line, end, silent)


def _table(state: StateBlock, line: int, end: int, silent: bool) -> bool:
    """The library's rule, for tables with a caption as well.

    It makes of two kilobytes of short rows up to 65,000 cells, which is why these are counted.
    """
    rule_ends = 0
    caption = ""
    if line + 1 < end:
        start = state.bMarks[line + 1] + state.tShift[line + 1]
        rule_ends = state.eMarks[line + 1]
        if found := _CAPTION.match(state.src, start, rule_ends):
            caption = state.src[found.end() : rule_ends].strip()
            state.eMarks[line + 1] = found.end()
    place = len(state.tokens)
    is_table = table(state, line, end, silent)
    if caption:
        state.eMarks[line + 1] = rule_ends
        if is_table and not silent:
            state.tokens[place:place] = _paragraph(caption, line + 1, state.level)
    limits.require(len(state.tokens), limits.TOKENS, "pieces of Markdown")
    return is_table


def _paragraph(text: str, line: int, level: int) -> list[Token]:
    lines = [line, line + 1]
    return [
        Token("paragraph_open", "p", 1, map=lines, level=level),
        Token("inline", "", 0, map=lines, level=level + 1, content=text, children=[]),
        Token("paragraph_close", "p", -1, level=level),
    ]


_MARKDOWN = _parser()
_CONVERTED = _by_turns()
"""For one stretch of inline text, where CommonMark leaves a mark over."""
