"""What transforms share: how they are called, and the state of those that are random."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data.images import as_image
from minidl.validation import as_generator, check_real, describe

Array = npt.NDArray[Any]


class Transform:
    """The base of transforms: `transform(x)` returns a new array and leaves `x` as it is.

    A subclass writes `__call__`, and `inverse` if it can be undone.
    """

    def __call__(self, x: Any) -> Any:
        """Return `x` transformed."""
        raise NotImplementedError(f"{type(self).__name__} needs a method __call__(self, x)")

    def inverse(self, x: Any) -> Any:
        """Return what would be transformed to `x`, as a new array.

        Raises
        ------
        TypeError
            If there is no way back.
        """
        raise TypeError(
            f"{type(self).__name__}: expected a transform with an inverse, and this one has none: "
            "it does not keep all of the image"
        )

    def state_dict(self) -> dict[str, Any]:
        """Return what must be saved for the same random choices to come again."""
        return {}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over what `state_dict` returned.

        Raises
        ------
        ValueError
            If it is of another transform.
        """
        check_keys(self, state, set())


class ImageTransform(Transform):
    """The base of transforms of images, which are bytes of shape (H, W, 3), (H, W, 1) or (H, W).

    A subclass writes `apply`, which gets all of them with channels.
    """

    def __call__(self, x: Any) -> Any:
        """Return the transformed image, of shape (H, W, C).

        Raises
        ------
        TypeError, ValueError
            If `x` is no image of bytes.
        """
        return self.apply(as_image(x, type(self).__name__))

    def apply(self, image: Array) -> Array:
        """Return the transformed image."""
        raise NotImplementedError(f"{type(self).__name__} needs a method apply(self, image)")


class RandomTransform(ImageTransform):
    """The base of random transforms of images.

    Parameters
    ----------
    rng : int, numpy.random.Generator or None
        Where the random choices come from.
    """

    def __init__(self, rng: int | np.random.Generator | None) -> None:
        self.rng = as_generator(rng)

    def state_dict(self) -> dict[str, Any]:
        """Return the state of the generator."""
        return {"rng": self.rng.bit_generator.state}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over the state of a generator.

        Raises
        ------
        ValueError
            If it is of another transform, or another kind of generator.
        """
        check_keys(self, state, {"rng"})
        try:
            self.rng.bit_generator.state = state["rng"]
        except Exception as error:  # whatever a generator makes of a hostile state
            raise ValueError(
                f"{type(self).__name__}: expected the state of a {self._kind_of_generator()}, "
                f"received {describe(state['rng'])}"
            ) from error

    def _kind_of_generator(self) -> str:
        return type(self.rng.bit_generator).__name__


class RandomChoice(RandomTransform):
    """The base of transforms that are done with a probability, else not.

    Parameters
    ----------
    p : float
        The probability, 0 to 1.
    rng : int, numpy.random.Generator or None
        Where the random choices come from.
    """

    def __init__(self, p: float, rng: int | np.random.Generator | None) -> None:
        super().__init__(rng)
        self.p = check_real(p, "p", low=0, high=1)

    def apply(self, image: Array) -> Array:
        """Return the image, changed or not."""
        return self.change(image) if self.rng.random() < self.p else image.copy()

    def change(self, image: Array) -> Array:
        """Return the changed image."""
        raise NotImplementedError(f"{type(self).__name__} needs a method change(self, image)")


def check_transform(value: Any) -> Callable[[Any], Any]:
    """Return a transform if it can be called.

    Raises
    ------
    TypeError
        If it cannot be called.

    Examples
    --------
    >>> check_transform([np.negative])
    Traceback (most recent call last):
    TypeError: transform: expected a callable, received [<ufunc 'negative'>]; try Compose([…])
    """
    if not callable(value) or isinstance(value, type):
        hint = f"; try {value.__name__}(…)" if isinstance(value, type) else "; try Compose([…])"
        raise TypeError(f"transform: expected a callable, received {describe(value)}{hint}")
    return value


def check_keys(transform: Transform, state: Mapping[str, Any], keys: set[str]) -> None:
    """Refuse a state that has not just these entries.

    Raises
    ------
    ValueError
        If it has others.
    """
    if not isinstance(state, Mapping) or set(state) != keys:
        raise ValueError(
            f"{type(transform).__name__}: expected a state of {sorted(keys)}, "
            f"received {describe(state)}"
        )


def state_of(transform: Any) -> dict[str, Any]:
    """Return the state of a transform; that of a plain function, or of none, is empty."""
    return transform.state_dict() if isinstance(transform, Transform) else {}


def load_state_of(transform: Any, state: Mapping[str, Any]) -> None:
    """Take over what `state_of` returned.

    Raises
    ------
    ValueError
        If it is of another transform.
    """
    (transform if isinstance(transform, Transform) else Transform()).load_state_dict(state)
