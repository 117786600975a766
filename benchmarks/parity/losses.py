"""Every loss × inputs × options × reduction, in float64 and float32, against PyTorch's."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np
import torch

from benchmarks.parity.table import difference
from minidl import losses
from minidl.numerics import log_softmax, softmax

TITLE = "Losses: how far from PyTorch"
ABOUT = (
    "Every loss with each of its options, each reduction, in both precisions: the largest "
    "difference of the value, and of the gradients with respect to every differentiable input, "
    "over the largest number of PyTorch's. Inputs are drawn twelve times, every other time "
    "rounded to halves, so that ties and kinks are met; among labels are ignored ones, and "
    "batches of them. Where there is nothing to average, as with weights of 0, both means are "
    "NaN; the gradient is 0 here and NaN or 0 there, and not compared."
)
DRAWS = 12
C = 5

Array = np.ndarray
Draw = Callable[[np.random.Generator, "Numbers"], tuple[Array, ...]]
Numbers = Callable[..., Array]
"""Returns normal numbers of a shape, in some draws rounded to halves."""


class Grid(NamedTuple):
    """The inputs and options that a loss is tried with: each option once, and some together."""

    kind: type[losses.Loss]
    draws: dict[str, Draw]
    options: list[dict[str, Any]]


# Inputs


def classes(*shape: int, ignored: int | None = None) -> Draw:
    def draw(rng: np.random.Generator, normal: Numbers) -> tuple[Array, ...]:
        labels = rng.integers(0, C, shape)
        if ignored is not None:
            labels = np.where(
                rng.random(shape) < rng.choice([0.3, 1.0], p=[0.8, 0.2]), -100, labels
            )
        return 3 * normal(*shape[:1], C, *shape[1:]), labels

    return draw


def probable(*shape: int) -> Draw:
    axis = min(1, len(shape) - 1)
    return lambda rng, normal: (3 * normal(*shape), softmax(normal(*shape), axis))


def pairs(labels: Callable[[np.random.Generator, Array], Array], *shape: int, **made: Any) -> Draw:
    make = made.get("make", lambda x: x)

    def draw(rng: np.random.Generator, normal: Numbers) -> tuple[Array, ...]:
        return make(3 * normal(*shape)), labels(rng, normal(*shape))

    return draw


def zero_or_one(rng: np.random.Generator, x: Array) -> Array:
    return (x > 0).astype(float)


def between(rng: np.random.Generator, x: Array) -> Array:
    return np.clip(x / 2 + 0.5, 0, 1)


def sign(rng: np.random.Generator, x: Array) -> Array:
    return np.where(x > 0, 1.0, -1.0)


def number(rng: np.random.Generator, x: Array) -> Array:
    return 3 * x


def count(rng: np.random.Generator, x: Array) -> Array:
    return rng.poisson(3, x.shape).astype(float)


def chance(rng: np.random.Generator, x: Array) -> Array:
    return softmax(x)


def log_chance(rng: np.random.Generator, x: Array) -> Array:
    return log_softmax(x)


def clipped(x: Array) -> Array:
    return np.clip(x / 6 + 0.5, 0, 1)


def several(*shape: int) -> Draw:
    def draw(rng: np.random.Generator, normal: Numbers) -> tuple[Array, ...]:
        labels = rng.integers(0, C, shape)
        return normal(*shape), np.where(rng.random(shape) < 0.3, -1, labels)

    return draw


def embeddings(parts: int, *shape: int, labels: bool = False) -> Draw:
    def draw(rng: np.random.Generator, normal: Numbers) -> tuple[Array, ...]:
        arrays = [normal(*shape) for _ in range(parts)]
        return (*arrays, rng.choice([1.0, -1.0], shape[:-1])) if labels else tuple(arrays)

    return draw


def ranked(*shape: int) -> Draw:
    return lambda rng, normal: (normal(*shape), normal(*shape), rng.choice([1.0, -1.0], shape))


def sequences(padded: bool = True, batch: bool = True) -> Draw:
    def draw(rng: np.random.Generator, normal: Numbers) -> tuple[Array, ...]:
        T, N, S = 12, 4 if batch else 1, 5
        log_probs, targets = log_softmax(normal(T, N, C)), rng.integers(1, C, (N, S))
        moments, lengths = rng.integers(S, T + 1, N), rng.integers(0 if padded else 1, S + 1, N)
        if not batch:
            return log_probs[:, 0], targets[0, : lengths[0]], moments[0], lengths[0]
        if not padded:
            targets = targets[np.arange(S) < lengths[:, None]]
        return log_probs, targets, moments, lengths

    return draw


# The grid

W = np.array([0.5, 1.0, 3.0, 0.0, 2.0])
NC = (6, C)


def shaped(make: Callable[..., Draw], *labels: Any) -> dict[str, Draw]:
    """Return draws of a batch, a single sample, and further dimensions."""
    return {str(shape).replace("'", ""): make(*labels, *shape) for shape in (NC, (C,), (2, C, 3))}


INDEXED = {
    "(6, 5)": classes(6),
    "(6, 5), some ignored": classes(6, ignored=-100),
    "(5,)": classes(),
    "(2, 5, 3, 4), some ignored": classes(2, 3, 4, ignored=-100),
}
GRIDS = [
    Grid(losses.CrossEntropyLoss, INDEXED | {
        "(6, 5), probabilities": probable(*NC), "(2, 5, 3), probabilities": probable(2, C, 3),
        "(5,), probabilities": probable(C),
    }, [{}, {"weight": W}, {"label_smoothing": 0.2}, {"weight": W, "label_smoothing": 0.2}]),
    Grid(losses.CrossEntropyLoss, {"(6, 5)": classes(6)}, [{"ignore_index": 2, "weight": W}]),
    Grid(losses.NLLLoss, INDEXED, [{}, {"weight": W}]),
    Grid(losses.NLLLoss, {"(6, 5)": classes(6)}, [{"ignore_index": 2}]),
    Grid(losses.BCELoss, {
        "(6, 5)": pairs(zero_or_one, *NC, make=clipped), "soft": pairs(between, *NC, make=clipped),
        "()": pairs(zero_or_one, make=clipped),
    }, [{}, {"weight": np.array(2.0)}]),
    Grid(losses.BCELoss, {"(6, 5)": pairs(zero_or_one, *NC, make=clipped)}, [{"weight": W}]),
    Grid(losses.BCEWithLogitsLoss, {
        "(6, 5)": pairs(zero_or_one, *NC), "soft": pairs(between, *NC), "(2, 4, 5)":
        pairs(zero_or_one, 2, 4, C),
    }, [{}, {"weight": W}, {"pos_weight": W}, {"weight": W, "pos_weight": W}]),
    Grid(losses.L1Loss, shaped(pairs, number), [{}]),
    Grid(losses.MSELoss, shaped(pairs, number), [{}]),
    Grid(losses.SmoothL1Loss, shaped(pairs, number), [{}, {"beta": 0.0}, {"beta": 3.0}]),
    Grid(losses.PoissonNLLLoss, shaped(pairs, count), [{}, {"full": True}]),
    Grid(losses.PoissonNLLLoss, {"(6, 5), rates": pairs(count, *NC, make=np.abs)}, [
        {"log_input": False}, {"log_input": False, "full": True, "eps": 0.1},
    ]),
    Grid(losses.KLDivLoss, shaped(pairs, chance), [{}]),
    Grid(losses.KLDivLoss, shaped(pairs, log_chance), [{"log_target": True}]),
    Grid(losses.MarginRankingLoss, {"(6, 5)": ranked(*NC), "(5,)": ranked(C), "()": ranked()},
         [{}, {"margin": 1.0}]),
    Grid(losses.MultiLabelMarginLoss, {"(6, 5)": several(*NC), "(5,)": several(C)}, [{}]),
    Grid(losses.SoftMarginLoss, shaped(pairs, sign), [{}]),
    Grid(losses.MultiLabelSoftMarginLoss, {
        "(6, 5)": pairs(zero_or_one, *NC), "soft": pairs(between, *NC), "(5,)":
        pairs(zero_or_one, C), "(2, 3, 5)": pairs(zero_or_one, 2, 3, C),
    }, [{}, {"weight": W}]),
    Grid(losses.MultiMarginLoss, {"(6, 5)": classes(6), "(5,)": classes()},
         [{}, {"p": 2}, {"margin": 2.0}, {"weight": W}, {"p": 2, "margin": 0.5, "weight": W}]),
    Grid(losses.TripletMarginLoss, {"(6, 5)": embeddings(3, *NC), "(5,)": embeddings(3, C)}, [
        {}, {"margin": 3.0}, {"p": 1.0}, {"p": 3.5}, {"p": np.inf}, {"eps": 0.1}, {"swap": True},
        {"swap": True, "p": 1.0},
    ]),
    Grid(losses.HingeEmbeddingLoss, shaped(pairs, sign), [{}, {"margin": 2.5}]),
    Grid(losses.CosineEmbeddingLoss, {
        "(6, 5)": embeddings(2, *NC, labels=True), "(5,)": embeddings(2, C, labels=True),
    }, [{}, {"margin": 0.5}]),
    Grid(losses.CTCLoss, {
        "padded": sequences(), "concatenated": sequences(padded=False),
        "one": sequences(batch=False),
    }, [{}, {"zero_infinity": True}]),
]  # fmt: skip


# The comparison


def rows() -> Iterator[dict[str, Any]]:
    """Yield a row for each combination."""
    for grid in GRIDS:
        for inputs, draw in grid.draws.items():
            for options in grid.options:
                for reduction in grid.kind.reductions:
                    yield {
                        "loss": grid.kind.__name__,
                        "inputs": inputs,
                        "options": shown(options),
                        "reduction": reduction,
                        **largest(grid.kind, draw, {**options, "reduction": reduction}),
                    }


def shown(options: dict[str, Any]) -> str:
    return ", ".join(
        key if isinstance(value, np.ndarray) else f"{key}={value}" for key, value in options.items()
    )


def largest(
    kind: type[losses.Loss], draw: Draw, options: dict[str, Any], draws: int = DRAWS
) -> dict[str, float]:
    """Return the largest difference over the draws, of value and gradients in each precision."""
    found = {}
    for dtype in ("float64", "float32"):
        pairs = [compare(kind, inputs_of(draw, seed, dtype), options) for seed in range(draws)]
        for what, values in zip(("value", "gradient"), zip(*pairs, strict=True), strict=True):
            found[f"{dtype} {what}"] = max(values)
    return found


def inputs_of(draw: Draw, seed: int, dtype: str) -> tuple[Array, ...]:
    rng = np.random.default_rng(seed)

    def normal(*shape: int) -> Array:
        x = np.asarray(rng.standard_normal(shape))
        return np.round(2 * x) / 2 if seed % 2 else x

    arrays = map(np.asarray, draw(rng, normal))
    return tuple(x.astype(dtype) if x.dtype.kind == "f" else x for x in arrays)


def compare(
    kind: type[losses.Loss], inputs: tuple[Array, ...], options: dict[str, Any]
) -> tuple[float, float]:
    """Return the difference of the value and the largest one of the gradients."""
    loss = kind(**options)
    value = loss(*inputs)
    slopes = loss.backward()
    slopes = slopes if isinstance(slopes, tuple) else (slopes,)
    result, gradients = in_pytorch(kind, inputs, options)
    of_value = difference(value, result)
    return of_value, 0.0 if loss.averages_nothing else max(map(difference, slopes, gradients))


def in_pytorch(
    kind: type[losses.Loss], inputs: tuple[Array, ...], options: dict[str, Any]
) -> tuple[Any, list[Any]]:
    """Return PyTorch's value and gradients."""
    tensors = [torch.tensor(x) for x in inputs]
    for tensor in tensors[: kind.differentiable]:
        tensor.requires_grad_()
    theirs = getattr(torch.nn, kind.__name__)(**{
        key: torch.tensor(option.astype(inputs[0].dtype)) if isinstance(option, Array) else option
        for key, option in options.items()
    })  # fmt: skip
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # KLDivLoss's mean
        result = theirs(*tensors)
    result.sum().backward()
    gradients = [tensor.grad for tensor in tensors[: kind.differentiable]]
    return result.detach(), gradients
