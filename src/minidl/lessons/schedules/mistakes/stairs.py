"""Mistakes that learners make in "Stairs"."""

from minidl.checking.mistake import Mistake, Mistakes

MISTAKES = Mistakes(
    Mistake(
        "slope-not-stairs",
        lambda e, lr, s, g: lr * g ** (e / s),
        "The rate falls in every epoch here. A stair stays level for `step_size` epochs: "
        "`//` drops what is behind the point.",
    ),
    Mistake(
        "rounds",
        lambda e, lr, s, g: lr * g ** round(e / s),
        "A stair ends when `step_size` epochs are full; rounding ends it half-way.",
    ),
    Mistake(
        "one-stair",
        lambda e, lr, s, g: lr * g if e >= s else lr,
        "The first fall is right, but it falls again after every further `step_size` epochs.",
    ),
    Mistake(
        "factor-not-power",
        lambda e, lr, s, g: lr * g * (e // s) if e >= s else lr,
        "Two falls multiply by `gamma` twice: a power, `gamma ** 2`, not `2 * gamma`.",
    ),
    Mistake(
        "one-late",
        lambda e, lr, s, g: lr * g ** max((e - 1) // s, 0),
        "Epochs count from 0: the first `step_size` of them are 0 to `step_size` − 1, and epoch "
        "`step_size` has the second rate.",
    ),
    Mistake(
        "one-early",
        lambda e, lr, s, g: lr * g ** ((e + 1) // s),
        "Epochs count from 0: epoch `step_size` − 1 still has the first rate.",
    ),
    Mistake(
        "every-epoch",
        lambda e, lr, s, g: lr * g**e,
        "It falls in every epoch: `step_size` is not used.",
    ),
    Mistake(
        "no-base",
        lambda e, lr, s, g: g ** (e // s),
        "This is the factor; multiply it by `base_lr`.",
    ),
    Mistake(
        "remainder",
        lambda e, lr, s, g: lr * g ** (e % s),
        "`%` gives the place on the stair; `//` counts the stairs behind it.",
    ),
    Mistake(
        "brackets",
        lambda e, lr, s, g: (lr * g) ** (e // s),
        "The power takes in `base_lr`, too; it belongs to `gamma` alone.",
    ),
    Mistake("values", lambda e, lr, s, g: lr * g ** (e // s) + 1e-3),
)
