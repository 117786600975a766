"""Mistakes that learners make in "Adam, put together"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.optimizers.mistakes.faulty_adams import (
    BeginsAnew,
    CountsArraysFromZero,
    CountsFromZero,
    FeedsBack,
    Forgets,
    NeverCounts,
    Shared,
    adam_of,
    adam_with,
    no_correction,
    quotient,
    root,
)

FORGOTTEN = "Nothing is left of the old averages: does your step store the new ones in self?"
MISTAKES = Mistakes(
    Mistake(
        "not-corrected",
        adam_with(no_correction, no_correction),
        "Neither average is corrected. Both begin at 0, s is the further behind, and the first "
        "step comes out too long.",
    ),
    Mistake(
        "m-not-corrected",
        adam_with(correct_m=no_correction),
        "Only the average of squares is corrected; m begins at 0, too.",
    ),
    Mistake(
        "s-not-corrected",
        adam_with(correct_s=no_correction),
        "Only m is corrected; the average of squares begins at 0, too.",
    ),
    Mistake(
        "no-memory",
        Forgets,
        FORGOTTEN,
    ),
    Mistake("no-memory", BeginsAnew, FORGOTTEN),
    Mistake("never-counts", NeverCounts, "The correction stays that of step 1: count t."),
    *(
        Mistake(
            "counts-from-zero",
            code,
            "In the first step t is 0, and so is 1 − β⁰, by which nothing can be divided. Count "
            "first: in the first step t is 1.",
        )
        for code in (CountsFromZero, CountsArraysFromZero)
    ),
    Mistake(
        "counts-ahead",
        adam_with(lambda beta, t: 1 - beta ** (t + 1), lambda beta, t: 1 - beta ** (t + 1)),
        "The powers are one too high: in the first step t is 1.",
    ),
    Mistake(
        "fed-back",
        FeedsBack,
        "The corrected averages go into the next ones. Correct copies, and let m and s go on as "
        "they are.",
    ),
    Mistake(
        "no-root",
        adam_of(lambda m, s, eps: m / (s + eps)),
        "This divides by the average of squares; its root is missing.",
    ),
    Mistake(
        "eps-under-the-root",
        adam_of(lambda m, s, eps: m / np.sqrt(s + eps)),
        "ε belongs beside the root, not under it.",
    ),
    Mistake(
        "no-brackets",
        adam_with(move=lambda x, lr, m, s, eps: x - (lr * m / root(s) + eps)),
        "ε is added to the step, not to the root: `m / (np.sqrt(s) + eps)` needs the brackets.",
    ),
    Mistake(
        "no-eps",
        adam_of(lambda m, s, eps: m / root(s)),
        "ε is missing: it keeps the quotient finite where all gradients are 0.",
    ),
    Mistake(
        "no-square",
        adam_with(new_s=lambda s, grad, beta: beta * s + (1 - beta) * np.abs(grad)),
        "The second average is that of squares, not of sizes.",
    ),
    Mistake(
        "squares-m",
        adam_of(lambda m, s, eps: m / (abs(m) + eps)),
        "The second average is not used: the step is divided by m itself.",
    ),
    Mistake(
        "sums",
        adam_with(new_m=lambda m, grad, b: b * m + grad, new_s=lambda s, grad, b: b * s + grad**2),
        "New gradients count in full: averages take the share 1 − β of them.",
    ),
    Mistake(
        "swapped", adam_with(swap=True), "beta1 is for m, beta2 for the squares; swapped here."
    ),
    Mistake(
        "no-rate",
        adam_with(move=lambda x, lr, m, s, eps: x - quotient(m, s, eps)),
        "The quotient is to be multiplied by the rate.",
    ),
    Mistake(
        "gradient-alone",
        adam_with(correct_m=no_correction, new_m=lambda m, grad, beta: grad),
        "The step takes the gradient itself; m, the average of gradients, is not used.",
    ),
    Mistake(
        "squares-the-sum",
        adam_with(new_s=lambda s, grad, beta: (beta * s + (1 - beta) * grad) ** 2),
        "The square is over everything: only the gradient is squared, before it is averaged.",
    ),
    Mistake(
        "uphill",
        adam_with(move=lambda x, lr, m, s, eps: x + lr * quotient(m, s, eps)),
        "The steps go up the slope: mind the sign.",
    ),
    Mistake(
        "shared",
        Shared,
        "A new object goes on with the averages of another one. Keep them in self, and set them in "
        "__init__.",
    ),
)
