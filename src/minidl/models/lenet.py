"""LeNet, the convolutional network that read the digits on cheques."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.nn import Conv2d, Flatten, Linear, MaxPool2d, ReLU, Sequential, he_normal
from minidl.nn.init import Initializer
from minidl.validation import as_float_array, as_generator, check_choice, check_positive_int

Array = npt.NDArray[Any]


class LeNet(Sequential):
    """Two convolutions with poolings, then three affine layers.

    After LeCun, Bottou, Bengio and Haffner (1998), with ReLU in place of tanh, the largest number
    of a window in place of its mean, and scores for a softmax at the end, as it is built today.

    Parameters
    ----------
    in_channels : int
        1 for grey images, 3 for colour.
    num_classes : int
        The number of scores.
    image_size : {28, 32}
        Height and width of the images; to those of 28, two zeros are added on each side, so that
        all layers are the same.
    weight_init : callable
        Of all weights, see `minidl.nn.init`; biases are zero.
    rng : int, numpy.random.Generator or None
        Where the weights come from.
    dtype : dtype
        float64 or float32.
    name : str, optional
        What the whole is called inside a larger one.

    Raises
    ------
    TypeError, ValueError
        If an argument is out of its range; by `forward`, if images have another size.

    Examples
    --------
    >>> model = LeNet(rng=0)
    >>> model(np.zeros((2, 1, 28, 28))).shape
    (2, 10)
    >>> sum(parameter.value.size for parameter in model.parameters())
    61706
    """

    def __init__(
        self,
        in_channels: int = 1,
        num_classes: int = 10,
        *,
        image_size: int = 28,
        weight_init: Initializer = he_normal,
        rng: int | np.random.Generator | None = None,
        dtype: npt.DTypeLike = np.float64,
        name: str | None = None,
    ) -> None:
        rng = as_generator(rng)
        check_positive_int(in_channels, "in_channels")
        check_positive_int(num_classes, "num_classes")
        padding = (32 - check_choice(image_size, "image_size", (28, 32))) // 2

        def conv(into: int, out: int, name: str, padding: int = 0) -> Conv2d:
            drawn: dict[str, Any] = {"weight_init": weight_init, "rng": rng, "dtype": dtype}
            return Conv2d(into, out, 5, padding=padding, name=name, **drawn)

        def linear(into: int, out: int, name: str) -> Linear:
            return Linear(into, out, weight_init=weight_init, rng=rng, dtype=dtype, name=name)

        super().__init__(
            conv(in_channels, 6, "conv1", padding),
            ReLU(name="relu1"),
            MaxPool2d(2, name="pool1"),
            conv(6, 16, "conv2"),
            ReLU(name="relu2"),
            MaxPool2d(2, name="pool2"),
            Flatten(name="flatten"),
            linear(16 * 5 * 5, 120, "fc1"),
            ReLU(name="relu3"),
            linear(120, 84, "fc2"),
            ReLU(name="relu4"),
            linear(84, num_classes, "fc3"),
            name=name,
        )
        self.image_shape = (in_channels, image_size, image_size)

    def forward(self, x: Any) -> Array:
        """Return scores, shape (N, num_classes), for images x of shape (N, C, H, W)."""
        x = as_float_array(x, self)
        if x.shape[1:] != self.image_shape:
            wanted = ", ".join(map(str, self.image_shape))
            advice = "in_channels and image_size, or x[:, np.newaxis] for grey images (N, H, W)"
            if x.shape[1:] == (*self.image_shape[1:], self.image_shape[0]):
                advice = "x.transpose(0, 3, 1, 2)"
            raise ValueError(
                f"{self}: expected images of shape (N, {wanted}), received {x.shape}; try {advice}"
            )
        return super().forward(x)
