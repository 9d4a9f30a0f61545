import asyncio
import itertools
import multiprocessing
import os
import pickle
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError, Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from policy_archive.build import parallel
from policy_archive.build.parallel import Workers, kept, opener, run

from ..parallel_work import (
    ToldError,
    double,
    dying,
    process,
    slow_at_first,
    told,
    unpicklable,
    wait,
)

HERE = os.getpid()


@pytest.fixture(autouse=True)
def importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Worker processes find the tests' modules where this one does."""
    monkeypatch.syspath_prepend(Path(__file__).parents[2])


@pytest.fixture
def processes() -> Iterator[Workers]:
    with opener(workers=2)(1) as workers:
        assert workers
        yield workers


@pytest.mark.parametrize("method", ["spawn", "forkserver"])
def test_results_come_in_order_from_any_workers(method: str) -> None:
    expected = [number * 2 for number in range(40)]
    assert list(run(range(40), slow_at_first)) == expected
    if method in multiprocessing.get_all_start_methods():
        with ProcessPoolExecutor(2, multiprocessing.get_context(method)) as executor:
            workers = Workers(executor, 2)
            assert list(run(range(40), slow_at_first, workers)) == expected
            assert HERE not in set(run(range(40), process, workers))


def test_few_tasks_are_under_way_at_a_time(processes: Workers) -> None:
    taken: list[int] = []

    def tasks() -> Iterator[int]:
        for number in range(100):
            taken.append(number)
            yield number

    most = max(len(taken) - done for done, _ in enumerate(run(tasks(), double, processes)))
    assert 2 <= most <= 2 * 2 + 1
    taken.clear()
    # Without workers none is taken before the last one is done.
    assert max(len(taken) - done for done, _ in enumerate(run(tasks(), double))) == 1


def test_what_work_raises_is_raised_as_it_is(processes: Workers) -> None:
    with pytest.raises(ToldError):
        list(run(range(9), told, processes))
    assert HERE not in set(run(range(3), told, processes))  # the pool still works


def test_a_lost_worker_costs_time_only(
    processes: Workers, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("ASKED_BY", str(HERE))
    caplog.set_level("INFO")
    assert list(run(range(60), dying, processes)) == [number * 2 for number in range(60)]
    assert sum("a worker was lost" in line for line in caplog.messages) == 1


def test_what_cannot_travel_is_done_here(processes: Workers) -> None:
    assert [function() for function in run(range(5), unpicklable, processes)] == list(range(5))
    assert list(run([lambda: 1, lambda: 2], callable, processes)) == [True, True]
    assert HERE not in set(run(range(3), process, processes))  # what can travel still does


class Failing(Executor):
    """Fails in one way, when it is asked or when it should answer."""

    def __init__(self, error: BaseException, at_once: bool) -> None:
        self.error, self.at_once = error, at_once

    def submit(self, *args: object, **kwargs: object) -> "Future[object]":  # type: ignore[override]
        if self.at_once:
            raise self.error
        future: Future[object] = Future()
        future.set_exception(self.error)
        return future


ERRORS = [
    BrokenProcessPool("a process ended"),
    CancelledError(),
    ConnectionResetError(),
    MemoryError(),
    pickle.PicklingError("cannot pickle"),
    RuntimeError("cannot schedule new futures after shutdown"),
    TimeoutError(),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("at_once", [True, False])
def test_an_executor_may_fail_in_any_way(error: BaseException, at_once: bool) -> None:
    workers = Workers(Failing(error, at_once), 3)
    assert list(run(range(9), double, workers)) == [number * 2 for number in range(9)]


@pytest.mark.parametrize("error", [KeyboardInterrupt(), SystemExit(1), asyncio.CancelledError()])
def test_what_ends_a_worker_does_not_end_us(error: BaseException) -> None:
    workers = Workers(Failing(error, at_once=False), 3)
    assert list(run(range(3), double, workers)) == [0, 2, 4]


def test_errors_of_a_cluster_are_survived() -> None:
    distributed = pytest.importorskip("distributed")
    for error in (
        distributed.scheduler.KilledWorker("task", None, 3),
        distributed.comm.CommClosedError("closed"),
        distributed.client.FutureCancelledError("task", "lost"),
    ):
        for at_once in (True, False):
            workers = Workers(Failing(error, at_once), 3)
            assert list(run(range(9), double, workers)) == [number * 2 for number in range(9)]


class Waiting(Executor):
    """Never answers, as a cluster without workers, but for the first task."""

    def __init__(self) -> None:
        self.futures: list[Future[object]] = []

    def submit(self, *args: object, **kwargs: object) -> "Future[object]":  # type: ignore[override]
        future: Future[object] = Future()
        if not self.futures:
            future.set_result((7,))
        self.futures.append(future)
        return future


def test_nobody_waits_for_workers_that_are_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parallel, "_PATIENCE", 1)
    executor = Waiting()
    workers = Workers(executor, 2, present=lambda: False)
    assert list(run(range(20), double, workers)) == [7, *(n * 2 for n in range(1, 20))]
    assert len(executor.futures) == 6  # then it was asked no more


def test_who_has_enough_waits_for_nothing_more() -> None:
    started = time.monotonic()
    with opener(workers=2)(1) as workers:
        results = run(itertools.repeat(0.2, 1000), wait, workers)
        assert next(results) == 0.2
    assert time.monotonic() - started < 30


def test_workers_that_are_kept_are_started_once_and_only_for_work() -> None:
    started: list[int] = []

    def opened(texts: int) -> "AbstractContextManager[Workers | None]":
        started.append(texts)
        return opener(workers=2 if texts > 1 else 1)(texts)

    with kept(opened) as workers:
        with workers(0) as none:
            assert none is None
        with workers(1) as none:
            assert none is None
        with workers(5) as first:
            assert first and list(run(range(3), double, first)) == [0, 2, 4]
        with workers(0) as again, workers(7) as more:
            assert first is again is more
            assert list(run(range(3), double, more)) == [0, 2, 4]
    assert started == [1, 5]
    assert first.submit(double, 1) is None  # they have gone


def test_workers_of_another_version_do_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, processes: Workers
) -> None:
    caplog.set_level("INFO")
    monkeypatch.setattr(parallel, "code_digest", lambda *_: "of this process alone")
    assert list(run(range(3), double, processes)) == [0, 2, 4]
    assert "another version of policy-archive" in caplog.text


def test_where_no_process_can_be_started_none_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("no semaphores here")

    monkeypatch.setattr(parallel, "ProcessPoolExecutor", refuse)
    with opener(workers=4)(1000) as workers:
        assert workers is None


@pytest.mark.parametrize("name", ["dask://", "dask+tls://", "tls://x:1", "ray://x:1", "x"])
def test_an_unknown_executor_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="dask://host:port"):
        opener(name)


def test_a_cluster_that_does_not_answer_is_said_so(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(parallel, "_CONNECT", "1s")
    with (
        pytest.raises(ValueError, match="no cluster answers"),
        opener("dask://127.0.0.1:9")(1),
    ):
        pytest.fail("it was opened")


SLOW = """
import os, sys, time
from policy_archive.build.parallel import opener, run

def work(number):
    os.write(1, b"working\\n")
    time.sleep(60)

if __name__ == "__main__":
    try:
        with opener(workers=2)(1) as workers:
            list(run(range(9), work, workers))
    except KeyboardInterrupt:
        sys.exit(3)
"""


@pytest.fixture
def slow(tmp_path: Path) -> "Iterator[subprocess.Popen[str]]":
    """A process group whose two workers are each in the middle of a task of a minute."""
    script = tmp_path / "slow.py"
    script.write_text(SLOW)
    build = subprocess.Popen(
        [sys.executable, str(script)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert build.stdout
    assert [build.stdout.readline() for _ in range(2)] == ["working\n"] * 2
    yield build
    build.wait()


@pytest.mark.skipif(sys.platform == "win32", reason="groups of processes are POSIX")
def test_an_interrupt_ends_at_once_and_silently(slow: "subprocess.Popen[str]") -> None:
    started = time.monotonic()
    os.killpg(slow.pid, signal.SIGINT)  # as a terminal does
    _, errors = slow.communicate(timeout=30)
    assert (slow.returncode, errors) == (3, "")
    assert time.monotonic() - started < 3


@pytest.mark.skipif(sys.platform == "win32", reason="groups of processes are POSIX")
def test_workers_do_not_outlive_a_killed_build(slow: "subprocess.Popen[str]") -> None:
    slow.kill()
    # The pipes close when the last of them has ended.
    slow.communicate(timeout=10)


Cluster = tuple[str, list[subprocess.Popen[bytes]]]
"""The address of a scheduler with one worker that nobody starts again; both processes."""


@contextmanager
def a_cluster(scheme: str = "tcp", **environment: str) -> Iterator[Cluster]:
    distributed = pytest.importorskip("distributed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"127.0.0.1:{free.getsockname()[1]}"
    whole = f"{scheme}://{address}"
    dask = [sys.executable, "-m", "dask"]
    commands = [
        [*dask, "scheduler", "--host", whole, "--no-dashboard"],
        [*dask, "worker", whole, "--no-nanny", "--nthreads", "1", "--no-dashboard"],
    ]
    ours = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **environment}
    processes = [subprocess.Popen(it, stderr=subprocess.DEVNULL, env=ours) for it in commands]
    try:
        with distributed.Client(whole, timeout="60s", set_as_default=False) as client:
            client.wait_for_workers(1, timeout=60)
        yield address, processes
    finally:
        for it in processes:
            it.kill()
            it.wait()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with a_cluster() as running:
        yield running


@pytest.mark.cluster
def test_a_cluster_behind_tls(tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed, which makes the certificate")
    pytest.importorskip("distributed")  # first, for what is set goes over its defaults
    dask = pytest.importorskip("dask")
    cert, key = str(tmp_path / "cert.pem"), str(tmp_path / "key.pem")
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
    made += ["-subj", "/CN=cluster", "-out", cert, "-keyout", key]
    subprocess.run(made, check=True, capture_output=True)
    names = {"ca-file": cert, **{f"{it}.cert": cert for it in ("client", "scheduler", "worker")}}
    names |= {f"{it}.key": key for it in ("client", "scheduler", "worker")}
    settings = {f"distributed.comm.tls.{name}": value for name, value in names.items()}
    environment = {
        f"DASK_{name.replace('.', '__').replace('-', '_').upper()}": value
        for name, value in settings.items()
    }
    with (
        dask.config.set(settings),
        a_cluster("tls", **environment) as (address, processes),
        opener(f"dask+tls://{address}")(1) as workers,
    ):
        assert list(run(range(2), process, workers)) == [processes[1].pid] * 2


def test_tls_without_certificates_is_a_sentence() -> None:
    pytest.importorskip("distributed")
    with (
        pytest.raises(ValueError, match=r"no cluster answers at tls://127\.0\.0\.1:9 .*TLS"),
        opener("dask+tls://127.0.0.1:9")(1),
    ):
        pytest.fail("it was opened")


@pytest.mark.cluster
@pytest.mark.parametrize("lost", [1, 0], ids=["worker", "scheduler"])
def test_a_cluster_that_is_lost_costs_time_only(
    cluster: Cluster,
    lost: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(parallel, "_PATIENCE", 5)
    address, processes = cluster
    found: list[int] = []
    with opener(f"dask://{address}")(1) as workers:
        assert workers
        for pid in run(range(20), process, workers):
            if not found:
                assert pid == processes[1].pid
                processes[lost].kill()
            found.append(pid)
    assert len(found) == 20
    assert HERE in found
