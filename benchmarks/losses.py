"""Forward and backward of each loss: against PyTorch when small, against plain NumPy when large.

Small is (128, 10), or (50, 16, 20) for CTC; PyTorch is timed with one thread and with two, and its
faster time counts. Large is (4096, 100), beside the same arithmetic written out without any guard.
All take turns, so that a noisy machine is noisy to all; a ratio is of the best turns of each. Run
with `OPENBLAS_NUM_THREADS=1 python -m benchmarks.losses`, and names of losses for these alone.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from minidl import losses
from minidl.numerics import log_softmax, softmax

SMALL, LARGE = (128, 10), (4096, 100)
TURNS = 40

Array = np.ndarray


def inputs_of(shape: tuple[int, int], dtype: str) -> dict[str, tuple[Array, ...]]:
    """Return inputs for each loss, those of floats in a dtype."""
    rng = np.random.default_rng(0)
    N, C = shape
    x, y, z = rng.standard_normal((3, N, C))
    label, hard = rng.integers(0, C, N), (y > 0).astype(float)
    sign, chance = 2 * hard - 1, softmax(y)
    several = np.full((N, C), -1)
    several[:, :3] = rng.permuted(np.tile(np.arange(C), (N, 1)), axis=1)[:, :3]
    found: dict[str, tuple[Array, ...]] = {
        "CrossEntropyLoss": (x, label),
        "NLLLoss": (log_softmax(x), label),
        "BCELoss": (1 / (1 + np.exp(-x)), hard),
        "BCEWithLogitsLoss": (x, hard),
        "L1Loss": (x, y),
        "MSELoss": (x, y),
        "SmoothL1Loss": (x, y),
        "PoissonNLLLoss": (x, np.floor(np.exp(y))),
        "KLDivLoss": (log_softmax(x), chance),
        "MarginRankingLoss": (x, y, sign),
        "MultiLabelMarginLoss": (x, several),
        "SoftMarginLoss": (x, sign),
        "MultiLabelSoftMarginLoss": (x, hard),
        "MultiMarginLoss": (x, label),
        "TripletMarginLoss": (x, y, z),
        "HingeEmbeddingLoss": (np.abs(x), sign),
        "CosineEmbeddingLoss": (x, y, sign[:, 0].copy()),
    }
    return {name: tuple(map(cast(dtype), arrays)) for name, arrays in found.items()}


def cast(dtype: str) -> Callable[[Array], Array]:
    return lambda x: x.astype(dtype) if x.dtype.kind == "f" else x


def sequences(dtype: str) -> tuple[Array, ...]:
    rng = np.random.default_rng(0)
    T, N, C, S = 50, 16, 20, 30
    log_probs = log_softmax(rng.standard_normal((T, N, C))).astype(dtype)
    return log_probs, rng.integers(1, C, (N, S)), np.full(N, T), rng.integers(10, S + 1, N)


def in_minidl(name: str, inputs: tuple[Array, ...]) -> Callable[[], Any]:
    loss = getattr(losses, name)()

    def run() -> None:
        loss(*inputs)
        loss.backward()

    return run


def in_pytorch(name: str, inputs: tuple[Array, ...], threads: int) -> Callable[[], Any]:
    loss, tensors = getattr(torch.nn, name)(), [torch.tensor(x) for x in inputs]
    moved = tensors[: getattr(losses, name).differentiable]
    for tensor in moved:
        tensor.requires_grad_()

    def run() -> None:
        if torch.get_num_threads() != threads:
            torch.set_num_threads(threads)
        for tensor in moved:
            tensor.grad = None
        loss(*tensors).backward()

    return run


# The same arithmetic, written out. Each returns the mean and the gradients.


def cross_entropy(x: Array, label: Array) -> Any:
    rows = np.arange(len(x))
    x = x - x.max(axis=1, keepdims=True)
    e = np.exp(x)
    total = e.sum(axis=1)
    value = np.mean(np.log(total) - x[rows, label])
    e *= (1 / len(x) / total)[:, None]
    e[rows, label] -= 1 / len(x)
    return value, e


def nll(x: Array, label: Array) -> Any:
    rows = np.arange(len(x))
    value = -np.mean(x[rows, label])
    slope = np.zeros_like(x)
    slope[rows, label] = -1 / len(x)
    return value, slope


def bce(p: Array, y: Array) -> Any:
    value = -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))
    return value, (p - y) / (p * (1 - p)) / p.size


def bce_with_logits(x: Array, y: Array) -> Any:
    value = np.mean(np.maximum(x, 0) - x * y + np.log1p(np.exp(-np.abs(x))))
    return value, (1 / (1 + np.exp(-x)) - y) / x.size


def l1(x: Array, y: Array) -> Any:
    error = x - y
    return np.mean(np.abs(error)), np.sign(error) / x.size


def mse(x: Array, y: Array) -> Any:
    error = x - y
    return np.mean(error * error), error * (2 / x.size)


def smooth_l1(x: Array, y: Array) -> Any:
    error = x - y
    size = np.abs(error)
    inside = np.minimum(size, 1)
    return np.mean(inside * (size - 0.5 * inside)), np.clip(error, -1, 1) / x.size


def poisson(x: Array, y: Array) -> Any:
    rate = np.exp(x)
    return np.mean(rate - y * x), (rate - y) / x.size


def kl(x: Array, t: Array) -> Any:
    return np.mean(t * (np.log(t) - x)), -t / x.size


def ranking(a: Array, b: Array, y: Array) -> Any:
    lacking = -y * (a - b)
    slope = y * (lacking >= 0) / a.size
    return np.mean(np.maximum(lacking, 0)), -slope, slope


def multi_label_margin(x: Array, labels: Array) -> Any:
    """Return the mean and the gradient, label by label, for three labels a sample."""
    N, C = x.shape
    rows, total, slope = np.arange(N), 0.0, np.zeros_like(x)
    others = x.copy()
    for k in range(3):
        others[rows, labels[:, k]] = -np.inf
    for k in range(3):
        terms = np.maximum(others + (1 - x[rows, labels[:, k]])[:, None], 0)
        unmet = terms > 0
        total += terms.sum()
        slope += unmet
        slope[rows, labels[:, k]] -= unmet.sum(axis=1)
    return total / N / C, slope / (N * C)


def soft_margin(x: Array, y: Array) -> Any:
    z = -y * x
    value = np.mean(np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))))
    return value, -y / (1 + np.exp(-z)) / x.size


def multi_margin(x: Array, label: Array) -> Any:
    N, C = x.shape
    rows = np.arange(N)
    terms = np.maximum(x + (1 - x[rows, label])[:, None], 0)
    terms[rows, label] = 0
    slope = (terms > 0) / x.dtype.type(N * C)
    slope[rows, label] = -slope.sum(axis=1)
    return terms.sum() / (N * C), slope


def triplet(a: Array, p: Array, n: Array) -> Any:
    ap, an = a - p + 1e-6, a - n + 1e-6
    near, far = np.sqrt((ap * ap).sum(axis=1)), np.sqrt((an * an).sum(axis=1))
    excess = near - far + 1
    scale = (excess >= 0) / x_type(a, len(a))
    ap *= (scale / near)[:, None]
    an *= (scale / far)[:, None]
    return np.mean(np.maximum(excess, 0)), ap - an, -ap, an


def x_type(x: Array, number: float) -> Any:
    return x.dtype.type(number)


def hinge(x: Array, y: Array) -> Any:
    value = np.mean(np.where(y > 0, x, np.maximum(1 - x, 0)))
    return value, np.minimum(y + (x > 1), 1) / x.size


def cosine(a: Array, b: Array, y: Array) -> Any:
    one, other = np.sqrt((a * a).sum(axis=1) + 1e-12), np.sqrt((b * b).sum(axis=1) + 1e-12)
    a, b = a / one[:, None], b / other[:, None]
    cos = (a * b).sum(axis=1)
    value = np.mean(np.where(y > 0, 1 - cos, np.maximum(cos, 0)))
    turn = (np.where(y > 0, -1, cos >= 0) / len(a)).astype(a.dtype)
    slopes = (b - cos[:, None] * a) * (turn / one)[:, None], (a - cos[:, None] * b)
    return value, slopes[0], slopes[1] * (turn / other)[:, None]


PLAIN: dict[str, Callable[..., Any]] = {
    "CrossEntropyLoss": cross_entropy,
    "NLLLoss": nll,
    "BCELoss": bce,
    "BCEWithLogitsLoss": bce_with_logits,
    "L1Loss": l1,
    "MSELoss": mse,
    "SmoothL1Loss": smooth_l1,
    "PoissonNLLLoss": poisson,
    "KLDivLoss": kl,
    "MarginRankingLoss": ranking,
    "MultiLabelMarginLoss": multi_label_margin,
    "SoftMarginLoss": soft_margin,
    "MultiLabelSoftMarginLoss": bce_with_logits,
    "MultiMarginLoss": multi_margin,
    "TripletMarginLoss": triplet,
    "HingeEmbeddingLoss": hinge,
    "CosineEmbeddingLoss": cosine,
}


def best_times(runs: list[Callable[[], Any]], number: int) -> list[float]:
    """Return the best time of each, in µs, of turns in which each runs `number` times."""
    best = [float("inf")] * len(runs)
    for _ in range(TURNS):
        for at, run in enumerate(runs):
            run()
            begin = time.perf_counter()
            for _ in range(number):
                run()
            best[at] = min(best[at], (time.perf_counter() - begin) / number * 1e6)
    return best


def check(name: str, inputs: tuple[Array, ...]) -> None:
    """See that the arithmetic written out is the loss's."""
    loss = getattr(losses, name)()
    value, *slopes = PLAIN[name](*inputs)
    rtol = 1e-9 if inputs[0].dtype == np.float64 else 1e-3
    np.testing.assert_allclose(loss(*inputs), value, rtol=rtol)
    found = loss.backward()
    for slope, expected in zip(
        found if isinstance(found, tuple) else (found,), slopes, strict=True
    ):
        np.testing.assert_allclose(slope, expected, rtol=rtol, atol=1e-9)


def main(names: list[str]) -> None:
    print(
        f"{'':34}{'minidl':>9}{'PyTorch':>9}{'ratio':>7}{'minidl':>12}{'NumPy':>9}{'ratio':>7}  µs"
    )
    for dtype in ("float64", "float32"):
        small, large = inputs_of(SMALL, dtype), inputs_of(LARGE, dtype)
        for name in names or [*small, "CTCLoss"]:
            inputs = small[name] if name in small else sequences(dtype)
            number = 20 if name in small else 2
            ours, *theirs = best_times(
                [in_minidl(name, inputs), *(in_pytorch(name, inputs, n) for n in (1, 2))], number
            )
            row = f"{name:26}{dtype:8}{ours:9.1f}{min(theirs):9.1f}{ours / min(theirs):7.2f}"
            if name in large:
                check(name, large[name])
                plain = PLAIN[name]
                wide = large[name]
                ours, written = best_times(
                    [in_minidl(name, wide), lambda plain=plain, wide=wide: plain(*wide)], 1
                )
                row += f"{ours:12.1f}{written:9.1f}{ours / written:7.2f}"
            print(row, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
