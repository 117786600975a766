"""A window of nine weights that steps over an image: patch, products, sum and output."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.explorers.convolution.images import KERNELS, OWN, SIZE, make_images
from minidl.explorers.convolution.picture import (
    ConvolutionArtists,
    ConvolutionView,
    draw_convolution,
    output_place,
    update_convolution,
    window_place,
)
from minidl.nn import Conv2d
from minidl.plots.numbers import significant
from minidl.widgets.controls import choice, int_slider, number_grid, stops
from minidl.widgets.explorer import Explorer, Figure, State

KERNEL = 3
MOST_PADDING = 2


class ConvolutionExplorer(Explorer[ConvolutionArtists, ConvolutionView]):
    """Kernel, stride, padding and a place → the output, and how its number there comes about.

    The place follows the pointer, or the sliders.

    Parameters
    ----------
    **start
        First values of controls, such as `image="a dot"`: image, kernel, weights (three rows of
        three whole numbers), divisor, stride, padding, row, column.

    Examples
    --------
    >>> explorer = ConvolutionExplorer(kernel="blur", image="a square", row=1, column=1)
    >>> explorer.status.partition(".")[0]
    'Row 1, column 1 of 7 × 7: the nine products add up to 9, divided by 9 that is 1'
    >>> explorer.close()
    """

    alt = (
        "Left: an image with a frame around nine of its numbers. Middle: these numbers, the "
        "kernel's nine weights, and their products with the sum. Right: the output, with a frame "
        "around the number that the sum has become"
    )
    size = (760, 350)
    pointer = True

    def make_controls(self) -> dict[str, Any]:
        """Return the controls: what the window holds, how it moves, and where to look."""
        return {**self._kernel_controls(), **self._window_controls()}

    def _kernel_controls(self) -> dict[str, Any]:
        weights, divisor = KERNELS["identity"]
        return {
            "image": choice(
                "Image", "a digit", options=list(make_images()), tooltip="What it slides over.",
            ),
            "kernel": choice(
                "Kernel", "identity", options=[*KERNELS, OWN],
                tooltip="A well-known set of nine weights, or those in the boxes.",
            ),
            "weights": number_grid(
                "Its weights", weights, low=-9, high=9,
                tooltip="The nine weights: type, or use the arrow keys.",
            ),
            "divisor": stops(
                "Divided by", divisor, options=[1, 2, 4, 8, 9, 16],
                tooltip="What the sum of the products is divided by.",
            ),
        }  # fmt: skip

    def _window_controls(self) -> dict[str, Any]:
        return {
            "stride": int_slider(
                "Stride", 1, low=1, high=3, tooltip="By how much the window moves.",
            ),
            "padding": int_slider(
                "Padding", 0, low=0, high=MOST_PADDING, tooltip="Rows of zeros around the image.",
            ),
            "row": int_slider(
                "Output row", 3, low=1, high=output_size(1, 0),
                tooltip="The row of the output to look at.",
            ),
            "column": int_slider(
                "Output column", 3, low=1, high=output_size(1, 0),
                tooltip="The column of the output to look at.",
            ),
        }  # fmt: skip

    def consequences(self, name: str, value: Any) -> dict[str, Any]:
        """Let a kernel set the weights, and weights that are changed be the reader's own."""
        if name == "kernel" and value != OWN:
            weights, divisor = KERNELS[value]
            return {"weights": weights, "divisor": divisor}
        return {"kernel": OWN} if name in ("weights", "divisor") else {}

    def highest(self, values: dict[str, Any]) -> dict[str, float]:
        """Return where rows and columns of the output end."""
        now = {name: control.value for name, control in self.controls.items()} | values
        last = output_size(now["stride"], now["padding"])
        return {name: max(last, values.get(name, last)) for name in ("row", "column")}

    def pointed(self, x: float, y: float) -> dict[str, Any]:
        """Return the row and the column of the output under the pointer, or of the window there."""
        view, artists = self.view, self.picture.artists
        if view is None:
            return {}
        for board, place_at in ((artists.output, output_place), (artists.image, window_place)):
            found = self.picture.data_at(board.axes, x, y)
            if found is not None:
                row, column = place_at(view, *found)
                inside = min(row, column) >= 0 and max(row, column) < len(view.sums)
                return {"row": row + 1, "column": column + 1} if inside else {}
        return {}

    def compute(self, state: State) -> ConvolutionView:
        """Slide the window over the image, and take the place apart that is looked at."""
        image = make_images()[state.image]
        weights = np.array(state.weights)
        slide = Conv2d(
            1, 1, KERNEL, stride=state.stride, padding=state.padding, bias=False,
            weight_init=lambda *_: weights[np.newaxis, np.newaxis],
        )  # fmt: skip
        sums = np.rint(slide(image[np.newaxis, np.newaxis])[0, 0]).astype(np.int64)
        row, column = (min(place, len(sums)) - 1 for place in (state.row, state.column))
        top, left = row * state.stride, column * state.stride
        padded = np.pad(image, state.padding)
        patch = padded[top : top + KERNEL, left : left + KERNEL]
        return ConvolutionView(
            image=image, padding=state.padding, stride=state.stride, weights=weights,
            divisor=state.divisor, sums=sums, row=row, column=column, patch=patch,
        )  # fmt: skip

    def draw(self, figure: Figure) -> ConvolutionArtists:
        """Draw the empty image, tables and output."""
        return draw_convolution(figure)

    def update(self, artists: ConvolutionArtists, view: ConvolutionView) -> None:
        """Show a place of the window."""
        update_convolution(artists, view)

    def sentence(self, state: State, view: ConvolutionView) -> str:
        """State the sum, the number in the output and the output's size."""
        n, total = len(view.sums), view.sums[view.row, view.column]
        share = f", divided by {view.divisor} that is {significant(total / view.divisor)}"
        return (
            f"Row {view.row + 1}, column {view.column + 1} of {n} × {n}: the nine products add up "
            f"to {significant(total)}{share if view.divisor > 1 else ''}. Size of the output: "
            f"({SIZE} + 2·{view.padding} − {KERNEL}) // {view.stride} + 1 = {n}."
        )


def output_size(stride: int, padding: int) -> int:
    """Return how many rows and columns the output has.

    Examples
    --------
    >>> output_size(1, 0), output_size(2, 1)
    (7, 5)
    """
    return (SIZE + 2 * padding - KERNEL) // stride + 1
