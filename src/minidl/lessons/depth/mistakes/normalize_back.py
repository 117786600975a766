"""Mistakes that learners make in "The way back through a norm"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.depth import solutions as right
from minidl.nn import LayerNorm


def mistaken(formula):
    """Return an answer with a formula of the gradient, x̂, σ and a mean along the axis."""

    def normalize_back(grad, x, axis, eps):
        def mean(values):
            return values.mean(axis, keepdims=True)

        sigma = np.sqrt(x.var(axis, keepdims=True) + eps)
        return formula(grad, right.normalize(x, axis, eps), sigma, mean)

    return normalize_back


def only_axis_0(grad, x, axis, eps):
    return right.normalize_back(grad, x, 0, eps)


def borrowed(grad, x, axis, eps):
    norm = LayerNorm(x.shape[axis], eps=eps, elementwise_affine=False)
    norm(x.T if axis == 0 else x)
    back = norm.backward(grad.T if axis == 0 else grad)
    return back.T if axis == 0 else back


def x_itself(grad, x, axis, eps):
    sigma = np.sqrt(x.var(axis, keepdims=True) + eps)
    means = grad.mean(axis, keepdims=True), (grad * x).mean(axis, keepdims=True)
    return (grad - means[0] - x * means[1]) / sigma


MISTAKES = Mistakes(
    Mistake(
        "constants",
        mistaken(lambda g, x_hat, sigma, mean: g / sigma),
        "This takes μ and σ for constants. They depend on x, and both means are missing.",
    ),
    Mistake(
        "sigma-constant",
        mistaken(lambda g, x_hat, sigma, mean: (g - mean(g)) / sigma),
        "This takes σ for a constant: the term with x̂ is missing.",
    ),
    Mistake(
        "mu-constant",
        mistaken(lambda g, x_hat, sigma, mean: (g - x_hat * mean(g * x_hat)) / sigma),
        "This takes μ for a constant: the mean of the gradient has to come off, too.",
    ),
    Mistake(
        "means-apart",
        mistaken(lambda g, x_hat, sigma, mean: (g - mean(g) - x_hat * mean(g)) / sigma),
        "The second mean is that of the product, `(grad * x_hat).mean(…)`.",
    ),
    Mistake(
        "sums",
        mistaken(
            lambda g, x_hat, sigma, mean: (
                (g - (mean(g) + x_hat * mean(g * x_hat)) * (g.size / mean(g).size)) / sigma
            )
        ),
        "These are sums where means belong.",
    ),
    Mistake(
        "without-sigma",
        mistaken(lambda g, x_hat, sigma, mean: g - mean(g) - x_hat * mean(g * x_hat)),
        "The division by σ is missing: x/σ has the slope 1/σ.",
    ),
    Mistake(
        "times-sigma",
        mistaken(lambda g, x_hat, sigma, mean: (g - mean(g) - x_hat * mean(g * x_hat)) * sigma),
        "Divide by σ, do not multiply: the larger x, the less does a nudge change x̂.",
    ),
    Mistake(
        "added",
        mistaken(lambda g, x_hat, sigma, mean: (g - mean(g) + x_hat * mean(g * x_hat)) / sigma),
        "The part along x̂ comes off as well: a minus sign.",
    ),
    Mistake("x-itself", x_itself, "In the last term stands x̂, not x."),
    Mistake(
        "only-centred",
        mistaken(
            lambda g, x_hat, sigma, mean: (
                (g - mean(g) - x_hat * sigma * mean(g * x_hat * sigma)) / sigma
            )
        ),
        "In the last term stands x̂, not x − μ: divide by the root first.",
    ),
    Mistake(
        "over-everything",
        mistaken(lambda g, x_hat, sigma, mean: (g - g.mean() - x_hat * (g * x_hat).mean()) / sigma),
        "One mean for all is too few: take both along `axis`, with `keepdims=True`.",
    ),
    Mistake("only-axis-0", only_axis_0, "The means are to be taken along `axis`, not along 0."),
    Mistake("borrowed", borrowed),
    Mistake(
        "values",
        mistaken(lambda g, x_hat, sigma, mean: (g - mean(g) - mean(g * x_hat)) / sigma),
    ),
)
