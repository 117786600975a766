"""Transforms one after the other."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from minidl.data.transforms.base import (
    Transform,
    check_keys,
    check_transform,
    load_state_of,
    state_of,
)
from minidl.validation import describe


class Compose(Transform):
    """Transforms in a row, each taking what the one before returns; torchvision's `Compose`.

    A slice of it is a `Compose` too: `transform[-2:]` are the last two.

    Parameters
    ----------
    transforms : sequence of callable
        The steps. A plain function is one too, though it has no inverse and no state.

    Raises
    ------
    TypeError
        If it is no sequence of what can be called.

    Examples
    --------
    >>> import numpy as np
    >>> from minidl.data.transforms import Normalize, RandomCrop, ToArray
    >>> transform = Compose([RandomCrop(32, padding=4, rng=0), ToArray(), Normalize(0.5, 0.5)])
    >>> x = transform(np.zeros((32, 32, 3), dtype=np.uint8))
    >>> x.shape, float(x.min())
    ((3, 32, 32), -1.0)
    >>> transform[1:].inverse(x).shape
    (32, 32, 3)
    """

    def __init__(self, transforms: Sequence[Callable[[Any], Any]]) -> None:
        if not isinstance(transforms, list | tuple):
            raise TypeError(
                f"Compose: expected a list of transforms, received {describe(transforms)}"
            )
        self.transforms = [check_transform(step) for step in transforms]

    def __call__(self, x: Any) -> Any:
        """Return `x` after all steps."""
        for step in self.transforms:
            x = step(x)
        return x

    def inverse(self, x: Any) -> Any:
        """Return `x` with all steps undone, the last one first.

        Raises
        ------
        TypeError
            If one of them has no inverse; it names the last such step.
        """
        for number in reversed(range(len(self.transforms))):
            if not _has_inverse(self.transforms[number]):
                raise self._no_way_back(number)
        for step in reversed(self.transforms):
            x = step.inverse(x)
        return x

    def _no_way_back(self, number: int) -> TypeError:
        name, rest = _name_of(self.transforms[number]), len(self.transforms) - number - 1
        hint = f"; try transform[{number + 1}:].inverse(x), without it" if rest else ""
        return TypeError(
            f"Compose: expected steps with an inverse, received {name}, which has none, "
            f"as transforms[{number}]{hint}"
        )

    def __len__(self) -> int:
        return len(self.transforms)

    def __getitem__(self, index: Any) -> Any:
        found = self.transforms[index]
        return Compose(found) if isinstance(index, slice) else found

    def __repr__(self) -> str:
        return f"Compose([{', '.join(map(_name_of, self.transforms))}])"

    def state_dict(self) -> dict[str, Any]:
        """Return the state of each step, by its place."""
        return {str(place): state_of(step) for place, step in enumerate(self.transforms)}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over the state of each step, or of none.

        Raises
        ------
        ValueError
            If it is of other steps; it names the first of them.
        """
        check_keys(self, state, {str(place) for place in range(len(self))})
        before = self.state_dict()
        try:
            self._load(state)
        except ValueError:
            self._load(before)
            raise

    def _load(self, state: Mapping[str, Any]) -> None:
        for place, step in enumerate(self.transforms):
            load_state_of(step, state[str(place)])


def _has_inverse(step: Any) -> bool:
    if isinstance(step, Compose):
        return all(map(_has_inverse, step.transforms))
    return isinstance(step, Transform) and type(step).inverse is not Transform.inverse


def _name_of(step: Any) -> str:
    return type(step).__name__ if isinstance(step, Transform) else getattr(step, "__name__", "it")
