"""Who does the work: this process, processes beside it, or a cluster.

Whatever executor of `concurrent.futures` reads the archive, the results are the same; so a
cluster needs no more than its own executor. One that breaks down leaves the rest of the work to
this process.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from multiprocessing import forkserver
from typing import Any

from policy_archive.errors import ProjectError

OpenExecutor = Callable[[int], AbstractContextManager[Executor | None]]
"""Opens an executor for so many sources; None: they are read in this process."""

MUCH = 100
"""From how many sources starting processes pays, when nobody says how many to start."""

_CLUSTER = "dask://"
_PATIENCE = "10s"


def check(name: str) -> None:
    """Whether `name` is an executor.

    Raises:
        ProjectError: it is none.
    """
    if name and not (name.startswith(_CLUSTER) and name.removeprefix(_CLUSTER)):
        raise ProjectError(f"executor: {name!r} is not of the form dask://host:port")


def opener(name: str = "", workers: int = 0) -> OpenExecutor:
    """The executor called `name` (`dask://host:port`), or else local processes.

    `workers` 0 leaves their number to the cores and the work there is; 1 starts none.
    """
    check(name)

    def opened(sources: int) -> AbstractContextManager[Executor | None]:
        if name and sources:
            return _cluster(name.removeprefix(_CLUSTER))
        return _processes(workers or (_cores() if sources >= MUCH else 1))

    return opened


@contextmanager
def _processes(count: int) -> Iterator[Executor | None]:
    if count < 2:
        yield None
        return
    # Never a plain fork: a live preview has threads, and a fork of those may stand still.
    methods = multiprocessing.get_all_start_methods()
    method = "forkserver" if "forkserver" in methods else "spawn"
    if method == "forkserver":
        with _interrupts_held_back():  # in its children too, from their first moment on
            forkserver.ensure_running()
    context = multiprocessing.get_context(method)
    executor = ProcessPoolExecutor(count, context, initializer=_leave_interrupts_to_us)
    try:
        yield executor
    except BaseException:  # Ctrl-C too: nobody waits for work that is under way
        workers = list((executor._processes or {}).values())
        executor.shutdown(wait=False, cancel_futures=True)
        for worker in workers:
            worker.kill()
        raise
    executor.shutdown()


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _leave_interrupts_to_us() -> None:
    """A terminal's Ctrl-C reaches every process; workers end when the one they work for says so."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextmanager
def _cluster(address: str) -> Iterator[Executor]:
    try:
        from distributed import Client  # noqa: PLC0415  (an extra)
    except ImportError as error:
        raise ProjectError(
            "executor: a cluster needs the extra `cluster`: "
            "pip install 'mkdocs-policy-archive[cluster]'"
        ) from error
    try:
        client: Any = Client(f"tcp://{address}", timeout=_PATIENCE, set_as_default=False)  # type: ignore[no-untyped-call]
    except OSError as error:
        raise ProjectError(f"executor: no cluster answers at {address} ({error})") from error
    with client, client.get_executor(pure=False) as executor:
        yield executor


def _cores() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1
