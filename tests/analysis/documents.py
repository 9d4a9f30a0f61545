"""Documents to ask questions of, made by hand."""

from collections.abc import Sequence

from policy_archive.model import Block, Document, Run, Section

ENGLISH = (
    "We collect the information that you give us when you open an account, such as your name and "
    "your address, and we keep it for as long as the account is open. We never sell it."
)
GERMAN = (
    "Wir erheben die Angaben, die Sie uns bei der Anmeldung machen, zum Beispiel Ihren Namen und "
    "Ihre Anschrift, und bewahren sie auf, solange das Konto besteht. Wir verkaufen sie niemals."
)


def document(*texts: str, title: str | None = None, folded: Sequence[int] = ()) -> Document:
    """One section of paragraphs, whose ids count them from `p-1`."""
    blocks = tuple(
        Block("paragraph", (n, n), (Run(text),), folded=n in folded, id=f"p-{n}")
        for n, text in enumerate(texts, 1)
    )
    return Document("Privacy", (Section("top", title, 1, (1, len(texts) or 1), blocks),))
