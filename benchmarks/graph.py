"""The graph on arrays: against a graph of single numbers, and its cost against its size.

First the moons network (640 points, 2-5-1, logistic, binary cross-entropy), built and
differentiated with a node for each array, and with a Python object for each number. Both do the
same arithmetic in float64, take turns, and arrive at the same gradients. Then a row of 10² to 10⁶
additions: the time per node of building it, of forward, of backward and of freeing it, with
Python's garbage collector at work and without. Run with `python benchmarks/graph.py`; the plot is
written to `benchmarks/graph.png`.
"""

from __future__ import annotations

import gc
import math
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from minidl.data import make_moons
from minidl.graph import Node, Variable, log, logistic
from minidl.models import two_layer_net
from minidl.plots import new_axes

POINTS = 640
ROUNDS = 5
SIZES = [100, 1_000, 10_000, 100_000, 1_000_000]
TASKS = ("build", "forward", "backward", "free")


class Number:
    """A number that remembers what it was computed from, and the slope in each of these."""

    __slots__ = ("grad", "parents", "slopes", "value")

    def __init__(self, value: float, parents: tuple = (), slopes: tuple = ()) -> None:
        self.value, self.parents, self.slopes = value, parents, slopes
        self.grad = 0.0

    def __add__(self, other: Number) -> Number:
        return Number(self.value + other.value, (self, other), (1.0, 1.0))

    def __mul__(self, other: Number) -> Number:
        return Number(self.value * other.value, (self, other), (other.value, self.value))

    def one_minus(self) -> Number:
        return Number(1 - self.value, (self,), (-1.0,))

    def times(self, factor: float) -> Number:
        return Number(self.value * factor, (self,), (factor,))

    def log(self) -> Number:
        return Number(math.log(self.value), (self,), (1 / self.value,))

    def logistic(self) -> Number:
        y = 1 / (1 + math.exp(-self.value))
        return Number(y, (self,), (y * (1 - y),))

    def backward(self) -> None:
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            node, parents_are_in = stack.pop()
            if parents_are_in:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                stack.append((node, True))
                stack.extend([(parent, False) for parent in node.parents])
        self.grad = 1.0
        for node in reversed(order):
            for parent, slope in zip(node.parents, node.slopes, strict=True):
                parent.grad += node.grad * slope


def moons() -> tuple[np.ndarray, np.ndarray, list[np.ndarray]]:
    """Return the points, their labels and the first parameters: W1, b1, W2, b2."""
    X, y = make_moons(POINTS, noise=0.2, rng=0)
    parameters = [parameter.value for parameter in two_layer_net(2, 5, 1, rng=0).parameters()]
    return X, y.reshape(-1, 1).astype(float), parameters


def gradients_with_arrays(X: np.ndarray, y: np.ndarray, arrays: list[np.ndarray]) -> list[Any]:
    """Return ∂L/∂θ of each parameter from a graph with a node for each array."""
    W1, b1, W2, b2 = map(Variable, arrays)
    p = logistic(logistic(X @ W1 + b1) @ W2 + b2)
    loss = -(y * log(p) + (1 - y) * log(1 - p)).sum() / len(X)
    loss.backward()
    return [parameter.grad for parameter in (W1, b1, W2, b2)]


def gradients_with_numbers(X: np.ndarray, y: np.ndarray, arrays: list[np.ndarray]) -> list[Any]:
    """Return the same from a graph with an object for each number."""
    W1, b1, W2, b2 = ([[Number(v) for v in row] for row in array.tolist()] for array in arrays)
    loss = Number(0.0)
    for (x1, x2), (label,) in zip(X.tolist(), y.tolist(), strict=True):
        z = b2[0][0]
        for j in range(len(W2)):
            z = z + W2[j][0] * (W1[0][j].times(x1) + W1[1][j].times(x2) + b1[0][j]).logistic()
        p = z.logistic()
        loss = loss + p.log().times(label) + p.one_minus().log().times(1 - label)
    loss.times(-1 / len(X)).backward()
    return [[[number.grad for number in row] for row in rows] for rows in (W1, b1, W2, b2)]


def seconds(run: Callable[[], Any]) -> float:
    """Return how much processor time a call takes, whatever else the machine is at."""
    begin = time.process_time()
    run()
    return time.process_time() - begin


def compare_with_single_numbers() -> None:
    """Print how much faster arrays are."""
    data = moons()
    for ours, theirs in zip(
        gradients_with_arrays(*data), gradients_with_numbers(*data), strict=True
    ):
        np.testing.assert_allclose(ours, theirs, rtol=1e-9)  # both do the same work
    arrays, numbers = [], []
    for _ in range(ROUNDS):
        arrays.append(min(seconds(lambda: gradients_with_arrays(*data)) for _ in range(20)))
        numbers.append(seconds(lambda: gradients_with_numbers(*data)))
    ratios = [theirs / ours for ours, theirs in zip(arrays, numbers, strict=True)]
    print(f"forward and backward of the moons network, {POINTS} points:")
    print(f"  a node for each array    {statistics.median(arrays) * 1e3:8.2f} ms")
    print(f"  an object for each number{statistics.median(numbers) * 1e3:8.2f} ms")
    low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
    print(f"  ratio {middle:.0f} (from {low:.0f} to {high:.0f})")


def row(length: int) -> tuple[Variable, Node]:
    """Return a variable and the end of a row of additions."""
    w = node = Variable(1.0)
    for _ in range(length):
        node = node + w
    return w, node


def microseconds_per_node(length: int) -> list[float]:
    """Return the time per node of building a row, of forward, of backward and of freeing it."""
    times = []
    for _ in range(max(1, min(ROUNDS, 300_000 // length))):
        gc.collect()
        begin = time.process_time()
        w, last = row(length)
        measured = [time.process_time() - begin, seconds(last.forward), seconds(last.backward)]
        assert w.grad == length + 1
        begin = time.process_time()
        del last
        times.append([*measured, time.process_time() - begin])
    return [1e6 * min(column) / length for column in zip(*times, strict=True)]


def without_collector(measure: Callable[[int], list[float]], length: int) -> list[float]:
    """Measure while Python looks for no cycles; a graph has none."""
    gc.disable()
    try:
        return measure(length)
    finally:
        gc.enable()


def slope(times: np.ndarray) -> float:
    """Return by which power of the number of nodes the whole time grows."""
    return float(np.polyfit(np.log(SIZES), np.log(times * SIZES), 1)[0])


def plot(with_gc: np.ndarray, without_gc: np.ndarray) -> None:
    """Plot the time per node against the number of nodes."""
    ax = new_axes(width=5.6, height=3.8)
    for task, mark, times in zip(TASKS, "os^D", with_gc.T, strict=True):
        (line,) = ax.loglog(SIZES, times, f"{mark}-", label=task)
        index = TASKS.index(task)
        ax.loglog(SIZES, without_gc[:, index], f"{mark}:", color=line.get_color(), lw=1, ms=3)
    ax.set_xlabel("nodes")
    ax.set_ylabel("µs per node (dotted: without collector)")
    ax.legend(ncols=2)
    ax.figure.savefig(Path(__file__).with_suffix(".png"), dpi=120, metadata={"Software": None})


def main() -> None:
    """Measure, print and plot."""
    compare_with_single_numbers()
    with_gc = np.array([microseconds_per_node(size) for size in SIZES])
    without_gc = np.array([without_collector(microseconds_per_node, size) for size in SIZES])
    print("µs per node (without the garbage collector):")
    for size, ours, bare in zip(SIZES, with_gc, without_gc, strict=True):
        cells = [f"{t} {a:6.2f} ({b:6.2f})" for t, a, b in zip(TASKS, ours, bare, strict=True)]
        print(f"{size:9} nodes: {', '.join(cells)}")
    for index, task in enumerate(TASKS):
        exponents = slope(with_gc[:, index]), slope(without_gc[:, index])
        print(f"{task} grows with the power {exponents[0]:.3f} ({exponents[1]:.3f})")
    plot(with_gc, without_gc)


if __name__ == "__main__":
    main()
