"""The bundled data sets are those of their sources, to the last bit."""

import hashlib
from pathlib import Path

import numpy as np
import pytest

from minidl.data import PENGUIN_FEATURES, PENGUIN_SPECIES, load_digits, load_penguins
from minidl.data.bundled import read_bundled
from minidl.data.digits import digit_rows

ROOT = Path(__file__).parents[2]
BUNDLED = ROOT / "src" / "minidl" / "data" / "bundled"


def fingerprint(*arrays):
    return hashlib.sha256(b"".join(array.tobytes() for array in arrays)).hexdigest()[:16]


def test_digits_are_images_of_bytes_and_whole_numbers():
    X, y = load_digits()
    assert (X.shape, X.dtype) == ((1797, 8, 8), np.uint8)
    assert (y.shape, y.dtype) == ((1797,), np.int64)
    assert (X.min(), X.max()) == (0, 16)
    assert np.bincount(y).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]


def test_digits_are_those_of_the_source():
    assert fingerprint(*load_digits()) == "65e5b4619795efb4"


def test_digits_in_rows_are_the_same_digits_in_another_order():
    (images, digits), (X, y) = load_digits(), digit_rows()
    pixels = np.round(16 * X).astype(np.uint8).reshape(-1, 8, 8)
    ours, theirs = (
        sorted((int(label), image.tobytes()) for image, label in zip(*pair, strict=True))
        for pair in ((pixels, y), (images, digits))
    )
    assert ours == theirs
    assert not np.array_equal(y, digits)
    assert digit_rows()[0] is X
    with pytest.raises(ValueError, match="read-only"):
        X[0] = 0


def test_penguins_are_measures_and_whole_numbers():
    X, y = load_penguins()
    assert (X.shape, X.dtype) == ((342, 4), np.float64)
    assert (y.shape, y.dtype) == ((342,), np.int64)
    assert X.min(axis=0).tolist() == [32.1, 13.1, 172, 2700]
    assert X.max(axis=0).tolist() == [59.6, 21.5, 231, 6300]
    assert np.bincount(y).tolist() == [151, 68, 123]


def test_all_penguins_are_in_the_file_and_two_were_not_measured():
    rows = [row.split(",") for row in read_bundled("penguins.csv").decode("ascii").split()[1:]]
    assert [sum(row[0] == name for row in rows) for name in PENGUIN_SPECIES] == [152, 68, 124]
    assert [row[0] for row in rows if "NA" in row[2:6]] == ["Adelie", "Gentoo"]


def test_penguins_are_those_of_the_source():
    assert fingerprint(*load_penguins()) == "586307fa12fbc801"


def test_the_species_differ_as_published():
    """Gorman, Williams and Fraser: Gentoos are the heaviest, Adelies have the shortest bills."""
    X, y = load_penguins()
    bill, _, _, mass = np.array([X[y == label].mean(axis=0) for label in range(3)]).T
    assert PENGUIN_SPECIES[bill.argmin()] == "Adelie"
    assert PENGUIN_SPECIES[mass.argmax()] == "Gentoo"


@pytest.mark.parametrize("features", [("body_mass_g",), ["flipper_length_mm", "bill_depth_mm"]])
def test_features_come_as_asked_for(features):
    X, y = load_penguins(features)
    whole, species = load_penguins()
    columns = [PENGUIN_FEATURES.index(feature) for feature in features]
    assert np.array_equal(X, whole[:, columns])
    assert np.array_equal(y, species)


@pytest.mark.parametrize(
    "features",
    ["body_mass_g", ("wing",), (), ("body_mass_g", "species"), ("body_mass_g", "body_mass_g")],
)
def test_features_that_are_not_there_are_a_clear_error(features):
    words = "features: expected different ones among bill_length_mm, .*, body_mass_g, received "
    with pytest.raises(ValueError, match=words):
        load_penguins(features)


@pytest.mark.parametrize("load", [load_digits, load_penguins])
def test_every_call_returns_arrays_of_its_own(load):
    for array in load():
        array[...] = 0
    assert all(array.any() for array in load())


def test_source_and_licence_stand_beside_each_file_and_in_its_docstring():
    readme = (BUNDLED / "README.md").read_text(encoding="utf-8")
    for name, load, licence in (
        ("penguins.csv", load_penguins, "CC0 1.0"),
        ("digits.npz", load_digits, "CC BY 4.0"),
    ):
        section = readme.split(f"## {name}")[1].split("\n## ")[0]
        assert licence in section
        assert f"Licence: {licence}" in load.__doc__
        assert "https://doi.org/" in section
    files = {path.name for path in BUNDLED.iterdir() if path.is_file()}
    assert files == {"__init__.py", "README.md", "penguins.csv", "digits.npz"}
