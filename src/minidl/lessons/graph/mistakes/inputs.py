"""Mistakes that learners make in "Which ten numbers?"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.graph import solutions as right


def stays_at_the_first(trace, lr_w, lr_b):
    i, xs = 0, []
    while i < len(trace) - 1:
        xs.append(trace[i][0])
    return xs


def one_too_far(trace, lr_w, lr_b):
    xs = []
    for i in range(len(trace)):
        dw, db = trace[i + 1][0] - trace[i][0], trace[i + 1][1] - trace[i][1]
        xs.append(dw / lr_w / (db / lr_b))
    return xs


def from_moves(formula):
    """Return an inputs_of with this formula of (Δw, Δb, lr_w, lr_b)."""

    def inputs_of(trace, lr_w, lr_b):
        moves = np.diff(np.array(trace), axis=0)
        return formula(moves[:, 0], moves[:, 1], lr_w, lr_b)

    return inputs_of


OTHER_RATES = (
    "Right with the rates of the lesson's trace, 0.05 and 0.1, but here they are others: take "
    "`lr_w` and `lr_b`."
)


def takes_lines_out(trace, lr_w, lr_b):
    xs = right.inputs_of(trace, lr_w, lr_b)
    trace.pop()
    return xs


MISTAKES = Mistakes(
    Mistake(
        "hard-coded-rates",
        from_moves(lambda dw, db, lr_w, lr_b: dw / 0.05 * np.sign(db)),
        OTHER_RATES,
    ),
    Mistake("hard-coded-rates", from_moves(lambda dw, db, lr_w, lr_b: dw / db * 2), OTHER_RATES),
    Mistake(
        "hard-coded-rates", from_moves(lambda dw, db, lr_w, lr_b: dw / lr_w / db * 0.1), OTHER_RATES
    ),
    Mistake(
        "sign-lost",
        from_moves(lambda dw, db, lr_w, lr_b: abs(dw) / lr_w),
        "The sign of x is lost: b's move has the sign of −e, where e is the error, and w's move "
        "that of −e·x.",
    ),
    Mistake(
        "sign-of-error",
        from_moves(lambda dw, db, lr_w, lr_b: dw / lr_w),
        "This is −sign(e)·x. What does b's move say about sign(e)?",
    ),
    Mistake(
        "turned",
        from_moves(lambda dw, db, lr_w, lr_b: -dw / db * lr_b / lr_w),
        "Every sign is turned: both moves go against the gradient.",
    ),
    Mistake(
        "rates-left-out",
        from_moves(lambda dw, db, lr_w, lr_b: dw / db),
        "Each move contains its own rate.",
    ),
    Mistake(
        "rate-of-w-left-out",
        from_moves(lambda dw, db, lr_w, lr_b: dw * np.sign(db)),
        "The sign is there, but w's move still contains its rate.",
    ),
    Mistake(
        "rates-swapped",
        from_moves(lambda dw, db, lr_w, lr_b: dw / db * lr_w / lr_b),
        "Divide w's move by w's rate, and b's by b's.",
    ),
    Mistake(
        "upside-down",
        from_moves(lambda dw, db, lr_w, lr_b: db / lr_b / (dw / lr_w)),
        "Upside down: x stands in w's move.",
    ),
    Mistake(
        "count",
        lambda trace, lr_w, lr_b: [0.0, *right.inputs_of(trace, lr_w, lr_b)],
        "A trace of {lines} lines has {steps} steps: expected as many inputs, received {received}.",
    ),
    Mistake(
        "one-too-far",
        one_too_far,
        "{error} A trace of {lines} lines has {steps} steps: no line follows the last one.",
    ),
    Mistake("endless", stays_at_the_first),
    Mistake(
        "rounded",
        from_moves(lambda dw, db, lr_w, lr_b: np.round(dw / lr_w * np.sign(db))),
        "These numbers are rounded to {digits} digits after the point, and the inputs need not "
        "be: expected {first} as the first, received {received}.",
    ),
    Mistake(
        "rounded",
        lambda *args: [round(float(x), 1) for x in right.inputs_of(*args)],
        "These numbers are rounded to {digits} digits after the point",
    ),
    Mistake("inputs", lambda *args: np.float32(right.inputs_of(*args))),
    Mistake(
        "changes-the-trace",
        takes_lines_out,
        "Your code changes the trace that it is given, which others still need.",
    ),
    Mistake("inputs", from_moves(lambda dw, db, lr_w, lr_b: dw / db * lr_b / lr_w + 0.1)),
)
