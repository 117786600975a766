"""Mistakes that learners make in "A parabola that becomes a line"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.losses import solutions as right
from minidl.losses import SmoothL1Loss


def with_value(near, far):
    def smooth_l1(predicts, labels, beta):
        d = abs(predicts - labels)
        losses = np.where(d < beta, near(d, beta), far(d, beta))
        return losses.mean(), right.smooth_l1(predicts, labels, beta)[1]

    return smooth_l1


def with_gradient(slope):
    def smooth_l1(predicts, labels, beta):
        value = right.smooth_l1(predicts, labels, beta)[0]
        return value, slope(predicts - labels, beta)

    return smooth_l1


def of_errors(near, far):
    """Return an answer whose value forgets the error's size."""

    def smooth_l1(predicts, labels, beta):
        d = predicts - labels
        losses = np.where(near(d) < beta, parabola(d, beta), far(d) - beta / 2)
        return losses.mean(), right.smooth_l1(predicts, labels, beta)[1]

    return smooth_l1


def parabola(d, beta):
    return d**2 / (2 * beta)


def line(d, beta):
    return d - beta / 2


def summed(predicts, labels, beta):
    value, gradient = right.smooth_l1(predicts, labels, beta)
    return value * predicts.size, gradient * predicts.size


def huber(predicts, labels, beta):
    value, gradient = right.smooth_l1(predicts, labels, beta)
    return value * beta, gradient * beta


def borrowed(predicts, labels, beta):
    loss = SmoothL1Loss(beta=beta)
    return loss(predicts, labels), loss.backward()


MISTAKES = Mistakes(
    Mistake(
        "jump",
        with_value(parabola, lambda d, beta: d),
        "The loss jumps at β: there the parabola is at β/2 and the line at β. Take β/2 off it.",
    ),
    Mistake(
        "half-missing",
        with_value(lambda d, beta: d**2 / beta, line),
        "At β the parabola is at β and the line at β/2: the parabola's ½ is missing.",
    ),
    Mistake(
        "no-beta-inside",
        with_value(lambda d, beta: d**2 / 2, line),
        "The parabola has to be divided by β, or it does not meet the line.",
    ),
    Mistake(
        "beta-above",
        with_value(lambda d, beta: d**2 / 2 * beta, line),
        "`d**2 / 2 * beta` multiplies by β. Divide by `(2 * beta)`, in brackets.",
    ),
    Mistake(
        "whole-beta",
        with_value(parabola, lambda d, beta: d - beta),
        "The loss jumps at β: there the parabola is at β/2, so the line is |d| − β/2.",
    ),
    Mistake(
        "half-by-heart",
        with_value(parabola, lambda d, beta: d - 0.5),
        "The line |d| − ½ meets the parabola for beta = 1 only; in general it is |d| − β/2.",
    ),
    Mistake(
        "size-missing",
        of_errors(lambda d: d, abs),
        "Every error below 0 is smaller than β, however far off: compare its size, `abs(d)`.",
    ),
    Mistake(
        "size-missing",
        of_errors(abs, lambda d: d),
        "The line is |d| − β/2: an error below 0 costs something, too.",
    ),
    Mistake(
        "other-way-round",
        with_value(line, parabola),
        "The other way round: the parabola is for small errors.",
    ),
    Mistake(
        "beta-by-heart",
        lambda p, y, beta: right.smooth_l1(p, y, 1.0),
        "Right for beta = 1 only: take `beta` itself.",
    ),
    Mistake("huber", huber, "This is Huber's loss, which is β times this one."),
    Mistake("sum", summed, "These are the sum and its gradient; the mean is asked for."),
    Mistake(
        "no-mean-in-the-gradient",
        with_gradient(lambda d, beta: np.clip(d / beta, -1, 1)),
        "Value and gradient differ by a factor: the value is a mean, so its gradient has 1/N.",
    ),
    Mistake(
        "rows",
        with_gradient(lambda d, beta: np.clip(d / beta, -1, 1) / len(d)),
        "`len` counts rows; the mean is over all elements.",
    ),
    Mistake(
        "unlimited",
        with_gradient(lambda d, beta: d / beta / d.size),
        "Beyond β the loss is a line, whose slope is 1 or −1 however far off the prediction is.",
    ),
    Mistake(
        "sign-only",
        with_gradient(lambda d, beta: np.sign(d) / d.size),
        "That is the slope of the line, also where the loss is a parabola.",
    ),
    Mistake(
        "positive",
        with_gradient(lambda d, beta: np.minimum(abs(d) / beta, 1) / d.size),
        "The sign is lost: below the label the loss falls as the prediction rises.",
    ),
    Mistake(
        "positive",
        with_gradient(lambda d, beta: np.where(abs(d) < beta, d / beta, 1) / d.size),
        "The line's slope is 1 only above the label; below it, −1.",
    ),
    Mistake(
        "sign",
        with_gradient(lambda d, beta: -np.clip(d / beta, -1, 1) / d.size),
        "The sign is the wrong way round: above the label the loss rises.",
    ),
    Mistake(
        "slope-twice",
        with_gradient(lambda d, beta: np.where(abs(d) < beta, 2 * d / beta, np.sign(d)) / d.size),
        "The ½ of the parabola cancels the 2 of its slope.",
    ),
    Mistake(
        "no-beta-in-the-slope",
        with_gradient(lambda d, beta: np.where(abs(d) < beta, d, np.sign(d)) / d.size),
        "The slope of d²/(2β) is d/β.",
    ),
    Mistake("not-a-pair", lambda p, y, beta: right.smooth_l1(p, y, beta)[0]),
    Mistake("borrowed", borrowed),
    Mistake(
        "inexact", with_gradient(lambda d, beta: np.round(np.clip(d / beta, -1, 1) / d.size, 9))
    ),
    Mistake("values", with_value(lambda d, beta: d**3, line)),
)
