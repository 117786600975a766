"""What acts at each step between gradients and update: penalties on weights, clipped gradients."""

from minidl.penalties.base import WEIGHTS, Adjustment, Penalty
from minidl.penalties.clipping import (
    ClipGradNorm,
    ClipGradValue,
    clip_grad_norm_,
    clip_grad_value_,
)
from minidl.penalties.weights import L1, L2, WeightDecay

__all__ = [
    "L1",
    "L2",
    "WEIGHTS",
    "Adjustment",
    "ClipGradNorm",
    "ClipGradValue",
    "Penalty",
    "WeightDecay",
    "clip_grad_norm_",
    "clip_grad_value_",
]
