"""One step of each optimizer on the network 784-256-128-10: against plain NumPy and PyTorch.

Plain NumPy is the same arithmetic written out with buffers reused; PyTorch is timed in each of its
forms (a loop, `foreach`, and `fused` where there is one), with one thread and with two, and its
fastest counts; `fused` is shown apart, since it is one compiled loop over memory, which NumPy
cannot write. L-BFGS takes a step of five iterations on a bowl. All take turns; a ratio is of the
best turns of each. Run with `OPENBLAS_NUM_THREADS=1 python -m benchmarks.optimizers`, and names of
optimizers for these alone.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from minidl import optim
from minidl.parameter import Parameter

SHAPES = [(784, 256), (1, 256), (256, 128), (1, 128), (128, 10), (1, 10)]
TURNS = 30
LR = 1e-3

Array = np.ndarray
Step = Callable[[], Any]


def arrays(seed: int, dtype: Any) -> list[Array]:
    rng = np.random.default_rng(seed)
    return [rng.standard_normal(shape).astype(dtype) for shape in SHAPES]


# The same arithmetic in plain NumPy: a function of (θ, g, two state arrays, two buffers)


def sgd(p: Array, g: Array, v: Array, _: Array, s: Array, __: Array) -> None:
    np.multiply(v, 0.9, out=v)
    np.add(v, g, out=v)
    np.multiply(v, LR, out=s)
    np.subtract(p, s, out=p)


def mean(average: Array, new: Array, beta: float, s: Array) -> None:
    np.multiply(average, beta, out=average)
    np.multiply(new, 1 - beta, out=s)
    np.add(average, s, out=average)


def quotient(p: Array, top: Array, bottom: Array, s: Array) -> None:
    np.sqrt(bottom, out=s)
    np.add(s, 1e-8, out=s)
    np.divide(top, s, out=s)
    np.multiply(s, LR, out=s)
    np.subtract(p, s, out=p)


def adam(p: Array, g: Array, m: Array, v: Array, s: Array, _: Array) -> None:
    mean(m, g, 0.9, s)
    np.multiply(g, g, out=s)
    mean(v, s, 0.999, s)
    quotient(p, m, v, s)


def adamax(p: Array, g: Array, m: Array, u: Array, s: Array, _: Array) -> None:
    mean(m, g, 0.9, s)
    np.multiply(u, 0.999, out=u)
    np.abs(g, out=s)
    np.add(s, 1e-8, out=s)
    np.maximum(u, s, out=u)
    np.divide(m, u, out=s)
    np.multiply(s, LR, out=s)
    np.subtract(p, s, out=p)


def adagrad(p: Array, g: Array, total: Array, _: Array, s: Array, __: Array) -> None:
    np.multiply(g, g, out=s)
    np.add(total, s, out=total)
    quotient(p, g, total, s)


def rmsprop(p: Array, g: Array, v: Array, _: Array, s: Array, __: Array) -> None:
    np.multiply(g, g, out=s)
    mean(v, s, 0.99, s)
    quotient(p, g, v, s)


def adadelta(p: Array, g: Array, v: Array, D: Array, s: Array, d: Array) -> None:
    np.multiply(g, g, out=s)
    mean(v, s, 0.9, s)
    np.add(D, 1e-6, out=d)
    np.sqrt(d, out=d)
    np.add(v, 1e-6, out=s)
    np.sqrt(s, out=s)
    np.divide(d, s, out=d)
    np.multiply(d, g, out=d)
    np.multiply(d, d, out=s)
    mean(D, s, 0.9, s)
    np.multiply(d, LR, out=d)
    np.subtract(p, d, out=p)


def rprop(p: Array, g: Array, last: Array, delta: Array, s: Array, _: Array) -> None:
    np.multiply(g, last, out=last)
    turns = last < 0
    np.multiply(delta, 1.2, out=delta, where=last > 0)
    np.multiply(delta, 0.5, out=delta, where=turns)
    np.clip(delta, 1e-6, 50, out=delta)
    np.copyto(last, g)
    np.copyto(last, 0, where=turns)
    np.sign(last, out=s)
    np.multiply(s, delta, out=s)
    np.subtract(p, s, out=p)


def asgd(p: Array, g: Array, mean: Array, _: Array, s: Array, __: Array) -> None:
    np.multiply(p, 1 - 1e-4 * LR, out=p)
    np.multiply(g, LR, out=s)
    np.subtract(p, s, out=p)
    np.copyto(mean, p)


PLAIN = {
    "SGD": sgd,
    "Adam": adam,
    "Adamax": adamax,
    "Adagrad": adagrad,
    "RMSprop": rmsprop,
    "Adadelta": adadelta,
    "Rprop": rprop,
    "ASGD": asgd,
}
OPTIONS: dict[str, dict[str, Any]] = {"SGD": {"momentum": 0.9}, "LBFGS": {"max_iter": 5}}


def in_numpy(name: str, dtype: Any) -> Step:
    values, grads, one, other = (arrays(seed, dtype) for seed in range(4))
    largest = max(value.size for value in values)
    buffers = np.empty(largest, dtype), np.empty(largest, dtype)
    parts = [
        (p, g, np.abs(a), np.abs(b), *(buffer[: p.size].reshape(p.shape) for buffer in buffers))
        for p, g, a, b in zip(values, grads, one, other, strict=True)
    ]
    return lambda: [PLAIN[name](*part) for part in parts]


def in_minidl(name: str, dtype: Any) -> Step:
    values, grads = ({str(k): a for k, a in enumerate(arrays(seed, dtype))} for seed in range(2))
    parameters = [Parameter(key, key, values, grads) for key in values]
    optimizer = getattr(optim, name)(parameters, lr=LR, **OPTIONS.get(name, {}))
    if name != "LBFGS":
        return optimizer.step

    def closure() -> float:
        for key, value in values.items():
            grads[key] = value * 0.5
        return 0.25 * sum(float((value * value).sum()) for value in values.values())

    return lambda: optimizer.step(closure)


def in_pytorch(name: str, dtype: Any) -> Iterator[tuple[str, Step]]:
    forms: list[dict[str, Any]] = [{"foreach": False}, {"foreach": True}]
    if name in ("SGD", "Adam", "Adagrad"):
        forms.append({"fused": True})
    for form in [{}] if name == "LBFGS" else forms:
        values = [torch.tensor(a, requires_grad=True) for a in arrays(0, dtype)]
        for value, grad in zip(values, arrays(1, dtype), strict=True):
            value.grad = torch.tensor(grad)
        kind = getattr(torch.optim, name)
        optimizer = kind(values, lr=LR, **OPTIONS.get(name, {}), **form)
        step = optimizer.step
        if name == "LBFGS":
            step = of_bowl(optimizer, values)
        yield "fused" if "fused" in form else "PyTorch", step


def of_bowl(optimizer: Any, values: list[Any]) -> Step:
    def closure() -> float:
        for value in values:
            value.grad = value.detach() * 0.5
        return 0.25 * sum(float((value.detach() ** 2).sum()) for value in values)

    return lambda: optimizer.step(closure)


def measure(name: str, dtype: Any) -> dict[str, float]:
    """Return the best time of each in turn, in seconds."""
    runs: list[tuple[str, int, Step]] = [("minidl", 1, in_minidl(name, dtype))]
    if name in PLAIN:
        runs.append(("NumPy", 1, in_numpy(name, dtype)))
    runs += [(kind, n, step) for kind, step in in_pytorch(name, dtype) for n in (1, 2)]
    best: dict[str, float] = {}
    for _ in range(TURNS if name in PLAIN else TURNS // 5):
        for kind, threads, step in runs:
            torch.set_num_threads(threads)
            begin = time.perf_counter()
            step()
            best[kind] = min(best.get(kind, np.inf), time.perf_counter() - begin)
    return best


def main(names: list[str]) -> None:
    print("one step, 784-256-128-10: ms, and over NumPy, PyTorch, PyTorch fused")
    for name in names or [*PLAIN, "LBFGS"]:
        for dtype in (np.float32, np.float64):
            with np.errstate(all="ignore"):
                best = measure(name, dtype)
            ratios = [
                f"{best['minidl'] / best[other]:.2f}" if other in best else "-"
                for other in ("NumPy", "PyTorch", "fused")
            ]
            shown = f"{best['minidl'] * 1e3:6.2f} ms  {'  '.join(f'{r:>5}' for r in ratios)}"
            print(f"{name:9} {np.dtype(dtype).name}  {shown}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
