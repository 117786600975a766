"""One BLAS thread where it is asked for, and the user's own number before and after."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator

import numpy as np
import pytest

from minidl.losses import MSELoss
from minidl.nn import Conv2d, Linear
from minidl.optim import BatchGD
from minidl.threads import one_blas_thread
from minidl.train import Listener, Runner
from tests.widgets.helpers import LineExplorer

threadpoolctl = pytest.importorskip("threadpoolctl")


def threads() -> int:
    found = threadpoolctl.threadpool_info()
    return max((info["num_threads"] for info in found if info["user_api"] == "blas"), default=2)


@pytest.fixture(autouse=True)
def two_threads() -> Iterator[None]:
    """Let the user's setting be two."""
    with threadpoolctl.threadpool_limits(2, user_api="blas"):
        if threads() != 2:
            pytest.skip("this BLAS has one thread")
        yield


class Counter(Listener):
    """Notes the number of threads at each step."""

    def __init__(self) -> None:
        self.seen: list[int] = []

    def on_step_end(self, runner: Runner) -> None:
        self.seen.append(threads())


def runner_with(counter: Listener, model: object = None) -> Runner:
    model = Linear(2, 1, rng=0) if model is None else model
    return Runner(model, BatchGD(model, lr=0.1), MSELoss(), metric=None, listeners=[counter])


DATA = np.ones((4, 2)), np.ones((4, 1))


def test_one_thread_inside_and_the_users_number_afterwards() -> None:
    with one_blas_thread:
        with one_blas_thread:
            assert threads() == 1
        assert threads() == 1
    assert threads() == 2


def test_an_error_gives_the_users_number_back() -> None:
    with pytest.raises(ValueError, match="planted"), one_blas_thread:
        raise ValueError("planted")
    assert threads() == 2


def test_threads_that_overlap_give_the_users_number_back() -> None:
    entered, leave = threading.Event(), threading.Event()

    def other() -> None:
        with one_blas_thread:
            entered.set()
            leave.wait(10)

    thread = threading.Thread(target=other)
    thread.start()
    entered.wait(10)
    with one_blas_thread:  # begins inside the other's and ends after it
        leave.set()
        thread.join()
        with one_blas_thread:
            assert threads() == 1
    assert threads() == 2


def test_a_small_network_trains_on_one_thread() -> None:
    counter = Counter()
    runner_with(counter).train(DATA, num_epochs=2)
    assert (counter.seen, threads()) == ([1, 1], 2)


def test_between_two_epochs_the_users_number_holds() -> None:
    counter = Counter()
    seen = [threads() for _ in runner_with(counter).epochs(DATA, num_epochs=2)]
    assert (counter.seen, seen, threads()) == ([1, 1], [2, 2], 2)


def test_train_limits_once(monkeypatch: pytest.MonkeyPatch) -> None:
    taken, take = [], type(one_blas_thread)._take
    monkeypatch.setattr(type(one_blas_thread), "_take", lambda self: taken.append(1) or take(self))
    runner_with(Counter()).train(DATA, num_epochs=5)
    assert len(taken) == 1


@pytest.mark.parametrize(
    ("model", "X"),
    [
        (Linear(800, 800, rng=0), np.ones((16, 800))),
        (Conv2d(1, 1, 2, rng=0), np.ones((1, 1, 2, 2))),
    ],
    ids=["large", "convolution"],
)
def test_a_network_that_is_not_small_keeps_the_users_number(model: object, X: np.ndarray) -> None:
    counter = Counter()
    y = np.ones_like(model(X))
    runner_with(counter, model).train((X, y), num_epochs=1)
    assert counter.seen == [2]


def test_an_explorer_computes_and_paints_on_one_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    for name in ("compute", "update"):
        whole = getattr(LineExplorer, name)
        monkeypatch.setattr(
            LineExplorer, name, lambda *args, whole=whole: seen.append(threads()) or whole(*args)
        )
    explorer = LineExplorer()
    explorer.set(slope=0.5)
    explorer.close()
    assert (seen, threads()) == ([1, 1, 1, 1], 2)


def test_without_threadpoolctl_training_works() -> None:
    script = (
        "import sys; sys.modules['threadpoolctl'] = None\n"
        "from minidl.threads import one_blas_thread\nwith one_blas_thread: print('good')"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("good\n", "")
