"""Tasks, done by this process, by processes beside it or by a cluster, with the same results.

A task that is lost, with its worker or in any other way that an executor may fail, is done in this
process: a broken executor costs time and nothing else.
"""

import logging
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext, suppress
from functools import partial
from multiprocessing import forkserver
from multiprocessing.connection import wait as wait_for_end
from typing import Any, TypeVar

from policy_archive.build.cache_key import SHOWING, code_digest
from policy_archive.errors import ProjectError

log = logging.getLogger("policy_archive.build.parallel")

Task = TypeVar("Task")
Result = TypeVar("Result")

MUCH = 100
"""From how many texts starting processes pays, when nobody says how many to start."""

_CLUSTERS = {"dask://": "tcp://", "dask+tls://": "tls://"}
"""What a cluster's name begins with, and Dask's own word for how it is spoken to."""
_CONNECT = "10s"
_PATIENCE = 30
"""Seconds that a cluster may be without any worker."""
_MOST_ON_WINDOWS = 61
"""Processes that a pool can wait for there."""


class Workers:
    """An executor of `concurrent.futures`, how much it does at a time, and whether it still does.

    `present` says whether any worker is left: a cluster without workers keeps tasks waiting
    for ever. A process pool tells by itself.
    """

    def __init__(
        self, executor: Executor, count: int, present: Callable[[], bool] = lambda: True
    ) -> None:
        """`count` is the number of tasks that are done at the same time."""
        self.count = max(1, count)
        self._executor = executor
        self._present = present
        self._told = False
        self._gone = False

    def submit(self, function: Callable[[Task], Result], task: Task) -> "Future[Result] | None":
        """Hand a task out; None: that was not possible."""
        if self._gone:
            return None
        try:
            return self._executor.submit(function, task)
        except Exception as error:  # each executor has its own
            self._lost(error)
            return None

    def outcome(self, future: "Future[Result]") -> Result | None:
        """What has become of a task; None: it was lost."""
        absent = 0
        while not wait((future,), timeout=0 if self._gone else 1).done:
            absent = 0 if self._present() else absent + 1
            self._gone = self._gone or absent >= _PATIENCE
            if self._gone:
                self._lost(TimeoutError("no worker is left"))
                return None
        if future.cancelled():
            self._lost(InterruptedError("it was cancelled"))
        elif error := future.exception():  # not raised: it may be a worker's KeyboardInterrupt
            self._lost(error)
        else:
            return future.result()
        return None

    def _lost(self, error: BaseException) -> None:
        if not self._told:
            log.info(
                "a worker was lost (%s: %s); what it had to do is done in this process",
                type(error).__name__,
                error,
            )
        self._told = True


OpenWorkers = Callable[[int], AbstractContextManager[Workers | None]]
"""Starts workers for so many texts; None: they are read in this process."""


def started(
    workers: Workers | OpenWorkers | None, texts: int
) -> AbstractContextManager[Workers | None]:
    """`workers` at work, started for so many texts where that is still to be done."""
    return workers(texts) if callable(workers) else nullcontext(workers)


@contextmanager
def kept(workers: Workers | OpenWorkers | None) -> Iterator[OpenWorkers]:
    """Starts `workers` once, when there is first something to do, for all that follows."""
    with ExitStack() as until_the_end:
        at_work: Workers | None = None

        def opened(texts: int) -> AbstractContextManager[Workers | None]:
            nonlocal at_work
            if at_work is None and texts:
                at_work = until_the_end.enter_context(started(workers, texts))
            return nullcontext(at_work)

        yield opened


def run(
    tasks: Iterable[Task], work: Callable[[Task], Result], workers: Workers | None = None
) -> Iterator[Result]:
    """The result of `work` for each of `tasks`, in their order.

    `tasks` are taken as workers need them, two ahead for each, so that memory does not grow with
    their number. `work` must be a function of a module, tasks and results must pickle; what does
    not is done in this process.

    Raises:
        Exception: what `work` raises, here as anywhere; it is tried once more in this process.
    """
    if workers is None:
        yield from map(work, tasks)
        return
    attempt = partial(_attempt, work, code_digest(SHOWING))
    under_way: deque[tuple[Task, Future[tuple[Result] | None] | None]] = deque()
    for task in tasks:
        under_way.append((task, workers.submit(attempt, task)))
        if len(under_way) > 2 * workers.count:
            yield _result(work, *under_way.popleft(), workers)
    while under_way:
        yield _result(work, *under_way.popleft(), workers)


def _attempt(work: Callable[[Task], Result], code: str, task: Task) -> tuple[Result] | None:
    """In a worker: the result of `work`, or None where it raises.

    An exception does not travel: many cannot be pickled, and some that can break the pool when they
    are unpickled. Whoever asked tries again and meets it as it is.
    """
    if code_digest(SHOWING) != code:
        raise RuntimeError("the worker has another version of policy-archive or of its libraries")
    try:
        return (work(task),)
    except Exception:
        return None


def _result(
    work: Callable[[Task], Result],
    task: Task,
    future: "Future[tuple[Result] | None] | None",
    workers: Workers,
) -> Result:
    found = workers.outcome(future) if future else None
    return found[0] if found else work(task)


def check(name: str) -> None:
    """Whether `name` is that of a cluster, or empty.

    Raises:
        ProjectError: it is neither.
    """
    if name:
        _address(name)


def _address(name: str) -> str:
    """As Dask has it."""
    scheme, separator, place = name.partition("://")
    spoken = _CLUSTERS.get(scheme + separator)
    if not spoken or not place:
        raise ProjectError(
            f"executor: {name!r} is not of the form dask://host:port or dask+tls://host:port"
        )
    return spoken + place


def processes(workers: int, texts: int) -> int:
    """How many are to work on so many texts; `workers` 0 leaves it to the cores and the work."""
    return workers or (_cores() if texts >= MUCH else 1)


def opener(name: str = "", workers: int = 0) -> OpenWorkers:
    """Workers of the cluster `name` (`dask://host:port`, `dask+tls://…`), or else local processes.

    `workers` 0 leaves their number to the cores and the work there is; 1 starts none.

    Raises:
        ProjectError: there is no cluster of that name, now or when it is opened.
    """
    check(name)

    def opened(texts: int) -> AbstractContextManager[Workers | None]:
        if name and texts:
            return _cluster(_address(name))
        return _processes(processes(workers, texts))

    return opened


@contextmanager
def _processes(count: int) -> Iterator[Workers | None]:
    if count < 2:
        yield None
        return
    if sys.platform == "win32":
        count = min(count, _MOST_ON_WINDOWS)
    # Never a plain fork: a live preview has threads, and a fork of those may stand still.
    methods = multiprocessing.get_all_start_methods()
    method = "forkserver" if "forkserver" in methods else "spawn"
    try:
        if method == "forkserver":
            with _interrupts_held_back():  # in its children too, from their first moment on
                forkserver.ensure_running()
        executor = ProcessPoolExecutor(
            count, multiprocessing.get_context(method), initializer=end_with_parent
        )
    except (OSError, ImportError, NotImplementedError) as error:  # no semaphores, no memory
        log.info("no processes can be started (%s); this one does the work", error)
        yield None
        return
    try:
        yield Workers(executor, count)
    except BaseException:
        _kill(executor)
        raise
    executor.shutdown(cancel_futures=True)


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def end_with_parent() -> None:
    """In a worker: leave an interrupt to the parent, and do not outlive it, however it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()

    def end() -> None:
        wait_for_end([parent.sentinel] if parent else [])
        os._exit(1)

    threading.Thread(target=end, daemon=True).start()


def _kill(executor: ProcessPoolExecutor) -> None:
    """Let go of tasks under way, however long they would take."""
    # From Python 3.14 on, `kill_workers` does this.
    for process in list((executor._processes or {}).values()):
        process.kill()
    executor.shutdown()  # cancelling what waits would confuse a pool that has lost its processes


@contextmanager
def _cluster(address: str) -> Iterator[Workers]:
    try:
        from distributed import Client  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise ProjectError(
            "executor: a cluster needs the extra `cluster`: "
            "pip install 'mkdocs-policy-archive[cluster]'"
        ) from error
    try:
        client: Any = Client(address, timeout=_CONNECT, set_as_default=False)  # type: ignore[no-untyped-call]
    except (OSError, TypeError) as error:  # TypeError: TLS without certificates
        raise ProjectError(f"executor: no cluster answers at {address} ({error})") from error

    def threads() -> int:
        try:
            return sum(client.nthreads().values())
        except Exception:  # the scheduler itself is gone
            return 0

    executor = client.get_executor(pure=False)
    try:
        yield Workers(executor, threads(), lambda: threads() > 0)
    finally:
        with suppress(Exception):  # it may be gone
            executor.shutdown(wait=False)
            client.close()


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
