"""Frames at a steady pace, never far ahead of the page."""

from __future__ import annotations

import asyncio

import pytest

from minidl.widgets.player import AHEAD, FRAMES, Player


class Page:
    """What a player knows of the picture; it draws what it is told to."""

    def __init__(self):
        self.sent = self.seen = 0
        self.on_seen = lambda: None

    def draws_all(self):
        self.seen = self.sent
        self.on_seen()


class Work:
    """Steps that are counted and send a frame each."""

    def __init__(self, page, *, until=10_000, fault_at=None):
        self.page, self.until, self.fault_at = page, until, fault_at
        self.stops = []

    def step(self):
        self.page.sent += 1
        if self.page.sent == self.fault_at:
            raise ValueError("planted")
        return self.page.sent < self.until


def played(work, seconds, during=lambda player: None):
    """Play on a loop of its own; return the player."""
    player = Player(work.page, work.step, work.stops.append)

    async def main():
        player.play()
        end = asyncio.get_running_loop().time() + seconds
        while asyncio.get_running_loop().time() < end:
            await asyncio.sleep(0.01)
            during(player)
        player.pause()

    asyncio.run(main())
    return player


def test_frames_come_at_a_steady_pace():
    page = Page()
    played(Work(page), 0.5, lambda player: page.draws_all())
    assert 5 <= page.sent <= FRAMES // 2 + 2


def test_a_page_that_draws_nothing_is_never_far_behind_and_costs_nothing():
    page = Page()
    player = played(Work(page), 0.2 + AHEAD / FRAMES)
    assert page.sent == AHEAD
    page.draws_all()  # paused in the meantime
    assert page.sent == AHEAD
    assert not player.playing


def test_it_goes_on_when_the_picture_is_seen_again():
    page = Page()

    def looks_up_once(player):
        if page.sent == AHEAD and not page.seen:
            page.draws_all()

    played(Work(page), 0.4 + AHEAD / FRAMES, looks_up_once)
    assert AHEAD < page.sent <= 2 * AHEAD


def test_work_that_ends_ends_the_play_and_tells():
    work = Work(Page(), until=3)
    player = played(work, 0.4)
    assert (work.page.sent, work.stops, player.playing) == (3, [None], False)


def test_a_fault_is_handed_over_once_and_ends_the_play():
    work = Work(Page(), fault_at=2)
    assert not played(work, 0.3).playing
    assert [str(error) for error in work.stops] == ["planted"]


def test_playing_twice_runs_once():
    page = Page()
    work = Work(page)
    player = Player(page, work.step, work.stops.append)

    async def main():
        player.play()
        player.play()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert page.sent <= 1

    asyncio.run(main())


def test_without_an_event_loop_it_says_what_to_do():
    work = Work(Page())
    with pytest.raises(RuntimeError, match=r"expected a running event loop.*; try single steps"):
        Player(work.page, work.step, work.stops.append).play()
