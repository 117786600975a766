"""A folder that somebody made to do harm is refused with its name, and nothing happens."""

import hashlib
import json
import os
import random
import tracemalloc

import numpy as np
import pytest

from minidl.nn import Linear, Sequential
from minidl.storage import CheckpointError
from minidl.storage.model_folder import load_model, save_model
from tests.storage.hostile import ARCHIVES, TEXTS, archive, array, pickled_array

MEGABYTE = 2**20
posix_only = pytest.mark.skipif(os.name == "nt", reason="needs POSIX files")


def build(seed=0):
    return Sequential(Linear(1, 1, rng=seed, name="fc"))


@pytest.fixture
def folder(tmp_path):
    save_model(build(), tmp_path / "model")
    return tmp_path / "model"


def manifest_of(folder):
    return json.loads((folder / "model.json").read_text())


def layer_file(folder):
    return folder / manifest_of(folder)["folder"] / "fc.npz"


def change_manifest(at, **changes):
    (at / "model.json").write_text(json.dumps(manifest_of(at) | changes))


def plant(folder, data):
    """Put other bytes in a layer's file, with the digest that belongs to them."""
    layer_file(folder).write_bytes(data)
    change_manifest(folder, files={"fc": hashlib.sha256(data).hexdigest()})


def assert_refused(folder, words=""):
    """The error names the file and what is wrong; the model and the folder stay, memory too."""
    model, untouched = build(5), build(5)
    files = sorted(folder.parent.rglob("*"))
    tracemalloc.start()
    try:
        with pytest.raises(CheckpointError, match=rf"(model\.json|fc\.npz): .*{words}"):
            load_model(model, folder)
        assert tracemalloc.get_traced_memory()[1] < 30 * MEGABYTE
    finally:
        tracemalloc.stop()
    for name, array_ in model.state_dict().items():
        assert np.array_equal(array_, untouched.state_dict()[name])
    assert sorted(folder.parent.rglob("*")) == files


@pytest.mark.parametrize("data", ARCHIVES.values(), ids=ARCHIVES)
def test_a_layers_file_is_refused(folder, data):
    plant(folder, data)
    assert_refused(folder)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_manifest_is_refused(folder, text):
    (folder / "model.json").write_bytes(text)
    assert_refused(folder)


def test_a_pickle_inside_an_archive_is_not_unpickled(folder, tmp_path):
    trace = tmp_path / "trace"
    plant(folder, archive({"W.npy": pickled_array(trace), "b.npy": array([[0.0]])}))
    assert_refused(folder)
    assert not trace.exists()


@pytest.mark.parametrize(
    ("arrays", "words"),
    [
        ({"W": [[1.0]]}, "is of another model: array 'b' is missing"),
        ({"W": [[1.0]], "b": [[1.0]], "c": 1.0}, "array 'c' is unexpected"),
        ({"W": [[1.0]], "../b": [[1.0]]}, r"'b' is missing; array '\.\./b' is unexpected"),
        ({"W": [[1.0]], "b": [1.0]}, r"expected b of shape \(1, 1\) .* received \(1,\)"),
        ({"W": [[1.0, 2.0]], "b": [[1.0]]}, r"expected W of shape \(1, 1\) .* received \(1, 2\)"),
        ({"W": [[1]], "b": [[1.0]]}, "expected W .* dtype float64, .* int64"),
        ({"W": np.ones((1, 1), "f4"), "b": [[1.0]]}, "expected W .* dtype float64, .* float32"),
        ({"W": np.ones((1, 1), ">f8"), "b": [[1.0]]}, "expected W .* dtype float64, .* >f8"),
        ({"W": [[1j]], "b": [[1.0]]}, "arrays of numbers"),
    ],
)
def test_arrays_of_another_kind_are_refused(folder, arrays, words):
    plant(folder, archive({f"{name}.npy": array(value) for name, value in arrays.items()}))
    assert_refused(folder, words)


def test_two_arrays_of_one_name_are_refused(folder):
    data = archive({"W.npy": array([[1.0]]), "b.npy": array([[1.0]]), "c.npy": array([[1.0]])})
    plant(folder, data.replace(b"c.npy", b"b.npy"))
    assert_refused(folder, "two arrays of one name")


def test_bytes_that_are_not_those_of_the_manifest_are_refused(folder):
    path = layer_file(folder)
    data = archive({"W.npy": array([[1.0]]), "b.npy": array([[1.0]])})
    path.write_bytes(data)
    assert_refused(folder, "its SHA-256 is not the one in model.json")


def test_every_truncation_is_refused(folder):
    data = layer_file(folder).read_bytes()
    model = build(5)
    before = model.state_dict()
    for length in range(0, len(data), 3):
        plant(folder, data[:length])
        with pytest.raises(CheckpointError, match=r"fc\.npz: "):
            load_model(model, folder)
    assert all(np.array_equal(model.state_dict()[name], before[name]) for name in before)


def test_damaged_bytes_are_refused_or_do_no_harm(folder):
    data, draw = layer_file(folder).read_bytes(), random.Random(0)
    saved, refused = build().state_dict(), 0
    for _ in range(300):
        damaged = bytearray(data)
        for _ in range(draw.randint(1, 4)):
            damaged[draw.randrange(len(data))] = draw.randrange(256)
        plant(folder, bytes(damaged))
        model = build(5)
        before = model.state_dict()
        try:
            load_model(model, folder)
            before = saved
        except CheckpointError:
            refused += 1
        assert all(np.array_equal(model.state_dict()[name], before[name]) for name in before)
    assert refused > 200


def test_a_file_longer_than_the_layer_can_be_is_not_read(folder):
    plant(folder, layer_file(folder).read_bytes() + bytes(50_000))
    assert_refused(folder, "expected at most .* bytes, received")


def test_a_manifest_of_many_megabytes_is_not_read(folder):
    with (folder / "model.json").open("r+b") as stream:
        stream.truncate(10**10)  # a hole that takes no space
    assert_refused(folder, "expected at most 10000000 bytes, received 10000000000")


ELSEWHERE = ["..", ".", "", "/", "/tmp", "../weights-0123456789abcdef"]
NEARLY = ["weights-0123456789abcdef/..", "weights-0123456789ABCDEF", "weights-0123456789abcdef\n"]


@pytest.mark.parametrize("name", [*ELSEWHERE, *NEARLY, 3, None, ["weights-0123456789abcdef"]])
def test_a_subfolder_that_leaves_the_folder_is_refused(folder, name):
    change_manifest(folder, folder=name)
    assert_refused(folder, "expected a subfolder such as weights-")


def test_a_subfolder_that_does_not_exist_is_refused(folder):
    change_manifest(folder, folder="weights-0123456789abcdef")
    assert_refused(folder, "cannot be read")


@pytest.mark.parametrize("files", [None, [], "fc", {"fc": 3}, {"fc": None}, {"fc": ["a"]}])
def test_a_list_of_files_that_is_none_is_refused(folder, files):
    change_manifest(folder, files=files)
    assert_refused(folder, "expected 'files' with the SHA-256")


@pytest.mark.parametrize("name", ["../fc", "/etc/passwd", "FC", "fc\0"])
def test_names_of_files_that_are_no_layers_are_refused(folder, name):
    change_manifest(folder, files=manifest_of(folder)["files"] | {name: "0" * 64})
    assert_refused(folder, "is of another model: layer .* is unexpected")


@posix_only
def test_a_link_out_of_the_folder_is_not_followed(folder, tmp_path):
    path, secret = layer_file(folder), tmp_path / "secret.npz"
    path.rename(secret)
    path.symlink_to(secret)
    assert_refused(folder, "lies outside the model's folder")


@posix_only
def test_a_linked_subfolder_is_not_followed(folder, tmp_path):
    subfolder = layer_file(folder).parent
    subfolder.rename(tmp_path / subfolder.name)
    subfolder.symlink_to(tmp_path / subfolder.name)
    assert_refused(folder, "lies outside the model's folder")


@posix_only
def test_saving_does_not_follow_a_linked_subfolder(folder, tmp_path):
    mine = tmp_path / "mine"
    mine.mkdir()
    (mine / "thesis.txt").write_text("mine")
    (folder / f"weights-{'0' * 16}").symlink_to(mine)
    save_model(build(), folder)
    assert (mine / "thesis.txt").read_text() == "mine"


@posix_only
def test_a_linked_folder_itself_is_fine(folder, tmp_path):
    (tmp_path / "link").symlink_to(folder)
    model = build(5)
    load_model(model, tmp_path / "link")
    assert np.array_equal(model.state_dict()["fc.W"], build().state_dict()["fc.W"])


@posix_only
@pytest.mark.timeout(20)
@pytest.mark.parametrize("which", ["manifest", "layer"])
def test_a_pipe_is_not_waited_for(folder, which):
    path = folder / "model.json" if which == "manifest" else layer_file(folder)
    path.unlink()
    os.mkfifo(path)
    assert_refused(folder, "is not a file")
