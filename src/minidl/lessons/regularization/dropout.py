"""The exercise on dropout in the lesson "Regularization"."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask, make
from minidl.checking.comparing import Suspect, close, expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.expecting import expect_array
from minidl.checking.showing import describe_answer, show
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.lessons.regularization import solutions as solutions
from minidl.op import Op

Array = npt.NDArray[Any]
KEEP = 0.75
OTHER_KEEP = 0.5
SHAPE = (200, 50)


def check_dropout(MyDropout: Any) -> None:
    """Check dropout: what it keeps, how it scales, which mask goes back, and evaluation."""
    op = make(MyDropout, KEEP, 0)
    expect(isinstance(op, Op), "not-an-op", f"Expected an Op, received {describe_answer(op)}.")
    x = np.random.default_rng(1).uniform(1, 2, SHAPE)
    factors = _expect_mask(ask(op, x), x, op)
    _expect_gradient(op, factors)
    _expect_new_masks(MyDropout, op, x, factors)
    _expect_chance(op, x)
    _expect_gradient_at_zeros(MyDropout, factors)
    _expect_any_shape(MyDropout)
    _expect_evaluation(op, x)
    _expect_other_keep(MyDropout, x)


def _expect_mask(y: Any, x: Array, op: Op) -> Array:
    """Return the factors that a training pass multiplied its input with."""
    y = expect_array(y, shape=x.shape, what="the output")
    factors: Array = y / x
    kept = factors != 0
    share, scale = kept.mean(), factors[kept].mean() if kept.any() else 0.0
    expect(
        not kept.all(), "drops-nothing",
        "In training, nothing is set to 0. Is `self.training` asked the right way round?",
    )  # fmt: skip
    expect(
        abs(share - (1 - KEEP)) > 0.05, "keeps-the-others",
        f"With keep_prob = {KEEP}, it keeps {share:.0%} of the numbers: those that it should drop.",
    )  # fmt: skip
    expect(
        abs(share - KEEP) < 0.05, "share",
        f"With keep_prob = {KEEP}, expected about {KEEP:.0%} of the numbers to be kept, "
        f"found {share:.0%}.",
    )  # fmt: skip
    expect(
        not (kept == kept[:1]).all() and not (kept == kept[:, :1]).all(), "one-mask-for-all",
        "All rows, or all columns, share one mask. Draw for each number by itself: every row is "
        "a point, and has a mask of its own.",
    )  # fmt: skip
    _expect_scale(scale, op, x)
    expect_close(factors[kept], np.full(kept.sum(), 1 / KEEP), what="the factor of the kept ones")
    return factors


def _expect_scale(scale: float, op: Op, x: Array) -> None:
    if close(scale, 1.0) and _scales_in_evaluation(op, x):
        wrong(
            "classic-dropout",
            f"Kept numbers stay as they are, and evaluation multiplies by {KEEP}: the same idea on "
            "the other side. Here training divides by keep_prob, and evaluation does nothing.",
        )
    said = {
        "no-scaling": (1.0, "They stay as they are, so the next layer receives a quarter less in "
                       "training than in evaluation. Divide by keep_prob."),
        "scaled-down": (KEEP, "That makes up for nothing: dividing by keep_prob does."),
        "wrong-probability": (1 / (1 - KEEP), "Divide by the probability of being kept."),
    }  # fmt: skip
    for diagnosis, (value, sentence) in said.items():
        expect(
            not close(scale, value), diagnosis,
            f"With keep_prob = {KEEP}, kept numbers are multiplied by {show(scale)}, "
            f"expected {show(1 / KEEP)}. {sentence}",
        )  # fmt: skip


def _scales_in_evaluation(op: Op, x: Array) -> bool:
    """Return whether evaluation multiplies by the keep probability; leaves the op in training."""
    op.eval()
    y = ask(op, x)
    op.train()
    return close(y, x * KEEP)


def _expect_gradient(op: Op, factors: Array) -> None:
    g = np.full(SHAPE, 3.0)
    received = ask(op.backward, g)
    suspects = [
        Suspect("gradient-unmasked", g, "A dropped number had no part in the loss: gradient 0."),
        Suspect(
            "gradient-unscaled", g * (factors != 0), "The factor 1/keep_prob goes back as well."
        ),
    ]
    redrawn = np.shape(received) == SHAPE and set(np.unique(np.round(received, 6))) == set(
        np.round([0.0, 3 / KEEP], 6)
    )
    expect(
        not redrawn or close(received, g * factors), "new-mask-in-backward",
        "backward drops other numbers than forward did: it has drawn a second mask. Keep the "
        "first one.",
    )  # fmt: skip
    expect_close(
        received, g * factors, what="the gradient for x", diagnosis="gradient",
        because="backward multiplies by the same factors as forward.", suspects=suspects,
    )  # fmt: skip


def _expect_new_masks(MyDropout: Any, op: Op, x: Array, factors: Array) -> None:
    expect(
        not close(ask(op, x), x * factors), "same-mask",
        "A second forward pass drops the same numbers. Each pass draws a mask of its own.",
    )  # fmt: skip
    again = make(MyDropout, KEEP, 0)
    expect(
        close(ask(again, x), x * factors), "ignores-rng",
        "Two layers with rng=0 drop different numbers. Draw from `self.rng`, or nobody can repeat "
        "a run.",
    )  # fmt: skip


def _expect_chance(op: Op, x: Array) -> None:
    """Expect the number of kept ones to vary, from row to row and from pass to pass."""
    counts = [np.count_nonzero(ask(op, x), axis=1) for _ in range(3)]
    whole = {int(count.sum()) for count in counts}
    expect(
        len(whole) > 1 and len(set(counts[0].tolist())) > 1, "no-chance",
        f"It keeps exactly {KEEP:.0%} of the numbers in every row or pass. Draw for each number by "
        "itself: then how many are kept is chance, too.",
    )  # fmt: skip


def _expect_gradient_at_zeros(MyDropout: Any, factors: Array) -> None:
    """Expect backward to know the mask where x is 0, as half of it is after a ReLU."""
    op = make(MyDropout, KEEP, 0)
    x = np.maximum(np.random.default_rng(2).normal(size=SHAPE), 0)
    g = np.full(SHAPE, 3.0)
    ask(op, x)
    expect_close(
        ask(op.backward, g), g * factors, what="the gradient for x", diagnosis="gradient",
        because="backward multiplies by the same factors as forward, also where x is 0.",
        suspects=[Suspect(
            "mask-from-output", np.where(x == 0, 0, g * factors),
            "Where x is 0, the output is 0 whether kept or not, so it does not tell what was "
            "dropped. Keep the mask itself.",
        )],
    )  # fmt: skip


def _expect_any_shape(MyDropout: Any) -> None:
    """Expect dropout of vectors and of arrays with more than two axes."""
    for shape in ((200,), (20, 5, 10)):
        op, x = make(MyDropout, KEEP, 0), np.ones(shape)
        try:
            y = ask(op, x)
        except WrongAnswer as fault:
            wrong(
                "two-axes-only",
                f"It fails for x of shape {shape}. Draw a mask of the shape `x.shape`, whatever "
                f"that is. {fault.sentence}",
            )
        y = expect_array(y, shape=shape, what="the output", given=f"x of shape {shape}")
        expect(
            not (y == y[0]).all(), "one-mask-for-all",
            f"For x of shape {shape}, all x[0], x[1], … share one mask: draw for each number.",
        )  # fmt: skip


def _expect_evaluation(op: Op, x: Array) -> None:
    old = ask(op, x) / x
    op.eval()
    y = expect_array(ask(op, x), shape=x.shape, what="the output in evaluation")
    expect(
        not (y == 0).any(), "active-in-evaluation",
        "After `op.eval()` it still drops numbers. `self.training` is False then.",
    )  # fmt: skip
    scaled = "In evaluation the numbers pass as they are; the scaling in training saw to the rest."
    expect_close(
        y, x, what="the output in evaluation", diagnosis="evaluation",
        suspects=[
            Suspect("scaled-in-evaluation", x * KEEP, scaled),
            Suspect("scaled-in-evaluation", x / KEEP, scaled),
        ],
    )  # fmt: skip
    g = np.full(SHAPE, 3.0)
    stale = "After a pass in evaluation, backward still uses the mask of an earlier training pass."
    expect_close(
        ask(op.backward, g), g, what="the gradient in evaluation", diagnosis="gradient",
        suspects=[Suspect("old-mask", g * old, stale)],
    )  # fmt: skip


def _expect_other_keep(MyDropout: Any, x: Array) -> None:
    """Expect another keep probability to be heeded wherever it counts."""
    op = make(MyDropout, OTHER_KEEP, 0)
    factors = expect_array(ask(op, x), shape=x.shape, what="the output") / x
    kept = factors != 0
    said = f"Right with keep_prob = {KEEP}, but not with {OTHER_KEEP}: take `self.keep_prob`."
    expect(
        abs(kept.mean() - OTHER_KEEP) < 0.05, "keep-hard-coded",
        f"{said} It keeps {kept.mean():.0%} of the numbers.",
    )  # fmt: skip
    expect_close(
        factors[kept], np.full(kept.sum(), 1 / OTHER_KEEP), what="the factor of the kept ones",
        diagnosis="keep-hard-coded", because=f"{said} Look at the factor of the kept numbers.",
    )  # fmt: skip
    g = np.full(SHAPE, 3.0)
    expect_close(
        ask(op.backward, g), g * factors, what="the gradient for x",
        diagnosis="keep-hard-coded", because=f"{said} Look at the gradient.",
    )  # fmt: skip


DROPOUT = Exercise(
    name="regularization/dropout",
    title="Dropout by hand",
    check=check_dropout,
    solution=solutions.MyDropout,
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
