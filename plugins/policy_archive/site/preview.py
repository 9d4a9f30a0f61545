"""Live preview's watch over docs folder and repositories, at a cost that is bounded.

MkDocs' own watch looks at every file twice a second, which takes most of a core once there are a
hundred thousand. This one rests ten times as long as a look takes, and half a second at least.
Polling, since change events do not cross container and network mounts.
"""

import os
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

_SHORTEST_REST = 0.5
_REST_PER_LOOK = 10


class Watch(threading.Thread):
    """Touches `signal`, which MkDocs watches, whenever a file in one of `places` changes."""

    def __init__(self, places: Sequence[Path], signal: Path) -> None:
        """Does not watch before it is started."""
        super().__init__(name="policy-archive watch", daemon=True)
        self._places = places
        self._signal = signal
        self._stopped = threading.Event()
        self._seen = self._look()

    def stop(self) -> None:
        """Look no more."""
        self._stopped.set()

    def run(self) -> None:
        """Look, compare, rest."""
        rest = _SHORTEST_REST
        while not self._stopped.wait(rest):
            started = time.monotonic()
            seen = self._look()
            if seen != self._seen:
                self._seen = seen
                self._signal.write_text(str(time.time_ns()), encoding="utf-8")
            rest = max(_SHORTEST_REST, _REST_PER_LOOK * (time.monotonic() - started))

    def _look(self) -> int:
        # A sum of hashes needs neither a list of all files nor an order.
        return sum(hash(stamp) for place in self._places for stamp in _stamps(place))


def _stamps(place: Path) -> Iterator[tuple[str, int, int]]:
    """Path, time and size of a file, or of all below a folder but for hidden ones."""
    try:
        if not place.is_dir():
            stat = place.stat()
            yield str(place), stat.st_mtime_ns, stat.st_size
            return
        entries = list(os.scandir(place))
    except OSError:  # removed while we look
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        try:
            if entry.is_dir():
                yield from _stamps(Path(entry.path))
            else:
                stat = entry.stat()
                yield entry.path, stat.st_mtime_ns, stat.st_size
        except OSError:
            continue
