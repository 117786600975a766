"""Pictures from arrays or a history: `ax=None` in, `ax` out; they never train."""

try:
    import matplotlib as _matplotlib  # noqa: F401
except ImportError as error:
    raise ImportError(
        "minidl.plots needs matplotlib. Try: python -m pip install 'minidl[viz]'"
    ) from error

from minidl.plots.activation import plot_activation
from minidl.plots.curves import plot_history
from minidl.plots.diagnostics import plot_diagnostics
from minidl.plots.fit import fit_report
from minidl.plots.gradient_flow import plot_gradient_sizes
from minidl.plots.graph import draw_graph
from minidl.plots.half_planes import plot_half_planes
from minidl.plots.images import plot_images
from minidl.plots.linear_map import plot_grid
from minidl.plots.losses import plot_losses
from minidl.plots.network import plot_hidden_units
from minidl.plots.picture import Picture
from minidl.plots.points import plot_points
from minidl.plots.regions import plot_boundary, plot_decision_regions
from minidl.plots.style import (
    CATEGORY_COLORS,
    CLASS_COLORS,
    CLASS_MAP,
    CLASS_MARKERS,
    SPLIT_COLORS,
    SPLIT_LINES,
    SPLIT_MARKERS,
    new_axes,
    styled,
)

__all__ = [
    "CATEGORY_COLORS",
    "CLASS_COLORS",
    "CLASS_MAP",
    "CLASS_MARKERS",
    "SPLIT_COLORS",
    "SPLIT_LINES",
    "SPLIT_MARKERS",
    "Picture",
    "draw_graph",
    "fit_report",
    "new_axes",
    "plot_activation",
    "plot_boundary",
    "plot_decision_regions",
    "plot_diagnostics",
    "plot_gradient_sizes",
    "plot_grid",
    "plot_half_planes",
    "plot_hidden_units",
    "plot_history",
    "plot_images",
    "plot_losses",
    "plot_points",
    "styled",
]
