"""What a small convolutional network sees in a digit: filters, feature maps and evidence."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.explorers.what_it_sees.picture import (
    SightArtists,
    SightView,
    draw_sight,
    update_sight,
)
from minidl.explorers.what_it_sees.training import (
    FILTERS,
    POOLED,
    digit_sets,
    training_of,
)
from minidl.nn import Sequential
from minidl.numerics import softmax
from minidl.plots.numbers import plain
from minidl.widgets.controls import choice, int_slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]

PREDICTED = -1
MOST_IMAGES = 25
FURTHEST = 2


class WhatItSeesExplorer(Explorer[SightArtists, SightView]):
    """A digit, moved if you like, and a training → what each filter finds, and what it counts for.

    The network is a convolution with eight filters of 3 × 3, a ReLU, a pooling of 2 × 2 and one
    affine layer, so that the score of a class is its bias plus the evidence at 4 × 4 places.

    Parameters
    ----------
    **start
        First values of controls, such as `digit=3, right=2`: digit, which, evidence (for which
        class, or −1 for the predicted one), right, down, epochs, seed.
    """

    alt = (
        "Above: an image of a digit, the evidence that each part of it is for a class, and the "
        "probabilities of the ten classes. Below: the eight filters, each over what it finds in "
        "the image"
    )
    size = (760, 430)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls."""
        classes = {"the answer": PREDICTED} | {str(digit): digit for digit in range(10)}
        return {
            "digit": choice(
                "Digit", 3, options=range(10), tooltip="Which digit has been written.",
            ),
            "which": int_slider(
                "Image", 1, low=1, high=MOST_IMAGES, tooltip="Which of the new images of it.",
            ),
            "right": int_slider(
                "Moved right", 0, low=-FURTHEST, high=FURTHEST, tooltip="By so many columns.",
            ),
            "down": int_slider(
                "Moved down", 0, low=-FURTHEST, high=FURTHEST, tooltip="By so many rows.",
            ),
            "evidence": choice(
                "Evidence for", PREDICTED, options=classes, tooltip="What the image could be.",
            ),
            "epochs": stops(
                "Epochs", 20, options=[0, 1, 2, 5, 10, 20, 40],
                tooltip="How often it has seen the 1,438 training images.",
            ),
            "seed": stops(
                "First weights", 0, options=range(5), tooltip="Which random weights it began with.",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> Iterator[SightView | None]:
        """Train as far as is needed, and look at an image."""
        for network in training_of(state.seed).up_to(state.epochs):
            if network is None:
                yield None
                continue
            image = moved(image_of(state.digit, state.which), state.right, state.down)
            accuracy = accuracy_of(state.seed, state.epochs, state.right, state.down)
            yield look(network, image, state.evidence, accuracy)

    def draw(self, figure: Figure) -> SightArtists:
        """Draw the empty picture."""
        return draw_sight(figure)

    def update(self, artists: SightArtists, view: SightView) -> None:
        """Show what is found in an image."""
        update_sight(artists, view)

    def sentence(self, state: State, view: SightView) -> str:
        """State the answer, and how the score of a class adds up."""
        answer, k = int(np.argmax(view.probs)), view.evidence_for
        total = float(view.evidence.sum())
        where = "the new images" if not (state.right or state.down) else "new images, moved as this"
        return (
            f"Written: {state.digit}. Answer: {answer}, with probability "
            f"{plain(view.probs[answer])}. Score of {k}: evidence {plain(total, 1)} and bias "
            f"{plain(view.bias, 1)}. Right for {view.accuracy:.0%} of {where}."
        )


@cache
def image_of(digit: int, which: int) -> Array:
    """Return a new image of a digit, shape (8, 8), counted from 1."""
    images, digits = digit_sets().new
    same = images[digits == digit]
    return np.asarray(same[(which - 1) % len(same), 0])


def moved(images: Array, right: int, down: int) -> Array:
    """Return images moved by so many columns and rows; zeros come in.

    Examples
    --------
    >>> moved(np.array([[1, 2], [3, 4]]), right=1, down=0)
    array([[0, 1],
           [0, 3]])
    """
    height, width = images.shape[-2:]
    sides = [(0, 0)] * (images.ndim - 2) + [(abs(down),) * 2, (abs(right),) * 2]
    top, left = abs(down) - down, abs(right) - right
    return np.pad(images, sides)[..., top : top + height, left : left + width]


@cache
def accuracy_of(seed: int, epochs: int, right: int, down: int) -> float:
    """Return the share of new images, moved, for which the network is right."""
    *_, network = training_of(seed).up_to(epochs)
    images, digits = digit_sets().new
    assert network is not None
    return float((network(moved(images, right, down)).argmax(axis=1) == digits).mean())


def look(network: Sequential, image: Array, evidence_for: int, accuracy: float) -> SightView:
    """Return what a network finds in an image, and how the score of a class adds up."""
    convolution, relu, pooling, flatten, affine = network.layers
    maps = relu(convolution(image[np.newaxis, np.newaxis]))
    features = flatten(pooling(maps))
    scores = affine(features)[0]
    k = int(scores.argmax()) if evidence_for == PREDICTED else evidence_for
    shares = features[0] * affine.params["W"][:, k]
    return SightView(
        image=image,
        filters=convolution.params["W"][:, 0],
        maps=maps[0],
        evidence_for=k,
        evidence=shares.reshape(FILTERS, POOLED, POOLED).sum(axis=0),
        bias=float(affine.params["b"][0, k]),
        probs=softmax(scores),
        accuracy=accuracy,
    )
