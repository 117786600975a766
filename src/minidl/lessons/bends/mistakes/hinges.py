"""Mistakes that learners make in "A zigzag of hinges"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes


def slopes_of(x, y):
    return np.diff(y) / np.diff(x)


def changes(slopes):
    return np.diff(slopes, prepend=0)


MISTAKES = Mistakes(
    Mistake(
        "swapped",
        lambda x, y: (changes(slopes_of(x, y)), y[0]),
        "Two results, but in the other order: c, one number, comes first.",
    ),
    Mistake(
        "slopes",
        lambda x, y: (y[0], slopes_of(x, y)),
        "These are the slopes themselves. A hinge goes on beyond the next joint, so each adds only "
        "what the slope changes by.",
    ),
    Mistake(
        "rises",
        lambda x, y: (y[0], changes(np.diff(y))),
        "It takes the rises; a slope is the rise divided by the width, `np.diff(x)`.",
    ),
    Mistake(
        "heights",
        lambda x, y: (y[0], np.diff(y)),
        "These are changes of the heights. A hinge changes the slope.",
    ),
    Mistake(
        "upside-down",
        lambda x, y: (y[0], changes(np.diff(x) / np.diff(y))),
        "A slope is the rise over the width, not the width over the rise.",
    ),
    Mistake(
        "first-hinge-missing",
        lambda x, y: (y[0], np.diff(slopes_of(x, y))),
        "The first hinge is missing: at the first joint the slope changes from 0 to the first one.",
    ),
    Mistake(
        "first-hinge-flat",
        lambda x, y: (y[0], np.diff(slopes_of(x, y), prepend=slopes_of(x, y)[0])),
        "The first hinge has weight 0. Before the first joint the slope is 0, so it changes there, "
        "too.",
    ),
    Mistake(
        "one-too-many",
        lambda x, y: (y[0], np.diff(slopes_of(x, y), prepend=0, append=0)),
        "The last point needs no hinge: nothing behind it is asked for.",
    ),
    Mistake(
        "heights",
        lambda x, y: (y[0], y[:-1] - np.concatenate([[0], y[:-2]])),
        "These are changes of the heights. A hinge changes the slope.",
    ),
    Mistake(
        "sign",
        lambda x, y: (y[0], -changes(slopes_of(x, y))),
        "The signs are turned round: where the slope grows, v is positive.",
    ),
    Mistake(
        "sign",
        lambda x, y: (y[0], changes(slopes_of(x, y)) * np.where(np.arange(len(x) - 1), -1, 1)),
        "From the second hinge on the signs are turned round: what the slope changes by is the new "
        "one minus the old.",
    ),
    Mistake(
        "one-joint-early",
        lambda x, y: (y[0], np.diff(slopes_of(x, y), append=0)),
        "Each change stands one joint too early. The first is that from 0 to the first slope: put "
        "a 0 before the slopes, not after them.",
    ),
    Mistake(
        "c",
        lambda x, y: (0.0, changes(slopes_of(x, y))),
        "c is 0, but left of all joints the sum is c: it has to be the first height.",
    ),
    Mistake(
        "c",
        lambda x, y: (y[0] - slopes_of(x, y)[0] * x[0], changes(slopes_of(x, y))),
        "c is where the first piece would cross the axis. At the first joint every hinge is still "
        "0, so c is the first height.",
    ),
    Mistake("values", lambda x, y: (y[0], changes(slopes_of(x, y)) + 1)),
)
