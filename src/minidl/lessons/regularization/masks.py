"""What is expected of the masks that a learner's dropout draws."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.difference import close
from minidl.checking.kinds import expect_array
from minidl.checking.verdicts import expect, wrong
from minidl.lessons.regularization.mistakes.dropout import MISTAKES
from minidl.lessons.regularization.shared import EXACT
from minidl.op import Op

Array = npt.NDArray[Any]
KEEP = 0.75
SHAPE = (200, 50)


def expect_mask(y: Any, x: Array, op: Op) -> Array:
    """Return the factors that a training pass multiplied its input with."""
    y = expect_array(y, shape=x.shape, what="the output")
    factors: Array = y / x
    kept = factors != 0
    share, scale = kept.mean(), factors[kept].mean() if kept.any() else 0.0
    expect(not kept.all(), MISTAKES["drops-nothing"])
    shared = (kept == kept[:1]).all() or (kept == kept[:, :1]).all()
    expect(
        not shared or not kept.any(),
        MISTAKES["one-mask-for-all"],
        found="All rows, or all columns,",
    )
    expect(abs(share - (1 - KEEP)) > 0.05, MISTAKES["keeps-the-others"], keep=KEEP, share=share)
    expect(near(share, KEEP, kept.size), MISTAKES["share"], keep=KEEP, share=share)
    expect_scale(scale, op, x)
    expect_close(
        factors[kept], np.full(kept.sum(), 1 / KEEP), what="the factor of the kept ones", **EXACT
    )
    return factors


def near(share: float, keep: float, count: int) -> bool:
    """Return whether a share of so many numbers is within 5 standard deviations of its mean."""
    return bool(abs(share - keep) <= 5 * np.sqrt(keep * (1 - keep) / count) + 1e-12)


def expect_scale(scale: float, op: Op, x: Array, keep: float = KEEP) -> None:
    """Expect the factor of the numbers that a mask keeps."""
    if close(scale, 1.0) and _scales_in_evaluation(op, x):
        wrong(MISTAKES["classic-dropout"], keep=KEEP)
    given = f"keep_prob = {keep}"
    expect_close(scale, 1 / keep, what="the factor of the kept numbers", given=given, **EXACT)


def _scales_in_evaluation(op: Op, x: Array) -> bool:
    """Return whether evaluation multiplies by the keep probability; leaves the op in training."""
    op.eval()
    y = ask(op, x)
    op.train()
    return close(y, x * KEEP)


def expect_chance(op: Op, x: Array) -> None:
    """Expect the number of kept ones to vary, from row to row and from pass to pass."""
    counts = [np.count_nonzero(ask(op, x), axis=1) for _ in range(3)]
    whole = {int(count.sum()) for count in counts}
    expect(len(whole) > 1 and len(set(counts[0].tolist())) > 1, MISTAKES["no-chance"], keep=KEEP)
    kept = ask(op, x) != 0
    own = [np.unique(kept, axis=axis).shape[axis] for axis in (0, 1)]
    found = "Some rows, or some columns,"
    expect(own == [*SHAPE], MISTAKES["one-mask-for-all"], found=found)
