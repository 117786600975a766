"""A fitted curve and how training came to it, side by side."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, LogLocator, NullLocator

from minidl.plots.curves import plot_history
from minidl.plots.numbers import significant
from minidl.plots.points import mark_size, marks_of
from minidl.plots.style import (
    CATEGORY_COLORS,
    INK,
    SPLIT_COLORS,
    SPLIT_MARKERS,
    styled,
    styled_subplots,
)
from minidl.train.history import History
from minidl.validation import as_float_array, describe

Array = npt.NDArray[Any]
Samples = tuple[Any, Any]
"""Inputs and values of one variable, each of shape (N,) or (N, 1)."""

FEW_DECADES = 100  # a scale that spans less has ticks at 1, 2 and 5, else at powers of ten
DEV_SIZE = 0.6  # of a mark's usual width: it is the training samples that bend the curve
SMALLEST = 1e-300  # a loss of 0 has no logarithm


def fit_report(
    history: History,
    X: Any,
    y: Any,
    *,
    fit: Samples,
    dev: Samples | None = None,
    axes: Any = None,
) -> tuple[Axes, Axes]:
    """Plot the loss curves on the left, and the samples with the fitted curve on the right.

    The losses stand on a logarithmic scale. Between those of the training and the dev set the
    gap is shaded, and its last size, dev loss − train loss, is written beside it.

    The train loss is the recorded one, each batch's before its step. Under dropout it is measured
    with units missing, mostly too high, so the gap looks smaller than `runner.evaluate` finds it.

    Parameters
    ----------
    history : History
        What a Runner recorded, `runner.history`.
    X, y : array_like, shape (N,) or (N, 1)
        The training samples, of one feature.
    fit : (xs, predictions), each of shape (M,) or (M, 1)
        Where the model was asked, and what it said.
    dev : (X, y), optional
        The dev samples.
    axes : pair of matplotlib.axes.Axes, optional
        Where to draw; by default in a new figure.

    Returns
    -------
    left, right : matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If there is nothing to draw, or shapes do not match.

    Examples
    --------
    >>> from minidl.data import make_quadratic
    >>> history = History()
    >>> for step in (1, 2, 3):
    ...     history.record_train(step, loss=1 / step, score=None)
    ...     history.record_dev(step, loss=1.5 / step, score=None)
    >>> xs = np.linspace(-1, 1, 50)
    >>> left, right = fit_report(history, *make_quadratic(20, rng=0), fit=(xs, xs**2))
    >>> [text.get_text() for text in left.texts]
    ['gap 0.17']
    """
    left, right = _pair_of_axes(axes)
    with styled():
        plot_history(history, left)
        _scale(left)
        if history.dev_loss:
            _shade_gap(left, history)
        _draw_fit(right, (X, y), fit, dev)
    return left, right


def _pair_of_axes(axes: Any) -> tuple[Axes, Axes]:
    if axes is None:
        axes = styled_subplots(1, 2, figsize=(9.2, 3.6))[1]
    if len(axes) != 2:
        raise ValueError(f"axes: expected a pair, received {len(axes)}; try plt.subplots(1, 2)[1]")
    return axes[0], axes[1]


def _scale(ax: Axes) -> None:
    """Make the losses' scale logarithmic, with plain numbers for ticks."""
    ax.set(yscale="log", title="Loss")
    low, high = ax.get_ylim()
    few = high / low < FEW_DECADES
    ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5) if few else (1,)))
    ax.yaxis.set_minor_locator(NullLocator())
    ax.yaxis.set_major_formatter(FuncFormatter(lambda loss, _: f"{loss:g}"))


def _shade_gap(ax: Axes, history: History) -> None:
    """Fill the room between the curves, and measure it at the last evaluation."""
    first, last = history.dev_steps[0], history.dev_steps[-1]
    between = [step for step in history.train_steps if first < step < last]
    steps = np.union1d(history.dev_steps, between)
    train = _between(steps, history.train_steps, history.train_loss)
    dev = _between(steps, history.dev_steps, history.dev_loss)
    gap = dev[-1] - train[-1]
    train, dev = np.maximum((train, dev), ax.get_ylim()[0])  # where a loss of 0 is drawn
    ax.fill_between(steps, train, dev, color=SPLIT_COLORS["dev"], alpha=0.15, linewidth=0)
    (bracket,) = ax.plot([last, last], [train[-1], dev[-1]], marker="_", label="_gap")
    bracket.set(color=INK, linewidth=1, markersize=5, clip_on=False)
    ax.annotate(
        f"gap {significant(gap, 2)}",
        (last, float(np.sqrt(train[-1] * dev[-1]))),  # half-way on a logarithmic scale
        (7, 0),
        textcoords="offset points",
        va="center",
        annotation_clip=False,
        bbox={
            "facecolor": "white",
            "edgecolor": "none",
            "pad": 1.5,
        },  # above any line of the caller
        zorder=5,
    )


def _between(steps: Array, known: list[int], losses: list[float]) -> Array:
    """Return losses at all steps, on straight lines of the logarithmic scale."""
    return np.exp(np.interp(steps, known, np.log(np.maximum(losses, SMALLEST))))


def _draw_fit(ax: Axes, train: Samples, fit: Samples, dev: Samples | None) -> None:
    """Draw the samples of each set, those of the training set on top, and the curve over them."""
    for split, samples, share, zorder in (("train", train, 1.0, 2.5), ("dev", dev, DEV_SIZE, 2.0)):
        if samples is not None:
            x, y = _columns(samples, split)
            marks = marks_of(split, SPLIT_COLORS[split])
            size = share * mark_size(len(x))
            ax.plot(
                x, y, SPLIT_MARKERS[split], markersize=size, label=split, zorder=zorder, **marks
            )
    xs, predictions = _columns(fit, "fit")
    order = np.argsort(xs, kind="stable")
    ax.plot(xs[order], predictions[order], color=CATEGORY_COLORS[1], label="fit", zorder=3)
    ax.set(xlabel="$x$", ylabel="$y$", title="Fit")
    ax.legend(loc="lower right", bbox_to_anchor=(1, 1), ncols=3, borderaxespad=0.1)  # over no point


def _columns(samples: Any, name: str) -> tuple[Array, Array]:
    """Return inputs and values as arrays of shape (N,)."""
    if not isinstance(samples, tuple | list) or len(samples) != 2:
        raise TypeError(f"{name}: expected a pair of arrays, received {describe(samples)}")
    x, y = (as_float_array(part, name) for part in samples)
    shapes = ((x.size,), (x.size, 1))
    if x.shape not in shapes or y.shape not in shapes or x.size == 0:
        raise ValueError(
            f"{name}: expected inputs and values of shape (N,) or (N, 1), "
            f"received {x.shape} and {y.shape}"
        )
    return x.reshape(-1), y.reshape(-1)
