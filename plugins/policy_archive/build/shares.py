"""Work that copies of this process share, where a copy can stand on its own.

What has been gathered in memory has not to travel: a copy has it. Whatever a copy cannot have (a
connection to a database) it must open anew. A share that is lost, in whatever way, costs time and
nothing else: whoever asked does all of the work.
"""

import logging
import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import NamedTuple, TypeVar

from policy_archive.build.parallel import end_with_parent

log = logging.getLogger("policy_archive.build.shares")

Result = TypeVar("Result")

_BATCH = 100
"""Results that travel together."""
_LOGGERS = ("", "mkdocs", "policy_archive")
"""Those that may have handlers of their own."""


class _Said(NamedTuple):
    logger: str
    level: int
    message: str


class _LostError(Exception):
    """A copy has ended before its work was done."""


def possible() -> bool:
    """Whether a copy of this process would stand on its own: other threads it would not have."""
    methods = multiprocessing.get_all_start_methods()
    # On macOS, system libraries start threads of which Python knows nothing.
    return "fork" in methods and sys.platform != "darwin" and threading.active_count() == 1


def in_shares(
    count: int, work: Callable[[int], Iterable[Result]], done: Callable[[int], None]
) -> Sequence[Sequence[Result]] | None:
    """What `work` gives for each number below `count`, each in a copy of this process.

    Results must pickle. `done` is told now and then how many there are. What copies log is logged
    here, once. None: a copy could not be made or was lost, or its work raised, which it will do
    again where it is done anew.
    """
    context = multiprocessing.get_context("fork")
    copies: list[BaseProcess] = []
    pipes: list[Connection] = []
    try:
        for number in range(count):
            copy: BaseProcess
            ours, theirs = context.Pipe(duplex=False)
            copy = context.Process(target=_copy, args=(work, number, theirs), daemon=True)
            copy.start()
            theirs.close()
            copies.append(copy)
            pipes.append(ours)
        return _gathered(pipes, done)
    except (OSError, _LostError) as error:
        log.debug("done in one process (%s)", error)
        return None
    finally:
        for copy in copies:
            copy.kill()
            copy.join()


def _gathered(
    pipes: Sequence[Connection], done: Callable[[int], None]
) -> Sequence[Sequence[Result]]:
    found: dict[Connection, list[Result]] = {pipe: [] for pipe in pipes}
    said: dict[_Said, None] = {}
    waiting = list(pipes)
    while waiting:
        for pipe in wait(waiting):
            assert isinstance(pipe, Connection)
            try:
                batch, its_words = pipe.recv()
            except EOFError as error:
                raise _LostError from error
            if its_words is None:
                found[pipe] += batch
            else:
                said |= dict.fromkeys(its_words)
                waiting.remove(pipe)
        done(sum(map(len, found.values())))
    for it in said:
        logging.getLogger(it.logger).log(it.level, "%s", it.message)
    return list(found.values())


def _copy(work: Callable[[int], Iterable[Result]], number: int, pipe: Connection) -> None:
    """In a copy: do the work and hand its results over, at last with what was logged."""
    end_with_parent()
    listening = _Listening()
    for name in _LOGGERS:
        logging.getLogger(name).handlers[:] = [] if name else [listening]
    try:
        results = iter(work(number))
        while batch := list(islice(results, _BATCH)):
            pipe.send((batch, None))
        pipe.send(([], listening.said))
    except Exception as error:  # it is met again, and told of, where the work is done anew
        log.debug("share %s: %r", number, error)


class _Listening(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[_Said] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(_Said(record.name, record.levelno, record.getMessage()))
