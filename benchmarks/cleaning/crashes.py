"""Does anything stop the readers? Every file of every corpus, and mutations of them.

    python -m benchmarks.cleaning.crashes [MUTATIONS]

Mutations are made with a fixed seed: bytes flipped, pieces cut, doubled, swapped or put in from
another file, and characters that markup gives a meaning to.
"""

import random
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path

from benchmarks import corpora
from policy_archive.build.tasks import read_bytes
from policy_archive.pages.data.inspection import as_json
from policy_archive.reading.unpack import NotTextError
from policy_archive.settings import Settings
from policy_archive.topics import taxonomy

RESULT = Path(__file__).with_name("crashes.md")
SLOW = 5.0
_MARKUP = (
    *(b"<", b">", b"[", b"](", b"```", b"\0", b"\xff\xfe", b"---\n", b"<!--", b"<table>", b"&#0;"),
    *(b"\n> > > ", b"\n1. ", b"<frameset>", b"\xe2\x80", b"<div>" * 500, b"*" * 300, b"\x85"),
)


def files() -> Iterator[tuple[str, bytes]]:
    """Every file of every corpus."""
    yield from corpora.seeds()
    yield from corpora.dmoz()
    yield from corpora.open_terms()
    yield from corpora.opp115_pages()


def mutated(data: bytes, other: bytes, chance: random.Random) -> bytes:
    """`data` with one to six things done to it."""
    piece = bytearray(data[: chance.choice((200, 5_000, 60_000))])
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(piece) + 1)
        end = min(len(piece), at + chance.randint(1, 300))
        match chance.randrange(5):
            case 0:
                del piece[at:end]
            case 1:
                piece[at:at] = piece[at:end] * chance.randint(1, 20)
            case 2:
                piece[at:at] = chance.choice(_MARKUP) * chance.randint(1, 9)
            case 3:
                start = chance.randrange(len(other) + 1)
                piece[at:end] = other[start : start + 300]
            case _:
                piece[at:end] = bytes(chance.randrange(256) for _ in range(end - at))
    return bytes(piece)


def main() -> None:
    """Read everything; write what failed."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    terms, settings, chance = taxonomy.load(), Settings(), random.Random(115)
    failures: list[str] = []
    slow: list[str] = []
    held: list[tuple[str, bytes]] = []
    whole = 0

    def attempt(name: str, data: bytes) -> None:
        started = time.process_time()
        try:
            as_json(read_bytes(data, name, settings), terms)
        except NotTextError:  # so it says, and no other is stopped
            pass
        except Exception:
            failures.append(name)
            traceback.print_exc()
        taken = time.process_time() - started
        if taken > SLOW:
            slow.append(f"{name}: {taken:.1f} s, {len(data)} bytes")
            print(slow[-1], file=sys.stderr)

    for name, data in files():
        whole += 1
        attempt(name, data)
        if chance.random() < 0.1 or name.endswith(".html"):
            held.append((name, data))
    for number in range(count):
        name, data = chance.choice(held)
        suffix = chance.choice((".md", ".html", ".txt", Path(name).suffix))
        other = chance.choice(held)[1]
        attempt(f"mutation-{number}-{Path(name).stem}{suffix}", mutated(data, other, chance))
    table = (
        "# Crashes\n\n"
        f"`python -m benchmarks.cleaning.crashes {count}`\n\n"
        f"| files | crashed | over {SLOW:.0f} s |\n|---|---|---|\n"
        f"| {whole} of the corpora, {count} mutated | {len(failures)} | {len(slow)} |\n"
    )
    print(table)
    if count >= 10_000:
        RESULT.write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
