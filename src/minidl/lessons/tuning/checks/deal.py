"""The check of the exercise "tuning/deal"."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array
from minidl.checking.showing import show
from minidl.checking.verdicts import expect
from minidl.lessons.tuning import solutions
from minidl.lessons.tuning.mistakes.deal import MISTAKES

Array = npt.NDArray[Any]

TWO_CLASSES = np.array([0, 0, 0, 0, 1, 1, 1, 1])
DRAWS = 800
"""Each of the 36 ways to halve both classes is missed with a chance of 2 in 10 billion."""


def hands() -> list[tuple[Array, int]]:
    """Return labels, sorted, mixed, rare and negative ones, and numbers of parts, also many."""
    rng = np.random.default_rng(2)
    cases = [
        (np.array([0, 0, 0, 0, 1, 1]), 2),
        (np.array([1, 0, 2, 0, 1, 0, 2, 1, 0]), 3),
        (np.array([5, 5, 5, 5, 5, 5, 5]), 4),
        (np.array([-1, 7, 7, -1, 7, 7, 7, 30]), 5),
        (np.array([2, 0, 0]), 1),
        (np.array([4]), 3),
        *((rng.permutation([3, 3, 1, 1, 1, 1]), 2) for _ in range(12)),
        (np.zeros(103, dtype=int), 102),
    ]
    drawn = [(rng.choice(4, 60 + n, p=[0.5, 0.3, 0.15, 0.05]), n) for n in (2, 4, 6, 7, 13)]
    return cases + drawn


def check_deal(deal: Any) -> None:
    """Check that classes are shared out evenly, that lots decide, and that those are of `rng`."""
    deals = [_ask(deal, *hand, seed) for seed, hand in enumerate(hands())]
    expect(not _class_after_class(deals), MISTAKES["class-after-class"])
    for part, hand in zip(deals, hands(), strict=True):
        _expect_even(part, *hand)
    _expect_lots(deal)
    labels, parts = hands()[-1]
    same = np.array_equal(_ask(deal, labels, parts, 3), _ask(deal, labels, parts, 3))
    expect(same, MISTAKES["other-lots"])


def _ask(deal: Any, labels: Array, parts: int, seed: int) -> Array:
    given = f"{len(labels)} labels"
    part = ask(deal, labels, parts, np.random.default_rng(seed))
    part = expect_array(part, shape=labels.shape, what="the numbers of the parts", given=given)
    expect(part.dtype.kind in "iu", MISTAKES["not-whole"], dtype=part.dtype)
    return part


def _class_after_class(deals: list[Array]) -> bool:
    """Return whether all deals are even for samples that are sorted by class, and only for them."""
    pairs = list(zip(deals, hands(), strict=True))
    return not all(_is_even(part, *hand) for part, hand in pairs) and all(
        _is_even(part, np.sort(labels), parts) for part, (labels, parts) in pairs
    )


def _is_even(part: Array, labels: Array, parts: int) -> bool:
    return all(np.ptp(_counts(part, labels == label, parts)) <= 1 for label in np.unique(labels))


def _counts(part: Array, chosen: Array, parts: int) -> Array:
    return np.array([np.count_nonzero(part[chosen] == number) for number in range(parts)])


def _expect_even(part: Array, labels: Array, parts: int) -> None:
    shown = f"labels {show(labels)}" if len(labels) < 9 else f"{len(labels)} labels"
    given = f"{shown} and {parts} parts"
    low, high = int(part.min()), int(part.max())
    expect(low >= 0 and high < parts, MISTAKES["other-parts"], given=given, low=low, high=high)
    for label in np.unique(labels):
        counts = np.bincount(part[labels == label], minlength=parts)
        # A loop over range(10), or up to the largest label, leaves negative ones where they were.
        reached = label >= 0 or counts[1:].any() or parts == 1
        expect(bool(reached), MISTAKES["class-left-out"], label=label, count=counts[0])
        even = bool(np.ptp(counts) <= 1)
        expect(even, MISTAKES["uneven"], given=given, label=label, counts=counts.tolist())


def _expect_lots(deal: Any) -> None:
    """Expect all ways to halve two classes of four, each with each, in many draws."""
    seen = ask(
        lambda: [deal(TWO_CLASSES.copy(), 2, np.random.default_rng(k)) for k in range(DRAWS)]
    )
    for draw in seen:
        _expect_even(expect_array(draw, shape=(8,)), TWO_CLASSES, 2)
    ways = {tuple(np.asarray(draw).tolist()) for draw in seen}
    expect(len(ways) > 1, MISTAKES["no-lots"])
    halves = {way[:4] for way in ways}
    expect(len(halves) == 6, MISTAKES["too-orderly"], found=len(halves))
    expect(len(ways) == 36, MISTAKES["classes-alike"], found=len(ways))


DEAL = Exercise(
    name="tuning/deal",
    title="Deal the classes like cards",
    check=check_deal,
    solution=solutions.deal,
    mistakes=MISTAKES,
    hints=(
        "One class at a time: `for label in np.unique(labels)`. Whose places are these? "
        "`np.flatnonzero(labels == label)`.",
        "`rng.permutation(places)` shuffles them. Then they get the parts in turn.",
        "`part[shuffled] = np.arange(len(shuffled)) % parts`, into an array of whole numbers.",
    ),
    takeaway="Part 0 is a dev set in which every class has its share; all parts in turn are folds.",
)
