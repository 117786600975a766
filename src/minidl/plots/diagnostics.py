"""The state of health of a network in training, layer by layer."""

from __future__ import annotations

import itertools

import matplotlib
from matplotlib.axes import Axes
from matplotlib.ticker import PercentFormatter

from minidl.plots.style import INK, new_axes, styled
from minidl.train.listeners.diagnostics import Diagnostics
from minidl.validation import check_choice

RULE_OF_THUMB = 1e-3
"""By what share of its size a step should change a weight, about."""
TITLES = {
    "updates": ("Size of update over size of weight", "‖ΔW‖ / ‖W‖"),
    "gradients": ("Size of the gradients", "‖∂L/∂θ‖"),
    "saturated": ("Saturated numbers", "Share"),
    "dead": ("Dead units", "Share"),
}
DASHES = ("-", "--", ":", "-.")


@styled()
def plot_diagnostics(
    diagnostics: Diagnostics, ax: Axes | None = None, *, kind: str = "updates"
) -> Axes:
    """Plot what a `Diagnostics` listener has measured against the steps, a line for each layer.

    The lines go from dark for the first layer to light for the last, each with a dash of its own.

    Parameters
    ----------
    diagnostics : Diagnostics
        The listener, after a training.
    ax : matplotlib.axes.Axes, optional
        Where to draw; by default in a new figure.
    kind : {"updates", "gradients", "saturated", "dead"}
        What to draw. Updates and the weights' gradients are drawn on a logarithmic scale, on
        which a 0 is left out; updates against a line at 10⁻³.

    Returns
    -------
    matplotlib.axes.Axes

    Raises
    ------
    ValueError
        If nothing was measured.

    Examples
    --------
    >>> diagnostics = Diagnostics()
    >>> diagnostics.steps, diagnostics.updates = [1, 2], {"fc1.W": [0.01, 0.001]}
    >>> [line.get_label() for line in plot_diagnostics(diagnostics).lines]
    ['fc1.W', '10⁻³']
    """
    check_choice(kind, "kind", tuple(TITLES))
    record = getattr(diagnostics, kind)
    if not record:
        raise ValueError(
            f"expected diagnostics with {kind}, received none; try a training with listeners="
            "[diagnostics] first" + ("" if kind in ("updates", "gradients") else ", of activations")
        )
    if kind == "gradients":
        record = {
            name: sizes for name, sizes in record.items() if name in diagnostics.updates
        } or record
    ax = new_axes(ax)
    looks = zip(_shades(len(record)), itertools.cycle(DASHES), strict=False)
    for (name, values), (color, dashes) in zip(record.items(), looks, strict=False):
        mark = "o" if len(values) == 1 else None
        ax.plot(diagnostics.steps, values, color=color, linestyle=dashes, label=name, marker=mark)
    _finish(ax, kind)
    return ax


def _shades(count: int) -> list[tuple[float, float, float, float]]:
    """Return colours from dark to light, none of them too light for a line on white."""
    shades = matplotlib.colormaps["viridis"]
    return [shades(0.85 * place / max(count - 1, 1)) for place in range(count)]


def _finish(ax: Axes, kind: str) -> None:
    title, ylabel = TITLES[kind]
    ax.set(title=title, xlabel="Step", ylabel=ylabel)
    if kind in ("updates", "gradients"):
        ax.set_yscale("log", nonpositive="mask")
    else:
        ax.set_ylim(-0.02, 1.02)
        ax.yaxis.set_major_formatter(PercentFormatter(1))
    if kind == "updates":
        ax.axhline(RULE_OF_THUMB, color=INK, linewidth=1, linestyle=(0, (1, 3)), label="10⁻³")
    ax.legend()
