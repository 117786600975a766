"""Every loss against PyTorch's on inputs and options that hypothesis draws.

Numbers are eighths, so that ties, kinks and zeros come up, which real numbers would miss.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from minidl import losses
from minidl.losses import Loss
from minidl.numerics import log_softmax, softmax
from tests.contracts.loss_cases import ABSTRACT
from tests.contracts.walking import classes_in

torch = pytest.importorskip("torch")
pytestmark = [
    pytest.mark.torch,
    pytest.mark.filterwarnings("ignore:reduction. 'mean' divides"),  # of KLDivLoss
]

Draw = Any
Drawn = tuple[dict[str, Any], tuple[Any, ...]]
sizes = st.integers(1, 4)


def shapes(most: int = 3) -> Any:
    return st.lists(sizes, min_size=1, max_size=most).map(tuple)


def arrays_of(shape: tuple[int, ...], low: int = -40, high: int = 40) -> Any:
    elements = st.integers(low, high).map(lambda eighths: eighths / 8)
    return hnp.arrays(np.float64, shape, elements=elements)


def weights_of(*shape: int) -> Any:
    return st.none() | arrays_of(shape, low=1, high=24)


def whole(shape: tuple[int, ...], low: int, high: int) -> Any:
    return hnp.arrays(np.int64, shape, elements=st.integers(low, high))


def signs(shape: tuple[int, ...]) -> Any:
    return whole(shape, 0, 1).map(lambda y: 2.0 * y - 1)


def margins() -> Any:
    return st.sampled_from([0.0, 0.5, 1.0, 2.0])


# What each loss takes: a function that draws its options and its inputs


def pairs(draw: Draw) -> Drawn:
    shape = draw(shapes())
    return {}, (draw(arrays_of(shape)), draw(arrays_of(shape)))


def smooth(draw: Draw) -> Drawn:
    return {"beta": draw(st.sampled_from([0.0, 0.5, 1.0, 3.0]))}, pairs(draw)[1]


def counts(draw: Draw) -> Drawn:
    shape, log_input = draw(shapes()), draw(st.booleans())
    x = draw(arrays_of(shape, low=-40 if log_input else 0))
    options = {"log_input": log_input, "full": draw(st.booleans()), "eps": 1e-6}
    return options, (x, draw(whole(shape, 0, 9)).astype(float))


def divergences(draw: Draw) -> Drawn:
    shape, log_target = (draw(sizes), draw(sizes)), draw(st.booleans())
    y = draw(arrays_of(shape))
    options = {"log_target": log_target}
    return options, (
        log_softmax(draw(arrays_of(shape))),
        (log_softmax if log_target else softmax)(y),
    )


def logits(draw: Draw) -> Drawn:
    shape = draw(shapes())
    options = {"weight": draw(weights_of(*shape)), "pos_weight": draw(weights_of(shape[-1]))}
    return options, (draw(arrays_of(shape)), draw(arrays_of(shape, low=0, high=8)))


def chances(draw: Draw) -> Drawn:
    shape = draw(shapes())
    x, y = draw(arrays_of(shape, 0, 8)), draw(arrays_of(shape, 0, 8))
    return {"weight": draw(weights_of(*shape))}, (x, y)


def signed(draw: Draw) -> Drawn:
    shape = draw(shapes())
    return {}, (draw(arrays_of(shape)), draw(signs(shape)))


def hinged(draw: Draw) -> Drawn:
    return {"margin": draw(margins())}, signed(draw)[1]


def ranked(draw: Draw) -> Drawn:
    options, (x, y) = hinged(draw)
    return options, (x, draw(arrays_of(x.shape)), y)


def indexed(draw: Draw, most: int = 4) -> Drawn:
    C, rest = draw(sizes), draw(st.lists(sizes, max_size=most - 1).map(tuple))
    shape = (rest[0], C, *rest[1:]) if rest else (C,)
    options = {"weight": draw(weights_of(C))}
    return options, (draw(arrays_of(shape)), draw(whole(rest, 0, C - 1)))


def ignoring(draw: Draw) -> Drawn:
    options, inputs = indexed(draw)
    return {**options, "ignore_index": draw(st.sampled_from([-100, 0, 1]))}, inputs


def crossed(draw: Draw) -> Drawn:
    options, (x, labels) = ignoring(draw)
    options["label_smoothing"] = draw(st.sampled_from([0.0, 0.25, 1.0]))
    if draw(st.booleans()):
        axis = 0 if x.ndim == 1 else 1
        labels = softmax(draw(arrays_of(x.shape)), axis)
        del options["ignore_index"]
    return options, (x, labels)


def hinges(draw: Draw) -> Drawn:
    options, inputs = indexed(draw, most=2)
    return {**options, "margin": draw(margins()), "p": draw(st.sampled_from([1, 2]))}, inputs


def sums(draw: Draw) -> Drawn:
    options, inputs = hinges(draw)
    return {key: value for key, value in options.items() if key != "p"}, inputs


def several(draw: Draw) -> Drawn:
    shape = draw(shapes(2))
    return {}, (draw(arrays_of(shape)), draw(whole(shape, -1, shape[-1] - 1)))


def yes_or_no(draw: Draw) -> Drawn:
    shape = draw(shapes(2))
    options = {"weight": draw(weights_of(shape[-1]))}
    return options, (draw(arrays_of(shape)), draw(whole(shape, 0, 1)).astype(float))


def triplets(draw: Draw) -> Drawn:
    shape = draw(shapes(2))
    options = {
        "margin": draw(st.sampled_from([0.5, 1.0, 3.0])),
        "p": draw(st.sampled_from([1.0, 2.0, 3.0])),
        "swap": draw(st.booleans()),
    }
    return options, tuple(draw(arrays_of(shape)) for _ in range(3))


def angles(draw: Draw) -> Drawn:
    shape = draw(shapes(2))
    one, other = draw(arrays_of(shape)), draw(arrays_of(shape))
    return {"margin": draw(st.sampled_from([-0.5, 0.0, 0.5]))}, (
        one,
        other,
        draw(signs(shape[:-1])),
    )


def sequences(draw: Draw) -> Drawn:
    T, N, C, S = draw(st.integers(1, 6)), draw(sizes), draw(st.integers(2, 4)), draw(sizes)
    x = log_softmax(draw(arrays_of((T, N, C))))
    moments, lengths = draw(whole((N,), 1, T)), draw(whole((N,), 0, S))
    return {"zero_infinity": True}, (x, draw(whole((N, S), 1, C - 1)), moments, lengths)


DRAWN = {
    losses.L1Loss: pairs,
    losses.MSELoss: pairs,
    losses.SmoothL1Loss: smooth,
    losses.PoissonNLLLoss: counts,
    losses.KLDivLoss: divergences,
    losses.BCELoss: chances,
    losses.BCEWithLogitsLoss: logits,
    losses.CrossEntropyLoss: crossed,
    losses.NLLLoss: ignoring,
    losses.MultiMarginLoss: hinges,
    losses.MulticlassHingeLoss: sums,
    losses.MultiLabelMarginLoss: several,
    losses.MultiLabelSoftMarginLoss: yes_or_no,
    losses.SoftMarginLoss: signed,
    losses.HingeEmbeddingLoss: hinged,
    losses.MarginRankingLoss: ranked,
    losses.TripletMarginLoss: triplets,
    losses.CosineEmbeddingLoss: angles,
    losses.CTCLoss: sequences,
}


def test_every_loss_is_drawn_for():
    assert set(DRAWN) == set(classes_in(losses, Loss).values()) - ABSTRACT


def in_pytorch(kind, options, reduction, inputs):
    """Return PyTorch's value and gradients."""
    options = {k: torch.tensor(v) if isinstance(v, np.ndarray) else v for k, v in options.items()}
    theirs = [torch.tensor(x, requires_grad=i < kind.differentiable) for i, x in enumerate(inputs)]
    summed = kind is losses.MulticlassHingeLoss  # where PyTorch has the mean over the classes
    name = "MultiMarginLoss" if summed else kind.__name__
    value = getattr(torch.nn, name)(reduction=reduction, **options)(*theirs)
    value = value * inputs[0].shape[-1] if summed else value
    value.sum().backward()
    return value.detach().numpy(), [x.grad.numpy() for x in theirs[: kind.differentiable]]


@pytest.mark.parametrize("kind", DRAWN, ids=lambda kind: kind.__name__)
@settings(max_examples=60)
@given(st.data())
def test_values_and_gradients_are_pytorchs_on_what_is_drawn(kind, data):
    options, inputs = DRAWN[kind](data.draw)
    reduction = data.draw(st.sampled_from(["mean", "sum", "none"]))
    value, expected = in_pytorch(kind, options, reduction, inputs)
    loss = kind(reduction=reduction, **options)
    found = loss(*inputs)
    gradients = loss.backward(np.ones(value.shape) if reduction == "none" else None)
    gradients = gradients if isinstance(gradients, tuple) else (gradients,)
    np.testing.assert_allclose(found, value, rtol=1e-10, atol=1e-12)
    for gradient, theirs in zip(gradients, expected, strict=True):
        np.testing.assert_allclose(gradient, theirs, rtol=1e-8, atol=1e-10)
