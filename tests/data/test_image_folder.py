"""Folders of images as a data set, the good ones and those that people have."""

from pathlib import Path

import numpy as np
import pytest

from minidl.data import DataLoader, ImageFolder
from minidl.data.transforms import Compose, RandomCrop, Resize, ToArray
from tests.data.pictures import noisy, save, write


@pytest.fixture
def animals(tmp_path):
    """Two classes, three images, and much else that is none."""
    save(tmp_path / "dog" / "b.png", noisy(seed=1))
    save(tmp_path / "dog" / "A.JPG", noisy(seed=2))
    save(tmp_path / "cat" / "young" / "1.png", noisy(seed=3))
    save(tmp_path / ".ipynb_checkpoints" / "x.png")
    save(tmp_path / "dog" / ".ipynb_checkpoints" / "b-checkpoint.png")
    write(tmp_path / "dog" / "._b.png", b"of another system")
    write(tmp_path / "dog" / ".DS_Store")
    write(tmp_path / "dog" / "Thumbs.db")
    write(tmp_path / "readme.txt", b"words")
    save(tmp_path / "cover.png")
    return tmp_path


def test_classes_are_the_visible_folders_in_order(animals):
    data = ImageFolder(animals)
    assert data.classes == ["cat", "dog"]
    assert data.class_to_idx == {"cat": 0, "dog": 1}


def test_samples_are_the_visible_images_in_order(animals):
    data = ImageFolder(animals)
    names = [path.relative_to(animals).as_posix() for path, _ in data.samples]
    assert names == ["cat/young/1.png", "dog/A.JPG", "dog/b.png"]
    assert data.targets == [label for _, label in data.samples] == [0, 1, 1]
    assert len(data) == 3


def test_a_sample_is_the_picture_and_its_label(animals):
    image, label = ImageFolder(str(animals))[2]
    assert np.array_equal(image, noisy(seed=1))
    assert label == 1
    assert ImageFolder(animals)[-1][1] == 1


def test_grey_images_have_one_channel(animals):
    assert ImageFolder(animals, mode="L")[0][0].shape == (6, 5, 1)


def test_a_transform_is_done_to_each_picture(animals):
    data = ImageFolder(animals, Compose([Resize((4, 4)), ToArray()]))
    X, y = data.batch(slice(0, 3))
    assert (X.shape, X.dtype) == ((3, 3, 4, 4), np.float32)
    assert (y.tolist(), y.dtype.kind) == ([0, 1, 1], "i")
    assert np.array_equal(X[2], data[2][0])


def test_any_function_will_do_as_a_transform(animals):
    assert ImageFolder(animals, np.mean)[1][0] == ImageFolder(animals)[1][0].mean()


def test_bytes_stay_bytes_in_a_batch(animals):
    X, y = ImageFolder(animals).batch(np.array([2, 0]))
    assert (X.shape, X.dtype, y.tolist()) == ((2, 6, 5, 3), np.uint8, [1, 0])


def test_a_loader_goes_through_it(animals):
    batches = list(DataLoader(ImageFolder(animals), 2, shuffle=True, rng=0))
    assert sorted(label for _, y in batches for label in y.tolist()) == [0, 1, 1]


def test_images_of_different_sizes_are_named_with_advice(animals):
    save(animals / "dog" / "large.png", noisy(60, 50))
    with pytest.raises(ValueError, match=r"1.png of \(6, 5, 3\) and .*large.png of \(60, 50, 3\);"):
        ImageFolder(animals).batch(slice(0, 4))
    X, _ = ImageFolder(animals, Resize((8, 8))).batch(slice(0, 4))
    assert X.shape == (4, 8, 8, 3)


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "received an empty file"), (b"no image", "received a damaged or another kind")],
)
def test_a_broken_image_is_named_when_its_turn_comes(animals, data, words):
    write(animals / "dog" / "bad.png", data)
    with pytest.raises(ValueError, match=f"bad.png: expected an image, {words}"):
        list(DataLoader(ImageFolder(animals), 1))


def test_an_image_that_has_gone_since_is_named(animals):
    data = ImageFolder(animals)
    (animals / "dog" / "b.png").unlink()
    with pytest.raises(FileNotFoundError, match=r"b\.png"):
        data[2]


def test_a_folder_that_is_not_there_is_named_and_from_where_it_was_looked_for(tmp_path):
    words = "expected a folder, received .*pictures, which is not there; seen from /"
    with pytest.raises(FileNotFoundError, match=words):
        ImageFolder(tmp_path / "pictures")


def test_a_file_is_no_folder(tmp_path):
    with pytest.raises(FileNotFoundError, match="which is a file"):
        ImageFolder(save(tmp_path / "a.png"))


def test_images_without_folders_of_classes_are_refused_with_advice(tmp_path):
    save(tmp_path / "a.png")
    save(tmp_path / ".ipynb_checkpoints" / "a.png")
    with pytest.raises(FileNotFoundError, match=r"a folder for each class in .* none; try"):
        ImageFolder(tmp_path)


def test_a_class_without_files_is_named(animals):
    (animals / "empty").mkdir()
    with pytest.raises(FileNotFoundError, match=r"received .*empty with no files; try removing it"):
        ImageFolder(animals)


def test_a_class_of_files_that_cannot_be_read_is_told_of_their_kinds(animals):
    for number in range(3):
        write(animals / "phone" / f"{number}.heic")
    write(animals / "phone" / "notes")
    words = r"phone with other files only \(3 of .heic, 1 of no ending\); try .* images as .jpg"
    with pytest.raises(FileNotFoundError, match=words):
        ImageFolder(animals)


@pytest.mark.parametrize(
    ("arguments", "error", "words"),
    [
        ({"transform": Resize}, TypeError, r"try Resize\(…\)"),
        ({"transform": [Resize(4)]}, TypeError, r"transform: expected a callable, .*try Compose"),
        ({"mode": "HSV"}, ValueError, "mode: expected one of 'RGB', 'L'"),
    ],
)
def test_wrong_settings_are_refused(animals, arguments, error, words):
    with pytest.raises(error, match=words):
        ImageFolder(animals, **arguments)


def test_the_home_folder_may_be_written_as_a_tilde(animals, monkeypatch):
    monkeypatch.setenv("HOME", str(animals.parent))
    monkeypatch.setenv("USERPROFILE", str(animals.parent))
    assert ImageFolder(Path("~") / animals.name).classes == ["cat", "dog"]


def test_its_state_is_that_of_its_transform(animals):
    one, other = (ImageFolder(animals, RandomCrop(3, padding=2, rng=seed)) for seed in (0, 1))
    other.load_state_dict(one.state_dict())
    assert all(np.array_equal(one[0][0], other[0][0]) for _ in range(5))
    assert ImageFolder(animals).state_dict() == ImageFolder(animals, np.mean).state_dict() == {}


@pytest.mark.parametrize("transform", [None, np.mean, Resize(3)])
def test_a_state_of_another_transform_is_refused(animals, transform):
    saved = ImageFolder(animals, RandomCrop(3, rng=0)).state_dict()
    with pytest.raises(ValueError, match="expected a state of"):
        ImageFolder(animals, transform).load_state_dict(saved)
