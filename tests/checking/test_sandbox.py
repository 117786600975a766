# ruff: noqa: NPY002
"""A check ends in time, says what happened, and leaves the notebook as it was."""

import _thread
import asyncio
import builtins
import ctypes
import os
import random
import signal
import sys
import threading
import time
from pathlib import Path
from time import sleep

import numpy as np
import pytest

from minidl.checking import Check, Exercise, ask, deadline, expect_close
from minidl.checking.printing import CHARACTERS, LINES


def double(x):
    return 2 * x


def check_double(answer):
    for x in (1.0, 4.0):
        expect_close(ask(answer, x), 2 * x)


def grade(answer):
    parts = {"name": "test/double", "title": "Doubling", "hints": ("Think.",)}
    return Check(Exercise(check=check_double, solution=double, **parts))(answer)


def loop(x):
    while True:
        pass


def swallow(x):
    while True:
        try:
            while True:
                pass
        except BaseException:
            pass


def last_word(x):
    try:
        loop(x)
    finally:
        loop(x)


def swallow_and_answer(x):
    try:
        loop(x)
    except BaseException:
        return 2 * x


def deaf(x):
    return threading.Event().wait() or 2 * x


def asleep_in_a_loop(x):
    asyncio.run(asyncio.sleep(1000))


def endless_generator(x):
    return sum(iter(lambda: 1, 0))


def swallow_twice(x):
    while True:
        try:
            swallow(x)
        except BaseException:
            continue


@pytest.mark.parametrize(
    "answer",
    [
        loop, swallow, swallow_twice, last_word, swallow_and_answer, endless_generator, deaf,
        asleep_in_a_loop,
    ],
)  # fmt: skip
def test_what_does_not_end_is_stopped_without_signals(answer, monkeypatch):
    began, others = time.monotonic(), set(threading.enumerate())
    with monkeypatch.context() as patch:
        patch.delattr(signal, "SIGALRM", raising=False)
        patch.delattr(signal, "setitimer", raising=False)
        outcome = grade(answer)
    assert outcome.diagnosis == "endless", outcome
    assert time.monotonic() - began < 10
    assert grade(double).right
    assert set(threading.enumerate()) <= others


def test_what_cannot_be_stopped_is_left_alone(monkeypatch):
    monkeypatch.setattr(deadline, "GIVING_UP", 0.1)
    lock = _thread.allocate_lock()
    lock.acquire()
    names, others = dict(vars(time)), set(threading.enumerate())
    assert grade(lambda x: lock.acquire()).diagnosis == "endless"
    assert grade(double).right
    lock.release()
    for thread in set(threading.enumerate()) - others:
        thread.join(5)
        assert not thread.is_alive()
    assert vars(time) == names


def test_traced_code_goes_on_after_an_error_that_has_missed_its_thread(monkeypatch):
    monkeypatch.setattr(deadline, "GIVING_UP", 0.1)

    def traced(x):
        sys.setprofile(lambda *about: None)
        try:
            return double(x)
        finally:
            sys.setprofile(None)

    deadline._raise_in(threading.get_ident(), ctypes.py_object())  # one without a receiver
    deadline.stop(threading.Thread(), deadline.TimeUp)
    assert grade(traced).right


def test_the_stop_button_ends_a_loop():
    started = []

    def presses_stop(x):
        started.append(threading.current_thread())
        _thread.interrupt_main()
        swallow(x)

    before = signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in the background
    try:
        with pytest.raises(KeyboardInterrupt):
            grade(presses_stop)
    finally:
        signal.signal(signal.SIGINT, before)
    assert not started[0].is_alive()


def test_an_endless_line_is_named():
    assert "while True" in grade(loop).text or "pass" in grade(loop).text


def test_a_check_in_another_thread_is_stopped_too():
    found = []
    thread = threading.Thread(target=lambda: found.append(grade(loop)))
    thread.start()
    thread.join(10)
    assert found[0].diagnosis == "endless"


def test_an_answers_own_thread_is_ended():
    started = []

    def begins_a_thread(x):
        started.append(threading.Thread(target=loop, args=(x,)))
        started[-1].start()
        return 2 * x

    assert grade(begins_a_thread).right
    for thread in started:
        thread.join(5)
        assert not thread.is_alive()


class Private(BaseException):
    pass


def leaves(error):
    def answer(x):
        raise error

    return answer


@pytest.mark.parametrize(
    ("answer", "diagnosis"),
    [
        (lambda x: input("x? "), "asks-for-input"),
        (lambda x: sys.stdin.readline(), "asks-for-input"),
        (lambda x: breakpoint(), "asks-for-input"),
        (lambda x: time.sleep(1e6) or 2 * x, "sleeps"),
        (lambda x: sleep(1e6) or 2 * x, "sleeps"),
        (lambda x: os._exit(1), "exits"),
        (lambda x: os.system("true"), "starts-a-program"),
        (lambda x: sys.exit(), "exits"),
        (lambda x: exit(), "exits"),
        (leaves(Private()), "raises"),
        (leaves(GeneratorExit()), "raises"),
        (leaves(NotImplementedError()), "not-implemented"),
        (lambda x: print(2 * x), "returns-nothing"),  # noqa: T201
    ],
)  # fmt: skip
def test_each_is_said_in_its_own_words(answer, diagnosis):
    outcome = grade(answer)
    assert (outcome.status, outcome.diagnosis) == ("wrong", diagnosis), outcome
    assert not outcome


def test_a_refusal_cannot_be_swallowed():
    def answer(x):
        try:
            input()
        except BaseException:
            return 2 * x

    assert grade(answer).diagnosis == "asks-for-input"


def test_a_short_sleep_is_not_waited_for():
    began = time.monotonic()
    assert grade(lambda x: time.sleep(0.1) or 2 * x).right
    assert time.monotonic() - began < 0.1


def test_the_stop_button_works_and_all_is_put_back():
    out = sys.stdout
    with pytest.raises(KeyboardInterrupt):
        grade(leaves(KeyboardInterrupt()))
    assert sys.stdout is out
    assert time.sleep.__module__ == "time"


def test_prints_are_shown_with_the_verdict_and_bounded(capsys):
    outcome = grade(lambda x: print("x is", x) or 2 * x)  # noqa: T201
    assert outcome.printed == "x is 1.0\nx is 4.0"
    assert repr(outcome).endswith("Your code printed:\nx is 1.0\nx is 4.0")
    assert "x is 4.0</pre>" in outcome._repr_html_()
    many = grade(lambda x: [print(i) for i in range(1000)] and 2 * x).printed  # noqa: T201
    assert many.endswith(f"… and {2000 - LINES} more lines")
    long = grade(lambda x: print("a" * 10**6) or 2 * x).printed  # noqa: T201
    assert len(long) < CHARACTERS + 50
    assert capsys.readouterr() == ("", "")


def test_nothing_is_left_behind(tmp_path, capsys):
    plt = pytest.importorskip("matplotlib.pyplot")
    before = (Path.cwd(), dict(os.environ), list(sys.path), np.get_printoptions(), np.geterr())
    states = np.random.get_state()[1].tolist(), random.getstate()
    names = {"print": builtins.print, "allclose": np.allclose, "sleep": time.sleep}
    out, figures, size = sys.stdout, plt.get_fignums(), plt.rcParams["font.size"]

    def messy(x):
        os.chdir(tmp_path)
        os.environ["X"] = "1"
        sys.path.insert(0, "x")
        np.set_printoptions(precision=1)
        np.seterr(all="ignore")
        np.random.seed(0)
        random.seed(0)
        plt.figure()
        plt.rcParams["font.size"] = 3
        sys.stdout.close()
        sys.stdout = None
        builtins.print = np.allclose = time.sleep = None
        raise RuntimeError

    assert grade(messy).diagnosis == "raises"
    after = (Path.cwd(), dict(os.environ), list(sys.path), np.get_printoptions(), np.geterr())
    assert after == before
    assert (np.random.get_state()[1].tolist(), random.getstate()) == states
    now = {"print": builtins.print, "allclose": np.allclose, "sleep": time.sleep}
    assert now == names
    assert (sys.stdout, plt.get_fignums(), plt.rcParams["font.size"]) == (out, figures, size)


def test_a_function_of_numpy_that_the_answer_exchanges_does_not_judge_it():
    def forges(x):
        np.allclose = np.isclose = np.array_equal = lambda *args, **options: True
        return 7.0

    assert grade(forges).status == "wrong"


@pytest.mark.parametrize("is_new", [False, True])
def test_a_function_of_python_with_which_it_is_looked_for_does_not_judge_it(is_new):
    def forges(x):
        builtins.all = builtins.map = builtins.len = lambda *args, **options: True
        np.isclose = np.allclose = builtins.all
        if is_new:
            np.one_more = None
        return 7.0

    before = vars(builtins).copy()
    try:
        outcome, changed = grade(forges), vars(builtins) != before
    finally:
        vars(builtins).update(before)
        vars(np).pop("one_more", None)
    assert outcome.status == "wrong"
    assert not changed


class Right:
    def slope(self, x):
        return 2 * x


class Misspelt:
    def slop(self, x):
        return 2 * x


def test_a_misspelt_method_is_named_with_what_was_found():
    def check(kind):
        expect_close(ask(kind().slope, 1.0), 2.0)

    task = Exercise(name="test/a", title="A", check=check, solution=Right, hints=("Think.",))
    outcome = Check(task)(Misspelt)
    assert outcome.diagnosis == "missing-method"
    assert "`slope`" in outcome.text
    assert "`slop`" in outcome.text
