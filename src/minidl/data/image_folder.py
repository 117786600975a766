"""A folder of pictures as a data set: one folder a class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data.dataset import Dataset, Rows, collate
from minidl.data.images import MODES, read_image
from minidl.data.transforms.base import check_transform, load_state_of, state_of
from minidl.validation import check_choice, describe

Array = npt.NDArray[Any]

IMAGE_ENDINGS = (
    *(".jpg", ".jpeg", ".png", ".bmp", ".gif", ".tif", ".tiff", ".webp"),
    *(".ppm", ".pgm"),
)
"""How the names of files end that are taken for images, in small or capital letters."""


class ImageFolder(Dataset):
    """The pictures in a folder that has one folder for each class; torchvision's `ImageFolder`.

    `notes/10/a.png` is a picture of class "10". The classes are sorted by name as texts and
    numbered from 0; within each, pictures are sorted by their paths. Folders in a class's folder
    belong to it. What is hidden (its name begins with a dot) is left out, and so are files that
    are no images by the end of their names.

    Files are read when they are asked for, so that no more than a batch is in memory.

    Parameters
    ----------
    folder : str or Path
        The folder of folders.
    transform : callable, optional
        What is done to each picture, such as a `Compose` of `minidl.data.transforms`. Without
        one, a sample is the picture itself, bytes of shape (H, W, C).
    mode : {"RGB", "L"}
        Whether pictures are read in colour (C = 3) or as grey (C = 1).

    Attributes
    ----------
    classes : list of str
        The names of the classes.
    class_to_idx : dict
        The label of each class.
    samples : list of (Path, int)
        File and label of each sample.
    targets : list of int
        The labels.

    Raises
    ------
    FileNotFoundError
        If there is no such folder, no folder in it, or a class without pictures.
    TypeError
        If the transform cannot be called.

    Examples
    --------
    >>> import tempfile
    >>> from minidl.data import make_banknotes
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     notes = ImageFolder(make_banknotes(folder, 6, rng=0))
    ...     image, label = notes[5]
    >>> notes.classes, notes.targets, image.shape, label
    (['10', '50'], [0, 0, 0, 1, 1, 1], (32, 32, 3), 1)
    """

    def __init__(
        self,
        folder: str | Path,
        transform: Callable[[Array], Any] | None = None,
        *,
        mode: str = "RGB",
    ) -> None:
        self.folder = Path(folder).expanduser()
        self.transform = None if transform is None else check_transform(transform)
        self.mode = check_choice(mode, "mode", MODES)
        folders = _class_folders(self.folder)
        self.classes = [path.name for path in folders]
        self.class_to_idx = {name: label for label, name in enumerate(self.classes)}
        self.samples = [(p, label) for label, part in enumerate(folders) for p in _images_in(part)]
        self.targets = [label for _, label in self.samples]

    def __len__(self) -> int:
        return len(self.samples)

    def __getitem__(self, index: int) -> tuple[Any, int]:
        path, label = self.samples[index]
        image = read_image(path, self.mode)
        return (image if self.transform is None else self.transform(image)), label

    def batch(self, rows: Rows) -> tuple[Array, Array]:
        """Return several pictures as one batch, and their labels.

        Raises
        ------
        ValueError
            If they differ in size; it names two of them.
        """
        numbers = range(len(self))[rows] if isinstance(rows, slice) else rows.tolist()
        samples = [self[number] for number in numbers]
        self._check_sizes(numbers, [np.shape(image) for image, _ in samples])
        X, y = collate(samples)
        return X, y

    def _check_sizes(self, numbers: Any, shapes: list[tuple[int, ...]]) -> None:
        for number, shape in zip(numbers, shapes, strict=True):
            if shape != shapes[0]:
                raise ValueError(
                    f"ImageFolder: expected images of one shape in a batch, received "
                    f"{self.samples[numbers[0]][0]} of {shapes[0]} and "
                    f"{self.samples[number][0]} of {shape}; try the transform Resize((32, 32))"
                )

    def state_dict(self) -> dict[str, Any]:
        """Return the state of the transform."""
        return state_of(self.transform)

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Take over what `state_dict` returned."""
        load_state_of(self.transform, state)


def _class_folders(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise FileNotFoundError(
            f"ImageFolder: expected a folder, received {describe(str(folder))}, which is "
            f"{'a file' if folder.exists() else 'not there'}; seen from {Path.cwd()}"
        )
    found = [path for path in _visible(folder) if path.is_dir()]
    if not found:
        raise FileNotFoundError(
            f"ImageFolder: expected a folder for each class in {folder}, received none; "
            f"try moving the images of a class to {folder / 'its name'}"
        )
    return found


def _images_in(folder: Path) -> list[Path]:
    """Return the images of a class, of which there is at least one."""
    files = _files_in(folder)
    images = [path for path in files if path.suffix.lower() in IMAGE_ENDINGS]
    if not images:
        endings = Counter(path.suffix for path in files)
        others = ", ".join(
            f"{count} of {ending or 'no ending'}" for ending, count in endings.items()
        )
        raise FileNotFoundError(
            f"ImageFolder: expected images in each class's folder, received {folder} with "
            f"{f'other files only ({others})' if others else 'no files'}; "
            f"try removing it, or images as {' '.join(IMAGE_ENDINGS[:3])}"
        )
    return images


def _files_in(folder: Path) -> list[Path]:
    """Return all files of a folder and those in it, but for hidden ones."""
    parts = [_files_in(path) if path.is_dir() else [path] for path in _visible(folder)]
    return [path for part in parts for path in part]


def _visible(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not path.name.startswith("."))
