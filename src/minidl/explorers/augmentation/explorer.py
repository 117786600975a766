"""Random transforms and a normalization: what of a photo reaches a network, and what comes back."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data.banknote_drawing import photo_of
from minidl.data.banknotes import VALUES
from minidl.data.transforms import (
    Compose,
    Normalize,
    RandomCrop,
    RandomGrayscale,
    RandomHorizontalFlip,
    ToArray,
)
from minidl.explorers.augmentation.picture import (
    DRAWS,
    EDGES,
    AugmentationArtists,
    AugmentationView,
    draw_augmentation,
    update_augmentation,
)
from minidl.plots.numbers import plain
from minidl.widgets.controls import choice, int_slider, stops
from minidl.widgets.explorer import Explorer, Figure, State

Array = npt.NDArray[Any]

N_SHOWN = 24
OWN, IMAGENET, NONE = "the training set's", "ImageNet's", "none"
IMAGENET_STATISTICS = (0.485, 0.456, 0.406), (0.229, 0.224, 0.225)
"""Mean and deviation of red, green and blue over a million photos, as torchvision gives them."""
SHARES = (0, 0.25, 0.5, 0.75, 1)


class AugmentationExplorer(Explorer[AugmentationArtists, AugmentationView]):
    """A photo, random transforms and a normalization → what a network sees, and the way back.

    Parameters
    ----------
    photos : ndarray of uint8, shape (N, H, W, 3), optional
        A training set; by default banknotes.
    **start
        First values of controls, such as `padding=8`: photo, padding, gray, flip, statistics,
        seed.

    Examples
    --------
    >>> explorer = AugmentationExplorer(padding=0, gray=0, flip=0)
    >>> explorer.status.partition(".")[0]
    'The draws are all alike'
    >>> explorer.close()
    """

    alt = (
        "Above: a photo, and what random transforms make of it, five times. Below: the first of "
        "these as three channels of numbers, the photo that the inverse makes of them, and how "
        "often each number occurs in the whole training set"
    )
    size = (760, 330)

    def __init__(self, photos: Array | None = None, **start: Any) -> None:
        self._photos = banknotes() if photos is None else np.asarray(photos)
        fractions = self._photos / 255
        self._own = fractions.mean(axis=(0, 1, 2)), fractions.std(axis=(0, 1, 2))
        super().__init__(**start)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls: which photo, the random transforms, the normalization."""
        last = min(len(self._photos), N_SHOWN)
        return {
            "photo": int_slider("Photo", 1, low=1, high=last, tooltip="Which photo it is."),
            "padding": int_slider(
                "Crop: padding", 4, low=0, high=8,
                tooltip="Black pixels around the photo, of which a part of its size is cut.",
            ),
            "gray": stops(
                "Grey: share", 0.25, options=SHARES, tooltip="How many lose their colours.",
            ),
            "flip": stops(
                "Mirrored: share", 0, options=SHARES, tooltip="How many are mirrored.",
            ),
            "statistics": choice(
                "Mean, deviation", OWN, options=[OWN, IMAGENET, NONE],
                tooltip="What is subtracted from each channel, and what it is divided by.",
            ),
            "seed": int_slider("Draws", 0, low=0, high=20, tooltip="Other random choices."),
        }  # fmt: skip

    def compute(self, state: State) -> AugmentationView:
        """Send a photo through the transforms several times, and all of them through the last."""
        photo = self._photos[state.photo - 1]
        to_numbers = Compose([ToArray(np.float64), Normalize(*self._statistics(state.statistics))])
        draws = random_draws(photo, state)
        numbers = to_numbers(draws[0])
        everything = np.stack([to_numbers(each) for each in self._photos])
        rim = random_draws(np.full_like(photo, 255), state)[0] == 0
        return AugmentationView(
            photo=photo, draws=draws, numbers=numbers, back=to_numbers.inverse(numbers),
            counts=counts_of(everything),
            mean=everything.mean(axis=(0, 2, 3)), std=everything.std(axis=(0, 2, 3)),
            lost=float(rim.mean()),
        )  # fmt: skip

    def _statistics(self, name: str) -> tuple[npt.ArrayLike, npt.ArrayLike]:
        return {OWN: self._own, IMAGENET: IMAGENET_STATISTICS, NONE: ([0.0], [1.0])}[name]

    def draw(self, figure: Figure) -> AugmentationArtists:
        """Draw the empty photos, channels and curves."""
        return draw_augmentation(figure, self._photos.shape[1:3])

    def update(self, artists: AugmentationArtists, view: AugmentationView) -> None:
        """Show what became of a photo."""
        update_augmentation(artists, view)

    def sentence(self, state: State, view: AugmentationView) -> str:
        """State how the draws differ, the whole set's mean and deviation, and what comes back."""
        different = len({draw.tobytes() for draw in view.draws})
        draws = {1: "all alike", DRAWS: "all different"}.get(different, f"of {different} kinds")
        means, stds = (", ".join(plain(n, 2) for n in numbers) for numbers in (view.mean, view.std))
        off = int((view.back != view.draws[0]).sum())
        return (
            f"The draws are {draws}. Red, green and blue of all photos have mean {means} and "
            f"deviation {stds}. The inverse returns the first draw with {off} bytes off; of the "
            f"file, the first draw has lost {view.lost:.0%} over its rim."
        )


@cache
def banknotes() -> Array:
    """Return photos of tens and fifties by turns, shape (N, 32, 32, 3)."""
    rng = np.random.default_rng(2)
    return np.stack([photo_of(VALUES[k % len(VALUES)], rng) for k in range(N_SHOWN)])


def random_draws(photo: Array, state: State) -> Array:
    """Return what the random transforms make of a photo, several times."""
    rng = np.random.default_rng([state.seed, state.photo])
    transform = Compose(
        [
            RandomCrop(photo.shape[:2], padding=state.padding, rng=rng),
            RandomGrayscale(state.gray, rng=rng),
            RandomHorizontalFlip(state.flip, rng=rng),
        ]
    )
    return np.stack([transform(photo) for _ in range(DRAWS)])


def counts_of(numbers: Array) -> Array:
    """Return for each channel which share of its numbers lies between two edges; (C, bins)."""
    channels = np.moveaxis(numbers, 1, 0).reshape(numbers.shape[1], -1)
    inside = np.clip(channels, EDGES[0], EDGES[-1])
    return np.array([np.histogram(channel, EDGES)[0] / channel.size for channel in inside])
