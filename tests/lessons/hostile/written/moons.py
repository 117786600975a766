"""Hostile answers in the lesson on moons that no change of one place makes."""

import numpy as np

from minidl.lessons.moons.solutions import MoonsNet, bce, bce_gradient, mended_bce, safe_bce


class NeverCertain(MoonsNet):
    def forward(self, x):
        return np.clip(super().forward(x), 1e-7, 1 - 1e-7)


class ModestBack(MoonsNet):
    def backward(self, grad):
        return super().backward(np.clip(grad, -100, 100))


class SwitchesOneLayer(MoonsNet):
    def forward(self, x):
        p = super().forward(x)
        self.layers[1].eval()
        return p


class AlwaysTrains(MoonsNet):
    def forward(self, x):
        self.train()
        return super().forward(x)


class CopiesTheGenerator(MoonsNet):
    def __init__(self, *sizes, rng=None):
        super().__init__(*sizes, rng=0 if isinstance(rng, np.random.Generator) else rng)


WRITTEN = {
    "network": {
        "never certain": NeverCertain,
        "gradients limited": ModestBack,
        "one layer left in evaluation": SwitchesOneLayer,
        "back to training": AlwaysTrains,
        "a generator replaced": CopiesTheGenerator,
    },
    "bce": {
        "p at least 1e-200": lambda p, y: bce(np.maximum(p, 1e-200), y),
        "at most seven points": lambda p, y: bce(p[:7], y[:7]),
    },
    "bce-gradient": {
        "limited": lambda p, y: np.clip(bce_gradient(p, y), -1e6, 1e6),
        "whole labels only": lambda p, y: bce_gradient(p, np.round(y)),
    },
    "broadcast": {
        "rounded where labels are flat": lambda p, y: (
            np.round(mended_bce(p, y), 7) if y.ndim == 1 else mended_bce(p, y)
        ),
        "flat labels meet p of at least 1e-12": lambda p, y: mended_bce(
            np.maximum(p, 1e-12) if y.ndim == 1 else p, y
        ),
        "whole numbers in a column refused": lambda p, y: (
            0.5 if y.ndim == 2 and y.dtype.kind == "i" else mended_bce(p, y)
        ),
    },
    "log-of-zero": {
        "limited in all": lambda p, y: min(bce(np.clip(p, 1e-60, 1 - 2**-53), y), 100.0),
        "only p cut": lambda p, y: safe_bce(np.minimum(p, 1 - 2**-53), y),
    },
}
