"""Photos of banknotes and two networks to ask about them, where the reader brings none."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from minidl.data.banknote_drawing import photo_of
from minidl.data.banknotes import VALUES
from minidl.data.transforms import Compose, Normalize, ToArray
from minidl.losses import CrossEntropyLoss
from minidl.models import LeNet
from minidl.op import Op
from minidl.optim import Adam
from minidl.train import Runner

Array = npt.NDArray[Any]

N_TRAIN, N_SHOWN = 240, 12
TO_INPUT = Compose([ToArray(), Normalize([0.45], [0.25])])


class Photos(NamedTuple):
    """Photos of shape (N, 32, 32, 3), and the classes that they are of."""

    images: Array
    labels: Array


def drawn_photos(N: int, watermark: tuple[float, float], seed: int) -> Photos:
    """Return photos of tens and fifties by turns, that part of each with a watermark.

    Examples
    --------
    >>> images, labels = drawn_photos(4, (0, 1), seed=0)
    >>> images.shape, labels.tolist()
    ((4, 32, 32, 3), [0, 1, 0, 1])
    """
    rng, labels = np.random.default_rng(seed), np.arange(N) % len(VALUES)
    images = [photo_of(VALUES[k], rng, watermark=rng.random() < watermark[k]) for k in labels]
    return Photos(np.stack(images), labels)


@cache
def shown_photos() -> Photos:
    """Return photos to look at; the fifties have a watermark."""
    return drawn_photos(N_SHOWN, (0, 1), seed=1)


@cache
def two_networks() -> dict[str, Op]:
    """Return a network whose training set had the watermark on all fifties, and on any photo."""
    return {
        "mark on fifties": _trained((0, 1), num_epochs=6),
        "mark on any": _trained((0.5, 0.5), num_epochs=12),
    }


def _trained(watermark: tuple[float, float], num_epochs: int) -> Op:
    images, labels = drawn_photos(N_TRAIN, watermark, seed=0)
    X = np.stack([TO_INPUT(image) for image in images])
    model = LeNet(3, len(VALUES), image_size=32, rng=0, dtype=np.float32)
    runner = Runner(model, Adam(model, lr=0.002), CrossEntropyLoss(), metric=None, rng=0)
    runner.train((X, labels), num_epochs=num_epochs, batch_size=20)
    return model
