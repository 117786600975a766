"""Image files for tests, good and bad ones."""

from pathlib import Path

import numpy as np
from PIL import Image


def noisy(height=6, width=5, seed=0):
    """Return an image of random colours."""
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), dtype=np.uint8)


def save(path, image=None):
    """Write an array as an image file, folders too, and return its path."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(noisy() if image is None else image).save(path)
    return path


def write(path, data=b""):
    """Write bytes to a file, folders too, and return its path."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
