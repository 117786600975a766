"""The picture of the regularization explorer: a fitted curve, its losses, its weights."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.ticker import LogLocator, NullLocator

from minidl.plots.numbers import two_digits
from minidl.plots.picture import set_static
from minidl.plots.style import CATEGORY_COLORS, INK, MUTED, SPLIT_COLORS, SPLIT_LINES

Array = npt.NDArray[Any]
Artists = dict[str, Any]

FIT_COLOR = CATEGORY_COLORS[1]
WEIGHT_COLOR = CATEGORY_COLORS[0]
POINT_LOOKS: dict[str, dict[str, Any]] = {
    "train": {
        "marker": "o",
        "markersize": 6.5,
        "color": SPLIT_COLORS["train"],
        "markeredgecolor": "white",
        "zorder": 3,
    },
    "dev": {
        "marker": "s",
        "markersize": 3.6,
        "color": SPLIT_COLORS["dev"],
        "markerfacecolor": "white",
        "markeredgewidth": 0.9,
    },
}
BINS = 40
SHARES = (0.1, 0.2, 0.5, 1.0)
LIMITS = (0.5, 1.0, 2.0, 5.0, 10.0)
"""Where the histogram's axes may end."""
CLOSE_TICKS = (1.0, 2.0, 5.0)
"""What a decade of a logarithmic axis shows, if there are less than two decades."""
LOSS_LIMITS = (0.01, 0.5)
"""What the axis of the losses shows at least, so that the gaps of two trainings compare."""
WHITE_BOX = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5}


def inputs_of_curves() -> Array:
    """Return the inputs x (201, 1) from −1 to 1 at which curves are drawn.

    Examples
    --------
    >>> x = inputs_of_curves()
    >>> x.shape, float(x[0, 0]), float(x[-1, 0])
    ((201, 1), -1.0, 1.0)
    """
    return np.linspace(-1, 1, 201).reshape(-1, 1)


def draw_regularization(figure: Figure, *, first: int, last: int) -> Artists:
    """Fill `figure` with axes for curves, losses and weights; return the moving parts.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        An empty figure.
    first, last : int
        The steps at which the losses are measured first, and last if nothing stops training.

    Returns
    -------
    dict
        The moving artists by name.
    """
    layout: list[Any] = [["fit", "loss"], ["fit", "weights"]]
    figure.set_layout_engine("constrained", rect=(0, 0, 0.985, 1))  # room for the last tick label
    axes = figure.subplot_mosaic(layout, width_ratios=[1.15, 1], height_ratios=[1.6, 1])
    artists = {
        **_draw_fit(axes["fit"]),
        **_draw_losses(axes["loss"], first, last),
        **_draw_weights(axes["weights"]),
    }
    figure.legend(handles=_handles(artists), loc="outside lower center", ncols=5)
    artists["noise"].set_visible(False)  # until its height is known; the legend keeps it
    return artists


def update_regularization(artists: Artists, data: dict[str, Any]) -> None:
    """Put a trained network, its losses and its weights into the picture.

    Parameters
    ----------
    artists : dict
        What `draw_regularization` returned.
    data : dict
        `train` and `dev`, pairs (X, y); `fit` and `true`, the values at `inputs_of_curves()`;
        `steps`, `train_losses` and `dev_losses`; `noise`, the standard deviation of the noise;
        `stopped`, the step at which early stopping ended training or None; `weights` and
        `first_weights`, now and before the first step.
    """
    for split in ("train", "dev"):
        X, y = data[split]
        artists[f"{split}_points"].set_data(X[:, 0], y[:, 0])
    artists["train_points"].set_markersize(
        float(np.clip(40 / np.sqrt(len(data["train"][0])), 4, 6.5))
    )
    x = inputs_of_curves()[:, 0]
    artists["fit"].set_data(x, data["fit"])
    artists["true"].set_data(x, data["true"])
    low = -1.0 if min(data["true"]) >= 0 else -2.0
    set_static(artists["fit"].axes, ylim=(low, 2.0))
    _update_losses(artists, data)
    _update_weights(artists, data["weights"], data["first_weights"])


def _draw_fit(ax: Axes) -> Artists:
    artists: Artists = {
        f"{split}_points": ax.plot([], [], linestyle="", **look)[0]
        for split, look in POINT_LOOKS.items()
    }
    (artists["true"],) = ax.plot([], [], color=MUTED, linestyle=(0, (4, 2)), linewidth=1.6)
    (artists["fit"],) = ax.plot([], [], color=FIT_COLOR, linewidth=2.2, zorder=4)
    ax.set(xlim=(-1.05, 1.05), ylim=(-1, 2), xlabel="$x$", ylabel="$y$", title="Points and fit")
    return artists


def _draw_losses(ax: Axes, first: int, last: int) -> Artists:
    gap = PolyCollection([], facecolors=SPLIT_COLORS["dev"], alpha=0.18, linewidths=0)
    artists: Artists = {"gap": ax.add_collection(gap, autolim=False)}
    artists["noise"] = ax.axhline(1, color=MUTED, linestyle=":", linewidth=1.4)
    for split in ("train", "dev"):
        look: dict[str, Any] = {"color": SPLIT_COLORS[split], "linestyle": SPLIT_LINES[split]}
        (artists[f"{split}_curve"],) = ax.plot([], [], linewidth=1.8, **look)
    artists["stop"] = ax.axvline(first, color=INK, linewidth=1.2, visible=False)
    words: dict[str, Any] = {"fontsize": 9.5, "bbox": WHITE_BOX, "zorder": 5}
    across = ax.get_xaxis_transform()
    artists["stop_words"] = ax.text(first, 0.03, " stopped early ", transform=across, **words)
    artists["stop_words"].set_visible(False)
    right: dict[str, Any] = {"transform": ax.transAxes, "ha": "right", "va": "bottom"}
    artists["gap_words"] = ax.text(1, 1.02, "", fontsize=9.5, **right)  # where no curve can be
    ax.set(xscale="log", yscale="log", xlim=(first, last), ylim=LOSS_LIMITS)
    ax.set(xlabel="Step", title="Mean squared error")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_major_locator(LogLocator(subs=CLOSE_TICKS))
        axis.set_major_formatter("{x:g}")
        axis.set_minor_locator(NullLocator())
    return artists


def _handles(artists: Artists) -> list[Line2D]:
    """Return what the legend shows: for the sets, marks and curves in one."""
    looks = {split: {**look, "ls": SPLIT_LINES[split]} for split, look in POINT_LOOKS.items()}
    sets = [Line2D([], [], label=split, **look) for split, look in looks.items()]
    others = {"true": "true curve", "fit": "network", "noise": "noise σ²"}
    for name, label in others.items():
        artists[name].set_label(label)
    return [*sets, *(artists[name] for name in others)]


def _draw_weights(ax: Axes) -> Artists:
    edges, none = np.linspace(-1, 1, BINS + 1), np.zeros(BINS)
    artists: Artists = {
        "weights": ax.stairs(none, edges, fill=True, color=WEIGHT_COLOR, alpha=0.55, label="now"),
        "first_weights": ax.stairs(none, edges, color=INK, linewidth=1.1, label="at first"),
    }
    words: dict[str, Any] = {"transform": ax.transAxes, "fontsize": 9.5, "bbox": WHITE_BOX}
    artists["weights_words"] = ax.text(0.02, 0.96, "", va="top", **words)
    ax.set(xlim=(-1, 1), ylim=(0, 0.1), ylabel="Share", title="Weights")
    ax.legend(loc="upper right", handlelength=1.2, borderaxespad=0.1)
    return artists


def _update_losses(artists: Artists, data: dict[str, Any]) -> None:
    """Show the curves, the gap between them, and where training was stopped."""
    steps, train, dev = data["steps"], data["train_losses"], data["dev_losses"]
    artists["train_curve"].set_data(steps, train)
    artists["dev_curve"].set_data(steps, dev)
    there, back = np.column_stack([steps, dev]), np.column_stack([steps, train])[::-1]
    artists["gap"].set_verts([np.concatenate([there, back])])
    ax = artists["gap"].axes
    low, high = loss_limits([*train, *dev])
    locator: Any = ax.yaxis.get_major_locator()
    locator.set_params(subs=CLOSE_TICKS if high < 100 * low else (1.0,))
    set_static(ax, ylim=(low, high))
    variance = data["noise"] ** 2
    artists["noise"].set(visible=variance > 0, ydata=[variance, variance])
    _update_words(artists, data)


def _update_words(artists: Artists, data: dict[str, Any]) -> None:
    """Write the gap over the axes, and mark the end of training if it came early."""
    end, train, dev = data["steps"][-1], data["train_losses"][-1], data["dev_losses"][-1]
    first, last = artists["gap"].axes.get_xlim()
    side = {"x": end, "ha": "left" if end < math.sqrt(first * last) else "right"}
    artists["gap_words"].set_text(f"gap {two_digits(dev - train)}")
    early = data["stopped"] is not None
    artists["stop"].set(visible=early, xdata=[end, end])
    artists["stop_words"].set(visible=early, **side)


def loss_limits(losses: Sequence[float]) -> tuple[float, float]:
    """Return limits with losses inside them: always the same where they will do.

    Examples
    --------
    >>> loss_limits([0.5, 0.05]), loss_limits([0.005, 3.0])
    ((0.01, 0.5), (0.001, 10.0))
    """
    low, high = LOSS_LIMITS
    if (smallest := max(min(losses), 1e-8)) < low:
        low = 10.0 ** math.floor(math.log10(smallest))
    if (largest := min(max(losses), 1e8)) > high:
        high = 10.0 ** math.ceil(math.log10(largest))
    return low, high


def _update_weights(artists: Artists, weights: Array, first: Array) -> None:
    """Show which share of the weights lies in which bin, and the sum of their squares."""
    limit = weight_limit(first)
    edges = np.linspace(-limit, limit, BINS + 1)
    shares = [
        np.histogram(np.clip(w, -limit, limit), edges)[0] / max(w.size, 1) for w in (weights, first)
    ]
    for name, values in zip(("weights", "first_weights"), shares, strict=True):
        artists[name].set_data(values, edges)
    highest = max(float(values.max()) for values in shares)
    top = next(share for share in SHARES if share >= highest)
    set_static(artists["weights"].axes, xlim=(-limit, limit), ylim=(0.0, top))
    artists["weights_words"].set_text(f"ΣW² = {two_digits(float(np.sum(np.square(weights))))}")


def weight_limit(weights: Array) -> float:
    """Return a limit between which nearly all weights lie; those beyond count in the last bins.

    Examples
    --------
    >>> weight_limit(np.array([-0.3, 0.1, 0.2]))
    0.5
    """
    if weights.size == 0:
        return LIMITS[0]
    widest = float(np.quantile(np.abs(weights), 0.98))
    return next((limit for limit in LIMITS if limit >= widest), LIMITS[-1])
