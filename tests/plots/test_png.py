"""The PNG encoder."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from minidl.plots.png import encode_png


@pytest.mark.parametrize("shape", [(1, 1), (3, 5), (120, 90)])
def test_another_decoder_reads_the_same_pixels(shape):
    pixels = np.random.default_rng(0).integers(0, 256, (*shape, 4), dtype=np.uint8)
    with Image.open(io.BytesIO(encode_png(pixels))) as image:
        image.load()  # checks the checksums
        np.testing.assert_array_equal(np.asarray(image), pixels)
