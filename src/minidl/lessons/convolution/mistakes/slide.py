"""Mistakes that learners make in "A sliding dot product"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def at(places, part=lambda x, w, i: x[i : i + len(w)] @ w):
    """Return an answer that computes a part at each of some places."""
    return lambda x, w: np.array([part(x, w, i) for i in places(len(x), len(w))])


def all_places(n, k):
    return range(n - k + 1)


MISTAKES = Mistakes(
    Mistake(
        "one-short",
        at(lambda n, k: range(n - k)),
        "The last place is missing: a window of k numbers has n − k + 1 places in a row of n.",
    ),
    Mistake(
        "turned-round",
        lambda x, w: np.convolve(x, w, "valid"),
        "The window is turned round: its first weight should meet the first number under it. "
        "(That is the convolution of mathematics, `np.convolve`.)",
    ),
    Mistake(
        "side-by-side",
        at(lambda n, k: range(0, n - k + 1, k)),
        "The window jumps by its own length; it should move on by one.",
    ),
    Mistake(
        "over-the-edge",
        lambda x, w: np.correlate(x, w, "full"),
        "The window hangs over the edges, where there are no numbers. Use only places at which "
        "it lies on the row in whole.",
    ),
    Mistake(
        "as-many",
        lambda x, w: np.correlate(np.pad(x, len(w) - 1), w)[len(w) // 2 :][: len(x)],
        "As many sums come out as there are numbers, so the window hangs over an edge somewhere. "
        "There are n − k + 1 places.",
    ),
    Mistake(
        "wraps-round",
        lambda x, w: np.array([np.roll(x, -i)[: len(w)] @ w for i in range(len(x))]),
        "Behind the end it goes on from the beginning. Stop where the window touches the end.",
    ),
    Mistake(
        "products",
        at(all_places, lambda x, w, i: x[i : i + len(w)] * w),
        "These are the products; at each place they add up to one number.",
    ),
    Mistake(
        "mean",
        at(all_places, lambda x, w, i: (x[i : i + len(w)] * w).mean()),
        "This is the mean of the products; their sum is wanted.",
    ),
    Mistake(
        "last-product",
        at(all_places, lambda x, w, i: x[i + len(w) - 1] * w[-1]),
        "Only the last product is left at each place: add the others to it, with `+=`.",
    ),
    Mistake(
        "no-weights",
        at(all_places, lambda x, w, i: x[i : i + len(w)].sum()),
        "It adds up the numbers under the window, without their weights.",
    ),
    Mistake(
        "one-number",
        lambda x, w: x[: len(w)] @ w,
        "This is the sum at the first place alone; let the window go on.",
    ),
    Mistake("values", at(all_places, lambda x, w, i: x[i : i + len(w)] @ w + 1)),
)
