"""Mistakes that learners make in "Mean 0, mean square 1"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.depth import solutions as right
from minidl.nn import LayerNorm


def moments(x, axis, **options):
    return x.mean(axis, keepdims=True), x.var(axis, keepdims=True, **options)


def unbiased(x, axis, eps):
    mean, variance = moments(x, axis, ddof=1)
    return (x - mean) / np.sqrt(variance + eps)


def eps_outside(x, axis, eps):
    mean, variance = moments(x, axis)
    return (x - mean) / (np.sqrt(variance) + eps)


def without_eps(x, axis, eps):
    mean, variance = moments(x, axis)
    return (x - mean) / np.sqrt(variance)


def variance_below(x, axis, eps):
    mean, variance = moments(x, axis)
    return (x - mean) / (variance + eps)


def not_centred(x, axis, eps):
    return x / np.sqrt(moments(x, axis)[1] + eps)


def rows_always(x, axis, eps):
    return right.normalize(x, 0, eps)


def samples_always(x, axis, eps):
    return right.normalize(x, 1, eps)


def other_axis(x, axis, eps):
    return right.normalize(x, 1 - axis, eps)


def all_at_once(x, axis, eps):
    return (x - x.mean()) / np.sqrt(x.var() + eps)


def borrowed(x, axis, eps):
    norm = LayerNorm(x.shape[axis], eps=eps, elementwise_affine=False)
    return norm(x.T).T if axis == 0 else norm(x)


MISTAKES = Mistakes(
    Mistake("unbiased", unbiased, "The variance is a mean here: divide by n, not by n − 1."),
    Mistake("eps-outside", eps_outside, "ε belongs under the root, beside the variance."),
    Mistake("without-eps", without_eps, "Where is ε? Without it a constant column divides by 0."),
    Mistake("without-the-root", variance_below, "Divide by a standard deviation: take the root."),
    Mistake("not-centred", not_centred, "The mean has to be taken off x, too."),
    Mistake("only-axis-0", rows_always, "Mean and variance belong along `axis`, not 0."),
    Mistake("only-axis-1", samples_always, "Mean and variance belong along `axis`, not 1."),
    Mistake("other-axis", other_axis, "This takes the other axis: 0 runs over the samples."),
    Mistake("all-at-once", all_at_once, "One mean for all is too few: take them along `axis`."),
    Mistake("borrowed", borrowed),
    Mistake("values", lambda x, axis, eps: right.normalize(x, axis, eps) + 0.125),
)
