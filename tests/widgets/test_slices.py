"""Work in slices on an event loop."""

from __future__ import annotations

import asyncio
import itertools

import pytest

from minidl.widgets import slices
from minidl.widgets.slices import PATIENCE, SLICE, STARVATION, Slices


class Clock:
    """A clock that moves only when work is done."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 0.0
        monkeypatch.setattr(slices.time, "perf_counter", lambda: self.now)

    def work(self, seconds_per_step: float, steps: int):
        """Yield the numbers of the steps, each taking its time."""
        for step in range(1, steps + 1):
            self.now += seconds_per_step
            yield step


@pytest.fixture
def clock(monkeypatch):
    return Clock(monkeypatch)


@pytest.fixture
def shown():
    return []


def run(runner: Slices, *works) -> None:
    """Start the works one after the other on a loop and wait for the last."""

    async def main():
        for work in works:
            runner.start(work)
        while runner.busy:
            await asyncio.sleep(0.001)

    asyncio.run(main())


def no_failure(error: Exception) -> None:
    raise error


def test_quick_work_is_shown_at_once_and_only_its_last_result(clock, shown):
    runner = Slices(shown.append, no_failure)
    runner.start(clock.work(0.001, 9))
    assert shown == [9]
    assert not runner.busy


def test_without_a_loop_long_work_runs_to_the_end(clock, shown):
    Slices(shown.append, no_failure).start(clock.work(0.03, 20))
    assert shown == [20]


def test_partial_results_appear_only_after_the_readers_patience(clock, shown):
    run(Slices(shown.append, no_failure), clock.work(0.01, 9))
    assert shown == [9]
    shown.clear()
    run(Slices(shown.append, no_failure), clock.work(0.01, 40))
    assert shown[-1] == 40
    assert len(shown) > 2
    assert shown[0] * 0.01 >= PATIENCE - 1e-9
    gaps = [b - a for a, b in itertools.pairwise(shown[:-1])]
    assert min(gaps) * 0.01 >= PATIENCE - 1e-9


def test_patience_may_be_shorter(clock, shown):
    run(Slices(shown.append, no_failure, patience=0.05), clock.work(0.01, 40))
    assert shown[0] in (5, 6)  # about 0.05 seconds
    assert shown[-1] == 40


def test_the_first_partial_result_does_not_wait_because_the_last_picture_was_slow(clock, shown):
    def slowly(result):
        shown.append(result)
        clock.now += 0.1

    slices = Slices(slowly, no_failure, patience=0.05)
    for _ in range(2):
        shown.clear()
        run(slices, clock.work(0.01, 40))
        assert shown[0] in (5, 6)


def test_partial_results_are_rarer_where_showing_them_is_slow(clock, shown):
    def slowly(result):
        shown.append(result)
        clock.now += 0.1

    run(Slices(slowly, no_failure), clock.work(0.01, 300))
    gaps = [b - a for a, b in itertools.pairwise(shown[:-1])]
    assert len(gaps) >= 3
    assert min(gaps) * 0.01 >= 0.5 - 1e-9


def test_no_slice_keeps_the_loop_busy_for_more_than_fifty_milliseconds(clock, shown, monkeypatch):
    lengths = []
    run_slice = Slices._run_slice

    def timed(self, steps, *, endless):
        began = clock.now
        finished = run_slice(self, steps, endless=endless)
        lengths.append(clock.now - began)
        return finished

    monkeypatch.setattr(Slices, "_run_slice", timed)
    run(Slices(shown.append, no_failure), clock.work(0.007, 60))
    assert len(lengths) > 5
    assert SLICE / 2 < max(lengths) <= 0.050


def test_items_that_are_none_show_nothing(clock, shown):
    run(Slices(shown.append, no_failure), (x if x == 30 else None for x in clock.work(0.01, 40)))
    assert shown == [30]


def test_newer_work_drops_older_work_and_closes_it(clock, shown):
    closed = []

    def older():
        try:
            yield from clock.work(0.03, 50)
        finally:
            closed.append(True)

    def newer():
        assert closed == [True]
        yield 30

    run(Slices(shown.append, no_failure), older(), newer())
    assert shown == [30]


def keep_changing(runner: Slices, works, pause: float = 0.006) -> None:
    """Start work after work, each before the last one can be ready; then wait for the last."""

    async def main():
        for work in works:
            runner.start(work)
            await asyncio.sleep(pause)
        while runner.busy:
            await asyncio.sleep(0.001)

    asyncio.run(asyncio.wait_for(main(), 30))


def numbered(clock, k: int, steps: int = 30):
    """Yield (k, step), a hundredth of a second apart."""
    for step in clock.work(0.01, steps):
        yield k, step


def test_changes_that_keep_coming_do_not_starve_the_picture(clock, shown):
    keep_changing(Slices(shown.append, no_failure), [numbered(clock, k) for k in range(60)])
    assert shown[-1] == (59, 30)
    seen = [k for k, _ in shown]
    assert seen == sorted(seen)
    assert len(set(seen)) >= 5


def test_what_waits_is_dropped_for_what_is_newer(clock, shown):
    closed = []

    def noticing(k):
        try:
            yield from numbered(clock, k)
        finally:
            closed.append(k)

    works = [noticing(k) for k in range(60)]
    runner = Slices(shown.append, no_failure)
    keep_changing(runner, works)
    assert len(closed) >= 10
    assert not runner.busy
    runner.drop()
    assert all(work.gi_frame is None for work in works)


def test_a_fault_in_starving_work_lets_the_next_begin(clock, shown):
    def failing(k):
        for _ in clock.work(0.01, 30):
            yield None
        raise ValueError("broken")

    failures = []
    works = [failing(k) for k in range(40)] + [numbered(clock, 99)]
    keep_changing(Slices(shown.append, failures.append), works)
    assert failures
    assert shown[-1] == (99, 30)


def test_work_that_raises_is_told_once_and_ends(clock, shown):
    def failing():
        yield from clock.work(0.03, 5)
        raise ValueError("broken")

    failures = []
    runner = Slices(shown.append, failures.append)
    run(runner, failing())
    assert [str(error) for error in failures] == ["broken"]
    assert not runner.busy


@pytest.mark.parametrize("stop", [KeyboardInterrupt, SystemExit])
def test_work_that_is_interrupted_is_dropped_and_later_work_is_shown(clock, shown, stop):
    def interrupted():
        yield from clock.work(0.01, 3)
        raise stop

    async def main(later):
        with pytest.raises(stop):
            runner.start(interrupted())
        assert not runner.busy
        clock.now += 2 * STARVATION
        runner.start(later)
        while runner.busy:
            await asyncio.sleep(0.001)

    runner = Slices(shown.append, no_failure)
    asyncio.run(asyncio.wait_for(main(clock.work(0.01, 3)), 5))
    assert shown == [3]


def test_dropped_work_shows_nothing(clock, shown):
    runner = Slices(shown.append, no_failure)

    async def main():
        runner.start(clock.work(0.03, 50))
        runner.drop()
        await asyncio.sleep(0.02)

    asyncio.run(main())
    assert shown == []
    assert not runner.busy


def test_a_show_that_raises_ends_the_work(clock, shown):
    def refuse(result):
        shown.append(result)
        raise ValueError("cannot be drawn")

    failures = []
    run(Slices(refuse, failures.append), clock.work(0.01, 60))
    assert len(failures) == len(shown) == 1
