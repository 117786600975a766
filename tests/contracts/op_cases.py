"""One case, or more, for every layer of `minidl.nn`: how it is built and what it is fed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from minidl import nn
from minidl.op import Op

# Twelve numbers on both sides of 0, ±1 and ±2 and away from them, where slopes jump.
CURVE = np.linspace(-3.1, 3.3, 12).reshape(4, 3)
FEATURES = np.random.default_rng(0).standard_normal((4, 3))

LARGE = {np.float64: 1e308, np.float32: 3e38}
TINY = {np.float64: 5e-324, np.float32: 1e-45}


def extremes(dtype: type) -> np.ndarray:
    sizes = [0.0, 1e3, LARGE[dtype], TINY[dtype], float(np.finfo(dtype).tiny)]
    return np.array([sizes, [-size for size in sizes]], dtype=dtype)


@dataclass(frozen=True)
class OpCase:
    kind: type[Op]
    options: dict[str, Any] = field(default_factory=dict)
    x: np.ndarray = field(default_factory=lambda: CURVE)
    y_shape: tuple[int, ...] = (4, 3)
    takes_dtype: bool = False
    bad_shapes: tuple[tuple[int, ...], ...] = ()
    extremes: Callable[[type], np.ndarray] = extremes

    def build(self, dtype: type = np.float64, seed: int = 0) -> Op:
        if self.kind is nn.Sequential:
            return sequential(dtype, seed)
        if self.kind is nn.Linear:
            return linear(dtype, seed, **self.options)
        if self.kind is nn.Dropout:
            return nn.Dropout(**self.options, rng=RepeatingGenerator(np.random.PCG64(0)))
        return self.kind(**self.options)

    def __str__(self) -> str:
        shown = ", ".join(f"{key}={value}" for key, value in self.options.items())
        return f"{self.kind.__name__}({shown})"


def linear(dtype: type, seed: int, **options: Any) -> nn.Linear:
    return nn.Linear(3, 2, rng=seed, dtype=dtype, bias_init=nn.standard_normal, **options)


def sequential(dtype: type, seed: int) -> nn.Sequential:
    rng = np.random.default_rng(seed)
    inner = nn.Sequential(nn.Tanh(), nn.Linear(5, 5, rng=rng, dtype=dtype, name="fc"), name="block")
    return nn.Sequential(
        nn.Linear(3, 5, rng=rng, dtype=dtype, name="fc1"),
        inner,
        nn.Swish(),
        nn.Linear(5, 2, rng=rng, dtype=dtype),
    )


class RepeatingGenerator(np.random.Generator):
    """Begins anew at every call, so that each pass has the same mask and can be differentiated."""

    def random(self, size=None, dtype=np.float64, out=None):
        return np.random.default_rng(0).random(size, dtype, out)


def moderate(dtype: type) -> np.ndarray:
    """As extreme as an op can take that multiplies what it is given, or adds it up."""
    large = LARGE[dtype] / 1e4
    return np.array([[0.0, 1e3, large], [TINY[dtype], -1e3, -large]], dtype=dtype)


MATRIX_SHAPES = ((4,), (4, 2), (4, 4), (4, 3, 1), ())

CASES = [
    OpCase(nn.Linear, {}, FEATURES, (4, 2), True, MATRIX_SHAPES, moderate),
    OpCase(nn.Linear, {"bias": False}, FEATURES, (4, 2), True, MATRIX_SHAPES, moderate),
    OpCase(nn.Sequential, {}, FEATURES, (4, 2), True, MATRIX_SHAPES, moderate),
    OpCase(nn.Dropout, extremes=moderate),
    OpCase(nn.Dropout, {"keep_prob": 0.5}, extremes=moderate),
    OpCase(nn.Logistic),
    OpCase(nn.Tanh),
    OpCase(nn.ReLU),
    OpCase(nn.LeakyReLU),
    OpCase(nn.LeakyReLU, {"negative_slope": 0.3}),
    OpCase(nn.HardLogistic),
    OpCase(nn.HardTanh),
    OpCase(nn.ELU),
    OpCase(nn.ELU, {"alpha": 0.7}),
    OpCase(nn.Softplus),
    OpCase(nn.Softplus, {"beta": 3.0}),
    OpCase(nn.Softplus, {"beta": 0.5}),
    OpCase(nn.Swish),
    OpCase(nn.Swish, {"beta": 3.0}),
    OpCase(nn.Swish, {"beta": 0.0}),
]

# What has no case because a subclass must finish it.
ABSTRACT = {nn.Activation}
