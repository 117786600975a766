"""Colours over a rectangle of the plane, redrawn at the speed of a slider."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.transforms import IdentityTransform

from minidl.plots.style import CLASS_MAP

Array = npt.NDArray[Any]


class Shading(AxesImage):
    """An image whose cells are enlarged by repeating them, several times faster than resampling.

    Made by `shade`; new values go in by `set_data`.
    """

    def make_image(self, renderer: Any, magnification: float = 1.0, unsampled: bool = False) -> Any:
        """Return the pixels, bottom row first, and the pixel at their lower left."""
        if unsampled:
            return super().make_image(renderer, magnification, unsampled)
        left, right, bottom, top = self.get_extent()
        corners = self.axes.transData.transform([(left, bottom), (right, top)])
        (x0, y0), (x1, y1) = np.rint(corners).astype(int)
        colors = self.to_rgba(np.asarray(self.get_array()), bytes=True).view(np.uint32)[..., 0]
        rows, columns = (
            ((np.arange(size) + 0.5) * cells / size).astype(int)
            for size, cells in zip((y1 - y0, x1 - x0), colors.shape, strict=True)
        )
        pixels = colors[np.ix_(rows, columns)]
        return pixels.view(np.uint8).reshape(*pixels.shape, 4), x0, y0, IdentityTransform()


def shade(ax: Axes, extent: tuple[float, float, float, float]) -> Shading:
    """Add a shading from blue (0) over white (0.5) to vermilion (1) to axes and return it.

    Parameters
    ----------
    ax
        Linear axes that stay as they are.
    extent
        The rectangle: x₁ from, to, x₂ from, to. Values have shape (rows, columns), bottom first.
    """
    shading = Shading(ax, cmap=CLASS_MAP, origin="lower", extent=extent)
    shading.set_clim(0, 1)
    shading.set_data(np.full((1, 1), 0.5))
    shading.set_clip_path(ax.patch)
    ax.add_image(shading)
    return shading
