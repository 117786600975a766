"""Where the nodes of a graph stand in its picture: columns from left to right, rows in each.

The method is that of Sugiyama, Tagawa and Toda (1981). A node stands one column to the right of
the last of its parents. An edge that passes columns gets a place in each of them, as if it had
nodes there. Then the columns are put in order, again and again, by the mean row of what each place
is linked to, and the order with the fewest crossings is kept.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

SWEEPS = 12
SLOT = 0.22  # rows between the ends of two edges that enter one node


class Edge(NamedTuple):
    """From a parent to a child, as numbers of nodes; `rows` of its ends and in columns between."""

    parent: int
    child: int
    rows: list[float]


class Layout(NamedTuple):
    """The column and the row of each node, the edges, and how many columns and rows there are."""

    columns: list[int]
    rows: list[float]
    edges: list[Edge]
    size: tuple[int, float]


class Link(NamedTuple):
    """A piece of an edge between places in neighbouring columns; it ends `offset` rows lower."""

    left: int
    right: int
    offset: float


def layout_of(parents: Sequence[Sequence[int]]) -> Layout:
    """Return where nodes stand, given the numbers of each node's parents, which precede its own.

    Examples
    --------
    >>> layout = layout_of([[], [], [0, 1], [2, 0]])  # c = a·b, d = c + a
    >>> layout.columns
    [0, 0, 1, 2]
    >>> [len(edge.rows) for edge in layout.edges]  # the last passes column 1
    [2, 2, 2, 3]
    """
    columns = _columns(parents)
    places, chains, links = _chains(parents, columns)
    layers = _best_order(_first_order(places, links), links)
    rows = _rows(layers, links)
    edges = []
    for chain, offset in chains:
        heights = [rows[place] for place in chain]
        edges.append(Edge(chain[0], chain[-1], [*heights[:-1], heights[-1] + offset]))
    return Layout(columns, rows[: len(parents)], edges, (max(columns) + 1, max(rows) + 1))


def _columns(parents: Sequence[Sequence[int]]) -> list[int]:
    """Return each node's column: the longest path to it; a leaf stands just before its use."""
    columns = [0] * len(parents)
    for node, above in enumerate(parents):
        columns[node] = 1 + max((columns[parent] for parent in above), default=-1)
    for leaf in (node for node, above in enumerate(parents) if not above):
        uses = [columns[child] for child, above in enumerate(parents) if leaf in above]
        columns[leaf] = min(uses, default=1) - 1
    return columns


def _chains(
    parents: Sequence[Sequence[int]], columns: list[int]
) -> tuple[list[int], list[tuple[list[int], float]], list[Link]]:
    """Return the column of each place, the places and the offset of each edge, and all links."""
    places, chains, links = list(columns), [], []
    for child, above in enumerate(parents):
        for slot, parent in enumerate(above):
            passed = range(columns[parent] + 1, columns[child])
            chain = [parent, *range(len(places), len(places) + len(passed)), child]
            places.extend(passed)
            offset = SLOT * (slot - (len(above) - 1) / 2)  # the first operand enters on top
            chains.append((chain, offset))
            ends = [*[0.0] * len(passed), offset]
            links += [Link(*ab, end) for ab, end in zip(pairwise(chain), ends, strict=True)]
    return places, chains, links


def _first_order(places: list[int], links: list[Link]) -> list[list[int]]:
    """Return the places of each column in the order in which they are met, walking back."""
    into: dict[int, list[int]] = {}
    for link in links:
        into.setdefault(link.right, []).append(link.left)
    layers: list[list[int]] = [[] for _ in range(max(places) + 1)]
    ends = {link.left for link in links}
    stack = [place for place in range(len(places)) if place not in ends]
    met = set()
    while stack:
        place = stack.pop()
        if place not in met:
            met.add(place)
            layers[places[place]].append(place)
            stack.extend(reversed(into.get(place, [])))
    return layers


def _best_order(layers: list[list[int]], links: list[Link]) -> list[list[int]]:
    """Order each column by the mean row of its neighbours, to and fro; keep the best order."""
    best, fewest = layers, _crossings(layers, links)
    for sweep in range(SWEEPS):
        layers = [list(layer) for layer in layers]
        for layer in layers if sweep % 2 else layers[::-1]:
            at = {place: float(i) for column in layers for i, place in enumerate(column)}
            means = {place: _mean(place, links, at, bool(sweep % 2)) for place in layer}
            layer.sort(key=means.__getitem__)
        if (crossings := _crossings(layers, links)) < fewest:
            best, fewest = layers, crossings
    return best


def _mean(place: int, links: list[Link], at: dict[int, float], from_left: bool | None) -> float:
    """Return the mean row of what a place is linked to on one side, or on both for None."""
    rows = []
    if from_left is not False:
        rows += [at[link.left] - link.offset for link in links if link.right == place]
    if from_left is not True:
        rows += [at[link.right] + link.offset for link in links if link.left == place]
    return sum(rows) / len(rows) if rows else at[place]


def _crossings(layers: list[list[int]], links: list[Link]) -> int:
    """Return how many pairs of links cross."""
    column = {place: i for i, layer in enumerate(layers) for place in layer}
    at = {place: i for layer in layers for i, place in enumerate(layer)}
    return sum(
        (at[a.left] - at[b.left]) * (at[a.right] + a.offset - at[b.right] - b.offset) < 0
        for a, b in combinations(links, 2)
        if column[a.left] == column[b.left]
    )


def _rows(layers: list[list[int]], links: list[Link]) -> list[float]:
    """Return a row for each place, near the mean of its neighbours and one apart in a column."""
    at = {place: float(i) for layer in layers for i, place in enumerate(layer)}
    for sweep in range(SWEEPS):
        for layer in layers if sweep % 2 else layers[::-1]:
            wanted = [_mean(place, links, at, None) for place in layer]
            at.update(zip(layer, _one_apart(wanted), strict=True))
    top = min(at.values())
    return [at[place] - top for place in sorted(at)]


def _one_apart(wanted: list[float]) -> list[float]:
    """Return rows at least 1 apart, as near to the wanted ones as least squares can bring them.

    Without the distance of 1, places that want to overtake one another have to share their mean
    (the pool-adjacent-violators algorithm).
    """
    pools: list[tuple[float, int]] = []  # mean and number of places
    for i, row in enumerate(wanted):
        mean, number = row - i, 1
        while pools and pools[-1][0] > mean:
            above, others = pools.pop()
            mean = (mean * number + above * others) / (number + others)
            number += others
        pools.append((mean, number))
    shared = [mean for mean, number in pools for _ in range(number)]
    return [row + i for i, row in enumerate(shared)]
