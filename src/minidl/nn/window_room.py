"""Whether there is room for a window in what comes in, and what to try if not."""

from __future__ import annotations

from minidl.nn.sizes import Sizes, shown
from minidl.nn.windows import Windows

AXES = {1: "L", 2: "H, W"}


def check_room(op: object, windows: Windows, shape: Sizes, channels: int | None = None) -> None:
    """Refuse inputs of a shape over which the windows of `op` cannot slide.

    Parameters
    ----------
    op : object
        What it is called in errors.
    windows : Windows
        Its windows.
    shape : tuple of int
        That of the inputs.
    channels : int, optional
        How many the inputs must have.

    Raises
    ------
    ValueError
        If the shape is not (N, C, H, W), or (N, C, L), with that number of channels, or no
        window fits in.

    Examples
    --------
    >>> check_room("conv1", Windows.of(3, 1, 0, 1), (10, 1, 28, 28))
    >>> check_room("conv1", Windows.of(3, 1, 0, 1), (10, 28, 28))  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ValueError: conv1: expected inputs of shape (N, C, H, W), received (10, 28, 28); try ...
    """
    directions = len(windows.size)
    if len(shape) != directions + 2 or channels not in (None, shape[1]):
        wanted = f"(N, {channels or 'C'}, {AXES[directions]})"
        raise ValueError(
            f"{op}: expected inputs of shape {wanted}, received {shape}"
            f"{_advice(shape, channels, directions)}"
        )
    if 0 in shape[2:] or 0 in windows.count(shape[2:]):
        least = tuple(
            max(1, covered - sum(zeros))
            for covered, zeros in zip(windows.covered, windows.padding, strict=True)
        )
        raise ValueError(
            f"{op}: expected {'height and width' if directions == 2 else 'a length'} of at "
            f"least {shown(least)} for its window, received {shown(shape[2:])}; try a smaller "
            "kernel_size, or padding"
        )


def _advice(shape: Sizes, channels: int | None, directions: int) -> str:
    """Return what to try where an axis is missing, or the channels stand last."""
    if len(shape) == directions + 2 and shape[-1] == channels:
        return f"; try x.transpose(0, {directions + 1}, {', '.join('12'[:directions])})"
    if len(shape) != directions + 1:
        return ""
    ways = []
    if channels in (None, shape[0]):
        ways.append("x[np.newaxis] for a single sample")
    if channels in (None, 1):
        ways.append("x[:, np.newaxis] for samples of one channel")
    return f"; try {' or '.join(ways)}" if ways else ""
