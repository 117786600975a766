"""Data: points and images to learn from, and how they are split, cut into batches, transformed."""

from minidl.data.banknotes import make_banknotes
from minidl.data.batches import iterate_batches
from minidl.data.cifar import CIFAR10_CLASSES, fetch_cifar10
from minidl.data.cifar_format import read_cifar10, write_cifar10
from minidl.data.curves import make_quadratic, make_sine
from minidl.data.dataset import ArrayDataset, Dataset
from minidl.data.digits import load_digits
from minidl.data.downloads import DownloadError
from minidl.data.image_folder import ImageFolder
from minidl.data.images import read_image
from minidl.data.interpolation import interpolate
from minidl.data.loader import DataLoader
from minidl.data.mnist import FASHION_CLASSES, fetch_fashion_mnist, fetch_mnist
from minidl.data.mnist1d import make_mnist1d, mnist1d_templates
from minidl.data.penguins import PENGUIN_FEATURES, PENGUIN_SPECIES, load_penguins
from minidl.data.scaling import StandardScaler
from minidl.data.sealed import Opening, SealedSet, SealError
from minidl.data.split import train_dev_test_split
from minidl.data.strips import Strips, make_strips
from minidl.data.subset import Subset
from minidl.data.synthetic import (
    make_blobs,
    make_circles,
    make_moons,
    make_spirals,
    make_xor,
)
from minidl.data.transformed import TransformedDataset

__all__ = [
    "CIFAR10_CLASSES",
    "FASHION_CLASSES",
    "PENGUIN_FEATURES",
    "PENGUIN_SPECIES",
    "ArrayDataset",
    "DataLoader",
    "Dataset",
    "DownloadError",
    "ImageFolder",
    "Opening",
    "SealError",
    "SealedSet",
    "StandardScaler",
    "Strips",
    "Subset",
    "TransformedDataset",
    "fetch_cifar10",
    "fetch_fashion_mnist",
    "fetch_mnist",
    "interpolate",
    "iterate_batches",
    "load_digits",
    "load_penguins",
    "make_banknotes",
    "make_blobs",
    "make_circles",
    "make_mnist1d",
    "make_moons",
    "make_quadratic",
    "make_sine",
    "make_spirals",
    "make_strips",
    "make_xor",
    "mnist1d_templates",
    "read_cifar10",
    "read_image",
    "train_dev_test_split",
    "write_cifar10",
]
