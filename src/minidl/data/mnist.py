"""MNIST and Fashion-MNIST: 70,000 grey images of digits and of clothes, downloaded once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data.downloads import RemoteFile, fetch_file
from minidl.data.idx import read_idx

Array = npt.NDArray[Any]
Part = tuple[Array, Array]

FASHION_CLASSES = (
    *("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat"),
    *("Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"),
)
"""What the labels 0 … 9 of `fetch_fashion_mnist` stand for."""

NAMES = ("train-images-idx3", "train-labels-idx1", "t10k-images-idx3", "t10k-labels-idx1")

MNIST_MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
)
MNIST_SHA256 = (
    "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
)

FASHION_MIRRORS = (
    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
)
FASHION_SHA256 = (
    "3aede38d61863908ad78613f6a32ed271626dd12800ba2636569512369268a84",
    "a04f17134ac03560a47e3764e11b92fc97de4d1bfaf8ba1a3aa29af54cc90845",
    "346e55b948d973a97e58d2351dde16a484bd415d4595297633bb08f03db6a073",
    "67da17c76eaffca5446c3361aaab5c3cd6d1c2608764d35dfb1850b086bf8dd5",
)


def fetch_mnist(folder: str | Path | None = None, *, progress: bool = True) -> tuple[Part, Part]:
    """Return 70,000 handwritten digits, each an image of 28 × 28 pixels; 12 MB, downloaded once.

    Parameters
    ----------
    folder : str or Path, optional
        Where downloads are kept; by default what the environment variable `MINIDL_DATA` says, or
        else the folder for caches that the system has.
    progress : bool
        Whether to show a progress bar while a file is downloaded.

    Returns
    -------
    (X, y), (X_test, y_test)
        60,000 and 10,000 samples: images of uint8 and shape (N, 28, 28), from 0 for paper to 255
        for ink, and digits of int64 and shape (N,).

    Raises
    ------
    DownloadError
        If a file is neither there nor to be had; it says where to put it by hand.
    ImportError
        If pooch is not installed.

    Notes
    -----
    Source: LeCun, Cortes and Burges, The MNIST database of handwritten digits,
    http://yann.lecun.com/exdb/mnist/. Licence: none stated there; often given as CC BY-SA 3.0.

    Examples
    --------
    >>> (X, y), (X_test, y_test) = fetch_mnist()  # doctest: +SKIP
    """
    return _fetch("mnist", MNIST_MIRRORS, MNIST_SHA256, folder, progress)


def fetch_fashion_mnist(
    folder: str | Path | None = None, *, progress: bool = True
) -> tuple[Part, Part]:
    """Return 70,000 pictures of clothes in ten classes, `FASHION_CLASSES`; 31 MB, downloaded once.

    Made to take the place of MNIST, and harder than it.

    Parameters
    ----------
    folder, progress
        As for `fetch_mnist`.

    Returns
    -------
    (X, y), (X_test, y_test)
        60,000 and 10,000 samples: images of uint8 and shape (N, 28, 28), from 0 for ground to 255,
        and classes of int64 and shape (N,).

    Raises
    ------
    DownloadError
        If a file is neither there nor to be had; it says where to put it by hand.
    ImportError
        If pooch is not installed.

    Notes
    -----
    Source: Xiao, Rasul and Vollgraf (2017), Fashion-MNIST: a Novel Image Dataset for Benchmarking
    Machine Learning Algorithms, https://arxiv.org/abs/1708.07747. Licence: MIT.

    Examples
    --------
    >>> (X, y), (X_test, y_test) = fetch_fashion_mnist()  # doctest: +SKIP
    """
    return _fetch("fashion-mnist", FASHION_MIRRORS, FASHION_SHA256, folder, progress)


def _fetch(
    folder_name: str,
    mirrors: tuple[str, ...],
    digests: tuple[str, ...],
    folder: str | Path | None,
    progress: bool,
) -> tuple[Part, Part]:
    paths = []
    for name, digest in zip(NAMES, digests, strict=True):
        urls = [f"{mirror}{name}-ubyte.gz" for mirror in mirrors]
        file = RemoteFile(f"{folder_name}/{name}-ubyte.gz", digest, urls)
        paths.append(fetch_file(file, folder, progress=progress))
    return _read_part(*paths[:2]), _read_part(*paths[2:])


def _read_part(images: Path, labels: Path) -> Part:
    X, y = read_idx(images), read_idx(labels)
    if X.ndim != 3 or y.ndim != 1 or len(X) != len(y):
        raise ValueError(
            f"{images} and {labels}: expected as many labels as images, "
            f"received arrays of shapes {y.shape} and {X.shape}"
        )
    return X, y.astype(np.int64)
