"""Which of a figure's artists lie above which, where some move and others stand still."""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure


class Floor(NamedTuple):
    """Artists that lie above all that is on the floors below: first `still`, then `moving`."""

    still: list[Artist]
    moving: list[Artist]


def floors(figure: Figure, moving: Collection[Artist]) -> list[Floor]:
    """Sort a figure's artists into floors, to be drawn one after the other.

    On the lowest, what stands still is left out: it is the background that the figure draws.
    Axes are taken not to overlap, so that all of them share the same floors.

    Parameters
    ----------
    figure : Figure
    moving : collection of Artist
        Those that change from one drawing to the next.
    """
    found = [Floor([], [])]
    in_axes: set[Artist] = set()
    for axes in figure.axes:
        level, covers = 0, False
        for artist in _drawn_in(axes):
            moves = artist in moving
            if not moves and covers:  # it lies above something that moves
                level, covers = level + 1, False
            while len(found) <= level:
                found.append(Floor([], []))
            if moves:
                found[level].moving.append(artist)
                in_axes.add(artist)
                covers = True
            elif level:
                found[level].still.append(artist)
    found[-1].moving.extend(artist for artist in moving if artist not in in_axes)
    return found


def _drawn_in(axes: Axes) -> list[Artist]:
    """Return what axes draw, in the order of its depth."""
    left_out: set[Artist] = {axes.patch}  # always the lowest
    if not axes.axison:
        left_out.update((axes.xaxis, axes.yaxis))
    if not (axes.axison and axes.get_frame_on()):
        left_out.update(axes.spines.values())
    artists = [artist for artist in axes.get_children() if artist not in left_out]
    return sorted(artists, key=lambda artist: artist.get_zorder())
