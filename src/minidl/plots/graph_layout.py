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


class Links:
    """What each place is linked to on its left and on its right, and how much lower a link ends.

    An edge that passes columns is a row of links; edges from one node share those that they can.
    """

    def __init__(self) -> None:
        self.left: dict[int, dict[tuple[int, float], None]] = {}  # in order, each once
        self.right: dict[int, dict[tuple[int, float], None]] = {}

    def add(self, left: int, right: int, offset: float) -> None:
        """Link two places in neighbouring columns."""
        self.right.setdefault(left, {})[right, offset] = None
        self.left.setdefault(right, {})[left, -offset] = None

    def mean(self, place: int, at: dict[int, float], sides: str) -> float:
        """Return the mean row at which the links of a place on some sides would be level."""
        tables = [getattr(self, side).get(place, {}) for side in sides.split()]
        rows = [at[other] + offset for table in tables for other, offset in table]
        return sum(rows) / len(rows) if rows else at[place]


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
) -> tuple[list[int], list[tuple[list[int], float]], Links]:
    """Return the column of each place, the places and the offset of each edge, and all links."""
    places, chains, links = list(columns), [], Links()
    passing: dict[tuple[int, int], int] = {}  # the places of a parent's edges in further columns
    for child, above in enumerate(parents):
        for slot, parent in enumerate(above):
            chain = [parent]
            for column in range(columns[parent] + 1, columns[child]):
                if (parent, column) not in passing:
                    passing[parent, column] = len(places)
                    places.append(column)
                chain.append(passing[parent, column])
            offset = SLOT * (slot - (len(above) - 1) / 2)  # the first operand enters on top
            for left, right in pairwise(chain):
                links.add(left, right, 0.0)
            links.add(chain[-1], child, offset)
            chains.append(([*chain, child], offset))
    return places, chains, links


def _first_order(places: list[int], links: Links) -> list[list[int]]:
    """Return the places of each column in the order in which they are met, walking back."""
    layers: list[list[int]] = [[] for _ in range(max(places) + 1)]
    stack = [place for place in range(len(places)) if place not in links.right]
    met = set()
    while stack:
        place = stack.pop()
        if place not in met:
            met.add(place)
            layers[places[place]].append(place)
            stack.extend(left for left, _ in reversed(links.left.get(place, {})))
    return layers


def _best_order(layers: list[list[int]], links: Links) -> list[list[int]]:
    """Order each column by the mean row of its neighbours, to and fro; keep the best order."""
    best, fewest = layers, _crossings(layers, links)
    for sweep in range(SWEEPS):
        layers = [list(layer) for layer in layers]
        at = _row_numbers(layers)
        for layer in layers if sweep % 2 else layers[::-1]:
            means = {
                place: links.mean(place, at, "left" if sweep % 2 else "right") for place in layer
            }
            layer.sort(key=means.__getitem__)
            at.update(_row_numbers([layer]))
        if (crossings := _crossings(layers, links)) < fewest:
            best, fewest = layers, crossings
    return best


def _row_numbers(layers: list[list[int]]) -> dict[int, float]:
    return {place: float(row) for layer in layers for row, place in enumerate(layer)}


def _crossings(layers: list[list[int]], links: Links) -> int:
    """Return how many pairs of links cross."""
    at = _row_numbers(layers)
    count = 0
    for layer in layers:
        gap = [(at[a], at[b] + low) for a in layer for b, low in links.right.get(a, {})]
        count += sum((a - c) * (b - d) < 0 for (a, b), (c, d) in combinations(gap, 2))
    return count


def _rows(layers: list[list[int]], links: Links) -> list[float]:
    """Return a row for each place, near the mean of its neighbours and one apart in a column."""
    at = _row_numbers(layers)
    for sweep in range(SWEEPS):
        for layer in layers if sweep % 2 else layers[::-1]:
            wanted = [links.mean(place, at, "left right") for place in layer]
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
