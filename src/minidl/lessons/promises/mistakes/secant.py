"""Mistakes that learners make in "Curvature from two slopes"."""

from minidl.checking.mistake import Mistake, Mistakes

NUMBER = (
    "Expected {expected} positions, before, x and one after each of {steps} steps, received "
    "{number}."
)
EARLY = (
    "You end where both slopes are equal. Stay there: append x again for each step that is left. "
    "Expected {expected} positions, received {number}."
)
DIVIDES = (
    "At the bottom two slopes in a row are the same, and your curvature, or the distance, is 0: "
    "stay where you are."
)


def secant_by(
    curvature=lambda g, g_before, x, before: (g - g_before) / (x - before),
    move=lambda x, g, h, before, g_before: x - g / h,
    keep=lambda before, x, new: x,
    careful=True,
):
    def secant(slope, before, x, num_steps):
        positions = [before, x]
        for _ in range(num_steps):
            g_before, g = slope(before), slope(x)
            if g != g_before or not careful:
                h = curvature(g, g_before, x, before)
                new = move(x, g, h, before, g_before)
                before, x = keep(before, x, new), new
            positions.append(x)
        return positions

    return secant


right = secant_by()


def stops(slope, before, x, num_steps):
    positions = [before, x]
    for _ in range(num_steps):
        g_before, g = slope(before), slope(x)
        if g == g_before:
            break
        before, x = x, x - g * (x - before) / (g - g_before)
        positions.append(x)
    return positions


def measures_once(slope, before, x, num_steps):
    h = (slope(x) - slope(before)) / (x - before)
    positions = [before, x]
    for _ in range(num_steps):
        positions.append(positions[-1] - slope(positions[-1]) / h)
    return positions


MISTAKES = Mistakes(
    Mistake("number", lambda *args: right(*args)[1:], NUMBER),
    Mistake("number", lambda *args: right(*args)[2:], NUMBER),
    Mistake("number", lambda *args: right(*args)[:-1], NUMBER),
    Mistake("stops-early", stops, EARLY),
    Mistake(
        "only-the-last",
        lambda *args: right(*args)[-1],
        "Expected the list of all positions, received {what}. Append each x to a list.",
    ),
    Mistake("divides-by-zero", secant_by(careful=False), DIVIDES),
    Mistake(
        "uphill",
        secant_by(move=lambda x, g, h, before, g_before: x + g / h),
        "The steps go the wrong way: mind the sign.",
    ),
    Mistake(
        "times-curvature",
        secant_by(move=lambda x, g, h, before, g_before: x - g * h),
        "You multiply by the curvature, or yours is upside down. The step is the slope *over* the "
        "curvature, which is the change of the slope over the distance.",
    ),
    Mistake(
        "upside-down",
        secant_by(move=lambda x, g, h, before, g_before: x - h / g),
        "The step is upside down: it is the slope over the curvature, g / h.",
    ),
    Mistake(
        "no-curvature",
        secant_by(move=lambda x, g, h, before, g_before: x - g),
        "This is plain descent at the rate 1: the slope is to be divided by the curvature.",
    ),
    Mistake(
        "not-per-distance",
        secant_by(curvature=lambda g, g_before, x, before: g - g_before),
        "That is how much the slope has changed. Curvature is how much it changes *per* distance.",
    ),
    Mistake(
        "old-slope",
        secant_by(move=lambda x, g, h, before, g_before: x - g_before / h),
        "The step from x takes the slope at the position before. Take that at x.",
    ),
    Mistake(
        "first-point-stays",
        secant_by(keep=lambda before, x, new: before),
        "The curvature is measured from the first position again and again. Take the last two: "
        "`before` moves on as well.",
    ),
    Mistake(
        "measured-once",
        measures_once,
        "The curvature is measured once, before the loop. Measure it anew for each step, from the "
        "last two positions.",
    ),
    Mistake(
        "both-the-same",
        secant_by(keep=lambda before, x, new: new),
        "From the second step on nothing moves: `before` and `x` are the same. Keep the old x in "
        "`before`, then change x.",
    ),
    Mistake(
        "always-down",
        secant_by(curvature=lambda g, g_before, x, before: abs((g - g_before) / (x - before))),
        "You take the curvature's size only. Newton's step takes its sign, too, and goes to where "
        "the slope is 0, be it a valley or a top.",
    ),
)
