"""Data: point sets to learn from, and how they are split, cut into batches and scaled."""

from minidl.data.batches import iterate_batches
from minidl.data.curves import make_quadratic, make_sine
from minidl.data.dataset import ArrayDataset, Dataset
from minidl.data.digits import load_digits
from minidl.data.loader import DataLoader
from minidl.data.penguins import PENGUIN_FEATURES, PENGUIN_SPECIES, load_penguins
from minidl.data.scaling import StandardScaler
from minidl.data.split import train_dev_test_split
from minidl.data.strips import Strips, make_strips
from minidl.data.synthetic import (
    make_blobs,
    make_circles,
    make_moons,
    make_spirals,
    make_xor,
)

__all__ = [
    "PENGUIN_FEATURES",
    "PENGUIN_SPECIES",
    "ArrayDataset",
    "DataLoader",
    "Dataset",
    "StandardScaler",
    "Strips",
    "iterate_batches",
    "load_digits",
    "load_penguins",
    "make_blobs",
    "make_circles",
    "make_moons",
    "make_quadratic",
    "make_sine",
    "make_spirals",
    "make_strips",
    "make_xor",
    "train_dev_test_split",
]
