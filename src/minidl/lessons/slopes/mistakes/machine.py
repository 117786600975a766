"""Mistakes that learners make in "Another machine, walked back"."""

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.slopes import solutions as right


def walked(route):
    """Return a walk back in which `route` says what both sides of the max get."""

    def machine_slopes(w, x, b, c, v):
        left, right = w * x, b + c
        to_left, to_right = route(left, right, v)
        return to_left * x, to_left * w, to_right, to_right, max(left, right)

    return machine_slopes


def the_machine_above(w, x, b, c, v):
    z = w * x + b + c
    to_z = v if z > 0 else 0.0
    return to_z * x, to_z * w, to_z, to_z, max(z, 0)


def only_the_other_max(w, x, b, c, v):
    if w * x > 0:
        return v * x, v * w, 0, 0, w * x
    return 0, 0, v, v, b + c


def the_smaller_alone(w, x, b, c, v):
    if w * x < b + c:
        return v * x, v * w, 0, 0, w * x
    return 0, 0, v, v, b + c


def gated_once_more(w, x, b, c, v):
    a = max(w * x, b + c)
    to_a = v if a > 0 else 0.0
    return (*right.machine_slopes(w, x, b, c, to_a)[:4], max(a, 0))


def changed(change):
    """Return the right walk with `change` made to its five slopes."""

    def machine_slopes(*dials):
        return change(right.machine_slopes(*dials), *dials)

    return machine_slopes


def measured(*dials, h=1e-6):
    def machine(w, x, b, c, v):
        return max(w * x, b + c) * v

    slopes = []
    for place in range(5):
        up, down = list(dials), list(dials)
        up[place], down[place] = up[place] + h, down[place] - h
        slopes.append((machine(*up) - machine(*down)) / (2 * h))
    return slopes


NOT_V = "v is multiplied by the larger of the two sides, and a product swaps."
MISTAKES = Mistakes(
    Mistake(
        "to-both-sides",
        walked(lambda left, right, v: (v, v)),
        "Here both sides of the max get what arrives. Only the larger one moves a, so the other "
        "gets 0.",
    ),
    Mistake(
        "to-the-smaller-side",
        walked(lambda left, right, v: (v * (left < right), v * (left > right))),
        "Here the smaller side gets what arrives; it is the larger one that moves a.",
    ),
    Mistake(
        "to-one-side",
        walked(lambda left, right, v: (v, 0)),
        "Here it is always w·x that gets what arrives, also where b + c is larger.",
    ),
    Mistake(
        "to-the-smaller-side",
        the_smaller_alone,
        "Here the smaller side is let through; it is the larger one that moves a.",
    ),
    Mistake(
        "compares-with-0",
        walked(lambda left, right, v: (v * (left > 0), v * (right > 0))),
        "Both sides are compared with 0. In this machine, they are compared with each other.",
    ),
    Mistake(
        "compares-with-0",
        walked(lambda left, right, v: (v, 0) if left > 0 else (0, v)),
        "w·x is compared with 0. In this machine, it is compared with b + c.",
    ),
    Mistake(
        "compares-with-0",
        only_the_other_max,
        "w·x is compared with 0. In this machine, it is compared with b + c.",
    ),
    Mistake(
        "cut-off-at-0",
        gated_once_more,
        "Where the larger side is below 0, nothing comes back here, as in the machine above. This "
        "machine has no 0 in its max: nothing is cut off.",
    ),
    Mistake(
        "cut-off-at-0",
        changed(lambda slopes, *_: (*slopes[:4], max(slopes[4], 0))),
        "v is multiplied by the larger side, also where that is below 0: this max has no 0.",
    ),
    Mistake(
        "machine-above",
        the_machine_above,
        "That is the machine above, max(w·x + b + c, 0)·v. Here the max has w·x on one side and "
        "b + c on the other, and lets the larger one through.",
    ),
    Mistake(
        "other-order",
        changed(lambda slopes, *_: (slopes[4], *slopes[:4])),
        "The slope of v comes first here. Asked for are those of w, x, b, c and v, in this order.",
    ),
    Mistake(
        "lost-what-arrives",
        walked(lambda left, right, v: (1.0 * (left > right), 1.0 * (left < right))),
        "The max is right, but what arrives there is lost: y = a·v, so a gets v, and all behind it "
        "get a multiple of that.",
    ),
    Mistake(
        "not-swapped",
        changed(lambda slopes, *_: (slopes[1], slopes[0], *slopes[2:])),
        "w and x are confused: in a product, each gets the other one.",
    ),
    Mistake(
        "sum-swaps",
        changed(
            lambda slopes, w, x, b, c, v: (*slopes[:2], slopes[2] * c, slopes[3] * b, slopes[4])
        ),
        "A sum does not swap: b and c get what arrives, unchanged.",
    ),
    Mistake(
        "sum-divides",
        changed(lambda slopes, *_: (*slopes[:2], slopes[2] / 2, slopes[3] / 2, slopes[4])),
        "A sum does not divide what arrives between its two: each of them moves it in full.",
    ),
    Mistake("slope-of-v", changed(lambda slopes, *dials: (*slopes[:4], dials[4])), NOT_V),
    Mistake("slope-of-v", changed(lambda slopes, *_: (*slopes[:4], 1.0)), NOT_V),
    Mistake("slope-of-v", changed(lambda slopes, w, x, b, c, v: (*slopes[:4], w * x)), NOT_V),
    Mistake("slope-of-v", changed(lambda slopes, w, x, b, c, v: (*slopes[:4], b + c)), NOT_V),
    Mistake("inexact", measured),
    Mistake("not-five", changed(lambda slopes, *_: slopes[:4])),
    Mistake("not-one-number", changed(lambda slopes, *_: [[slope] for slope in slopes])),
    Mistake("values", changed(lambda slopes, *_: [2 * slope for slope in slopes])),
)
