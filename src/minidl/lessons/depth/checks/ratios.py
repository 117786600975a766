"""The check of the exercise "depth/ratios"."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np

from minidl.checking.asking import ask
from minidl.checking.comparing import expect_close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array, expect_number
from minidl.checking.verdicts import expect
from minidl.lessons.depth import solutions
from minidl.lessons.depth.mistakes.ratios import MISTAKES
from minidl.nn import BatchNorm1d, Linear, ReLU, Sequential
from minidl.op import Op

WIDTHS = ((2, 3), (3, 4, 2), (5, 4, 6, 3), (4, 7, 5, 2, 6, 3), (2, 2, 2), (6, 5))
RATES = (1.0, 0.1, 0.5, 3.0, 0.002, 20.0)


def models() -> Iterator[Op]:
    """Yield networks of one to five layers, with gradients of all sizes."""
    rng = np.random.default_rng(2)
    for widths in WIDTHS:
        layers: list[Op] = []
        for number, sizes in enumerate(pairwise(widths), start=1):
            bias = len(widths) != 3  # then a weight is the last parameter
            layers.append(Linear(*sizes, bias=bias, rng=rng, name=f"fc{number}"))
            if len(widths) > 3:
                layers.append(BatchNorm1d(sizes[1], name=f"bn{number}"))
            layers.append(ReLU(name=f"act{number}"))
        model = Sequential(*layers)
        for parameter in model.parameters():
            shape = parameter.value.shape
            parameter.value[...] = 10.0 ** rng.integers(-2, 2) * rng.normal(size=shape)
            parameter.grad = 10.0 ** rng.integers(-4, 2) * rng.normal(size=shape)
        yield model


def check_update_ratios(update_ratios: Any) -> None:
    """Check the ratios of several networks."""
    for model, lr in zip(models(), RATES, strict=True):
        before = model.state_dict()
        grads = {p.name: p.grad.copy() for p in model.parameters()}
        answer = ask(update_ratios, model, lr)
        same = all(np.array_equal(before[key], value) for key, value in model.state_dict().items())
        same = same and all(np.array_equal(grads[p.name], p.grad) for p in model.parameters())
        expect(same and model.training, MISTAKES["takes-the-step"])
        expect_close(
            _listed(answer),
            solutions.update_ratios(model, lr),
            what="the list of ratios",
            given=f"a network of {len(model.layers)} layers and lr = {lr:g}",
            atol=0,
            rtol=1e-9,
        )


def _listed(answer: Any) -> Any:
    if not isinstance(answer, list | tuple):
        return expect_array(answer, what="the list of ratios")
    return np.array([expect_number(ratio, what="each ratio in the list") for ratio in answer])


RATIOS = Exercise(
    name="depth/ratios",
    title="The size of a step",
    check=check_update_ratios,
    solution=solutions.update_ratios,
    mistakes=MISTAKES,
    hints=(
        "A step takes `lr * parameter.grad` off `parameter.value`: two arrays of one shape. How "
        "large is each as a whole?",
        "`np.linalg.norm` of an array is the root of the sum of its squares.",
        "A list over `model.parameters()`, for those whose `name.endswith('W')`.",
    ),
    takeaway="A size alone says nothing; beside the weights it says whether anything will happen.",
)
