"""The check of the exercise "regularization/dropout"."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask, make
from minidl.checking.collecting import differs_already
from minidl.checking.comparing import expect_close
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array
from minidl.checking.showing import describe_answer
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.lessons.regularization import solutions as solutions
from minidl.lessons.regularization.masks import (
    KEEP,
    SHAPE,
    expect_chance,
    expect_mask,
    expect_scale,
    near,
)
from minidl.lessons.regularization.mistakes.dropout import MISTAKES
from minidl.lessons.regularization.shared import EXACT
from minidl.op import Op

Array = npt.NDArray[Any]
OTHER_KEEPS = (0.5, 0.9, 0.05, 0.005, 1.0)
OTHER_SHAPES = ((200,), (20, 5, 10), (60, 1), (1, 60), (12, 12), (6, 5, 4, 7))


def check_dropout(MyDropout: Any) -> None:
    """Check dropout: what it keeps, how it scales, which mask goes back, and evaluation."""
    op = make(MyDropout, KEEP, 0)
    expect(isinstance(op, Op), MISTAKES["not-an-op"], kind=describe_answer(op))
    x = np.random.default_rng(1).normal(size=SHAPE) * 10.0 ** np.arange(-2, 3).repeat(10)
    factors = expect_mask(ask(op, x), x, op)
    _expect_gradient(op, factors)
    _expect_new_masks(MyDropout, op, x, factors)
    expect_chance(op, x)
    _expect_gradient_at_zeros(MyDropout, factors)
    for shape in OTHER_SHAPES:
        _expect_any_shape(MyDropout, shape)
    _expect_evaluation(op, x)
    if differs_already():
        _expect_differently(MyDropout, x)
    op.train()
    expect((ask(op, x) == 0).any(), MISTAKES["never-back"])
    for keep in OTHER_KEEPS:
        _expect_other_keep(MyDropout, x, keep)
    _expect_generators(MyDropout, x)


def _expect_gradient(op: Op, factors: Array, keep: float = KEEP) -> None:
    g = np.full(SHAPE, 3.0)
    received = ask(op.backward, g)
    expect(op.training, MISTAKES["other-mode"])
    redrawn = np.shape(received) == SHAPE and set(np.unique(np.round(received, 6))) == set(
        np.round([0.0, 3 / keep], 6)
    )
    expect(not redrawn or close(received, g * factors), MISTAKES["new-mask-in-backward"])
    received = expect_array(received, shape=SHAPE, what="the gradient for x")
    kept = factors != 0
    expect_close(
        _mean_factors(received, kept, ~kept), np.array([1 / keep, 0.0]),
        names=("where it was kept", "where it was dropped"), given="the factor in backward",
        what="the factor in backward", diagnosis=MISTAKES["gradient"],
    )  # fmt: skip
    expect_close(received, g * factors, diagnosis=MISTAKES["gradient"], **EXACT)
    g = np.random.default_rng(3).normal(size=SHAPE) * 1000
    expect_close(ask(op.backward, g), g * factors, diagnosis=MISTAKES["gradient"], **EXACT)


def _mean_factors(received: Array, *places: Array) -> Array:
    """Return by what backward has multiplied a gradient of 3 in each of some places."""
    return np.array([received[place].mean() / 3 for place in places])


def _expect_new_masks(MyDropout: Any, op: Op, x: Array, factors: Array) -> None:
    expect(not close(ask(op, x), x * factors), MISTAKES["same-mask"])
    again = make(MyDropout, KEEP, 0)
    expect(close(ask(again, x), x * factors), MISTAKES["ignores-rng"])


def _expect_gradient_at_zeros(MyDropout: Any, factors: Array, keep: float = KEEP) -> None:
    """Expect backward to know the mask where x is 0, as half of it is after a ReLU."""
    op = make(MyDropout, keep, 0)
    x = np.maximum(np.random.default_rng(2).normal(size=SHAPE), 0)
    g = np.full(SHAPE, 3.0)
    y = ask(op, x)
    expect_close(y, x * factors, what="the output after a ReLU", **EXACT)
    received = expect_array(ask(op.backward, g), shape=SHAPE, what="the gradient for x")
    kept = factors != 0
    expect_close(
        _mean_factors(received, kept & (x == 0), kept & (x > 0)), np.full(2, 1 / keep),
        names=("where x is 0", "where x is above 0"), given="kept numbers after a ReLU",
        what="the factor in backward after a ReLU", diagnosis=MISTAKES["gradient"],
    )  # fmt: skip
    expect_close(received, g * factors, diagnosis=MISTAKES["gradient"])


def _expect_differently(MyDropout: Any, x: Array) -> None:
    """Give a second example of what was wrong: another keep probability, other numbers."""
    keep = OTHER_KEEPS[1]
    op = make(MyDropout, keep, 0)
    factors = expect_array(ask(op, x), shape=x.shape, what="the output") / x
    expect_scale(factors[factors != 0].mean(), op, x, keep)
    _expect_gradient(op, factors, keep)
    _expect_gradient_at_zeros(MyDropout, factors, keep)
    _expect_evaluation(op, -2 * x)


def _expect_any_shape(MyDropout: Any, shape: tuple[int, ...]) -> None:
    """Expect dropout of vectors, of columns and rows, and of arrays with more than two axes."""
    op, given = make(MyDropout, KEEP, 0), f"x of shape {shape}"
    x, g = np.random.default_rng(0).uniform(1, 2, (2, *shape))
    try:
        y = ask(op, x)
    except WrongAnswer as fault:
        wrong(MISTAKES["two-axes-only"], shape=shape, error=fault.sentence)
    factors = expect_array(y, shape=shape, what="the output", given=given) / x
    found = f"For x of shape {shape}, all x[0], x[1], …"
    shared = len(x) > 1 and (factors == factors[0]).all()
    expect(not shared, MISTAKES["one-mask-for-all"], found=found)
    right = np.where(factors == 0, 0, 1 / KEEP)
    expect_close(factors, right, what="the factors", given=given, **EXACT)
    received = expect_array(ask(op.backward, g), shape=shape, what="the gradient", given=given)
    expect_close(received, g * factors, diagnosis=MISTAKES["gradient"], **EXACT)
    op.eval()
    y = expect_array(ask(op, x), shape=shape, what="the output in evaluation", given=given)
    expect_close(y, x, what="the output in evaluation", given=given, **EXACT)


def _expect_evaluation(op: Op, x: Array) -> None:
    kept = ask(op, x) != 0
    op.eval()
    y = expect_array(ask(op, x), shape=x.shape, what="the output in evaluation")
    expect(not (y == 0).any(), MISTAKES["active-in-evaluation"])
    expect_close(y, x, what="the output in evaluation", diagnosis="evaluation", **EXACT)
    what = "the gradient in evaluation"
    received = expect_array(ask(op.backward, np.full(SHAPE, 3.0)), shape=SHAPE, what=what)
    expect_close(
        _mean_factors(received, kept, ~kept), np.ones(2), names=("once kept", "once dropped"),
        given="numbers of an earlier pass", what="the factor in backward in evaluation",
        diagnosis="gradient",
    )  # fmt: skip
    expect(not op.training, MISTAKES["other-mode"])


def _expect_other_keep(MyDropout: Any, x: Array, keep: float) -> None:
    """Expect another keep probability to be heeded wherever it counts."""
    op = make(MyDropout, keep, 0)
    factors = expect_array(ask(op, x), shape=x.shape, what="the output") / x
    kept = factors != 0
    heeded = partial(expect, diagnosis=MISTAKES["keep-hard-coded"], keep=KEEP, other=keep)
    share = kept.mean()
    heeded(near(share, keep, kept.size), found=f"It keeps {share:.0%} of the numbers.")
    heeded(
        close(factors[kept], np.full(kept.sum(), 1 / keep), **EXACT),
        found="Look at the factor of the kept numbers.",
    )
    received = ask(op.backward, np.full(SHAPE, 3.0))
    heeded(close(received, 3 * factors, **EXACT), found="Look at the gradient.")


def _expect_generators(MyDropout: Any, x: Array) -> None:
    """Expect `rng` to be heeded: other seeds draw other masks, and a generator is drawn from."""
    generator = np.random.default_rng(0)
    passes = [ask(make(MyDropout, KEEP, rng), x) for rng in (0, 1, generator, generator)]
    other = not close(passes[0], passes[1]) and not close(passes[2], passes[3])
    expect(other and close(passes[0], passes[2]), MISTAKES["one-rng-for-all"])


DROPOUT = Exercise(
    name="regularization/dropout",
    title="Dropout by hand",
    check=check_dropout,
    solution=solutions.MyDropout,
    mistakes=MISTAKES,
    hints=(
        "`self.rng.random(x.shape) < self.keep_prob` is an array of True (keep) and False (drop); "
        "in a product they count as 1 and 0.",
        "Divide that by `self.keep_prob`, keep it as `self.mask`, and multiply by it, forward and "
        "backward.",
        "In evaluation (`not self.training`) the mask is all ones. Set it in every pass, or "
        "backward will find an old one.",
    ),
    takeaway="A gate for every number, drawn anew in every pass, and open in evaluation.",
)
