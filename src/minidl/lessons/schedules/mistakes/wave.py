"""Mistakes that learners make in "Half a wave"."""

import math

from minidl.checking.mistake import Mistake, Mistakes


def half(sign, x):
    return (1 + sign * math.cos(x)) / 2


MISTAKES = Mistakes(
    Mistake(
        "rises",
        lambda e, lr, T, low: low + (lr - low) * half(-1, math.pi * e / T),
        "It begins at the lowest rate and rises. The cosine itself falls, from 1 to −1.",
    ),
    Mistake(
        "no-half",
        lambda e, lr, T, low: low + (lr - low) * (1 + math.cos(math.pi * e / T)),
        "1 + cos goes from 2 to 0; half of it goes from 1 to 0.",
    ),
    Mistake(
        "no-pi",
        lambda e, lr, T, low: low + (lr - low) * half(1, e / T),
        "The angle should go from 0 to π: where is `math.pi`?",
    ),
    Mistake(
        "whole-wave",
        lambda e, lr, T, low: low + (lr - low) * half(1, 2 * math.pi * e / T),
        "A whole wave goes down and up again; half of one ends at the bottom: π, not 2π.",
    ),
    Mistake(
        "quarter-wave",
        lambda e, lr, T, low: low + (lr - low) * math.cos(math.pi * e / T / 2),
        "A quarter of a wave falls steeply to the end; half a wave ends as gently as it begins.",
    ),
    Mistake(
        "degrees",
        lambda e, lr, T, low: low + (lr - low) * half(1, 180 * e / T),
        "`math.cos` takes radians: π, not 180.",
    ),
    Mistake(
        "ends-at-0",
        lambda e, lr, T, low: lr * half(1, math.pi * e / T),
        "It ends at 0, not at `eta_min`.",
    ),
    Mistake(
        "starts-too-high",
        lambda e, lr, T, low: low + lr * half(1, math.pi * e / T),
        "It begins at `base_lr + eta_min`: what falls is the distance between them.",
    ),
    Mistake(
        "cut-off",
        lambda e, lr, T, low: max(low, lr * half(1, math.pi * e / T)),
        "It is cut off at `eta_min`. The whole wave should fit between the two rates.",
    ),
    Mistake(
        "ends-early",
        lambda e, lr, T, low: low + (lr - low) * half(1, math.pi * e / (T - 1)),
        "It is at the bottom one epoch early: epoch `T_max` is the last.",
    ),
    Mistake(
        "straight",
        lambda e, lr, T, low: low + (lr - low) * (1 - e / T),
        "This is a straight line.",
    ),
    Mistake(
        "half-of-one-part",
        lambda e, lr, T, low: low + (lr - low) * (1 + math.cos(math.pi * e / T) / 2),
        "Only the cosine is halved: 1 + cos needs brackets.",
    ),
    Mistake(
        "sine",
        lambda e, lr, T, low: low + (lr - low) * (1 + math.sin(math.pi * e / T)) / 2,
        "A sine begins in the middle; the cosine begins at the top.",
    ),
    Mistake("values", lambda e, lr, T, low: low + (lr - low) * half(1, math.pi * (e + 1) / T)),
)
