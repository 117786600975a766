"""Mistakes that learners make in "Warm up, then a wave"."""

from minidl.checking.mistake import Mistake, Mistakes
from minidl.schedules import CosineAnnealingLR, LambdaLR, LinearLR, SequentialLR


def composed(start, warm, length, milestone):
    return SequentialLR(
        [LinearLR(start, total_iters=warm), CosineAnnealingLR(length)], milestones=[milestone]
    )


MISTAKES = Mistakes(
    Mistake(
        "not-a-schedule",
        lambda warm, steps: [LinearLR(0.01, total_iters=warm), CosineAnnealingLR(steps - warm)],
        "Expected one schedule, such as a `SequentialLR`, received {answer}.",
    ),
    Mistake(
        "wave-too-long",
        lambda warm, steps: composed(0.01, warm, steps, warm),
        "The wave is `num_steps` long, but only what the warm-up leaves is left: it does not get "
        "down to 0. Each schedule counts from 0 when its turn comes.",
    ),
    Mistake(
        "milestone-at-the-end",
        lambda warm, steps: composed(0.01, warm, steps - warm, steps),
        "The wave never gets its turn: the milestone is the step at which the second schedule "
        "takes over.",
    ),
    Mistake(
        "default-start",
        lambda warm, steps: composed(1 / 3, warm, steps - warm, warm),
        "It begins at a third of the rate, the default of `LinearLR`; a hundredth is asked.",
    ),
    Mistake(
        "default-length",
        lambda warm, steps: composed(0.01, 5, steps - warm, warm),
        "The warm-up takes 5 steps, the default of `LinearLR`: give it `total_iters`.",
    ),
    Mistake(
        "one-early",
        lambda warm, steps: composed(0.01, warm, steps - warm, warm - 1),
        "The wave takes over one step early: the milestone is the first step of the second.",
    ),
    Mistake(
        "one-short",
        lambda warm, steps: composed(0.01, warm, steps - warm - 1, warm),
        "The wave is at 0 one step early, and climbs again.",
    ),
    Mistake(
        "other-way-round",
        lambda warm, steps: SequentialLR(
            [CosineAnnealingLR(steps - warm), LinearLR(0.01, total_iters=warm)], [steps - warm]
        ),
        "First the wave, then the warm-up: the other way round.",
    ),
    Mistake(
        "no-warm-up",
        lambda warm, steps: CosineAnnealingLR(steps),
        "This is the wave alone, without a warm-up before it.",
    ),
    Mistake(
        "numbers-by-heart",
        lambda warm, steps: composed(0.01, 100, 1500, 100),
        "These are the numbers of one training: use `warm_steps` and `num_steps`.",
    ),
    Mistake(
        "one-late",
        lambda warm, steps: composed(0.01, warm, steps - warm, warm + 1),
        "The wave takes over one step late: the milestone is the first step of the second.",
    ),
    Mistake(
        "warm-up-too-long",
        lambda warm, steps: composed(0.01, steps, steps - warm, warm),
        "The warm-up is `num_steps` long, and is cut off on its way: give it `warm_steps`.",
    ),
    Mistake(
        "these-numbers",
        lambda warm, steps: composed(0.01, 36, 108, 36),
        "These are the numbers of the training below: use `warm_steps` and `num_steps`.",
    ),
    Mistake("values", lambda warm, steps: LambdaLR(lambda step: 0.5)),
)
