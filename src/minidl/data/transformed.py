"""A data set whose inputs go through a transform on their way out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from minidl.data.dataset import Dataset
from minidl.data.transforms.base import check_transform, load_state_of, state_of
from minidl.validation import describe


class TransformedDataset(Dataset):
    """The samples (x, y) of another data set, each as (transform(x), y).

    What `ImageFolder` does with its pictures, for those that lie in memory.

    Parameters
    ----------
    dataset : Dataset
        Where samples come from.
    transform : callable
        What is done to each x when it is asked for.

    Raises
    ------
    TypeError
        If `dataset` is none, or the transform cannot be called.

    Examples
    --------
    >>> from minidl.data import ArrayDataset, load_digits
    >>> from minidl.data.transforms import Compose, Resize, ToArray
    >>> images, y = load_digits()
    >>> larger = Compose([Resize(28), ToArray()])
    >>> X, _ = TransformedDataset(ArrayDataset(images, y), larger).batch(slice(0, 16))
    >>> X.shape
    (16, 1, 28, 28)
    """

    def __init__(self, dataset: Dataset, transform: Callable[[Any], Any]) -> None:
        if not isinstance(dataset, Dataset):
            raise TypeError(
                f"TransformedDataset: expected a Dataset, received {describe(dataset)}; "
                "try ArrayDataset(X, y)"
            )
        self.dataset = dataset
        self.transform = check_transform(transform)

    def __len__(self) -> int:
        return len(self.dataset)

    def __getitem__(self, index: int) -> tuple[Any, ...]:
        x, *labels = self.dataset[index]
        return (self.transform(x), *labels)

    def state_dict(self) -> dict[str, Any]:
        """Return the state of the data set and of the transform."""
        return {"dataset": self.dataset.state_dict(), "transform": state_of(self.transform)}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over what `state_dict` returned.

        Raises
        ------
        ValueError
            If it is of another data set or transform.
        """
        load_state_of(self.transform, state["transform"])
        self.dataset.load_state_dict(state["dataset"])
