"""A checkpoint that somebody made to do harm is refused with its name, and nothing happens."""

import io
import json
import os
import random
import tracemalloc
import zipfile

import numpy as np
import pytest

from minidl.data import ArrayDataset, DataLoader
from minidl.storage.archive import pack_arrays, unpack_arrays
from minidl.train import CheckpointError
from tests.storage.hostile import ARCHIVES, BOMB, TEXTS, archive, array, pickled_array
from tests.train.helpers import DEV, TRAIN, make_runner
from tests.train.test_checkpoint import everything, noisy_runner, train

MEGABYTE = 2**20


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    """The bytes of a good checkpoint."""
    runner, path = noisy_runner(), tmp_path_factory.mktemp("saved") / "run.npz"
    train(runner, 2)
    runner.save_checkpoint(path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def live():
    """A runner in the middle of its training, which no refused file may change."""
    runner = noisy_runner(seed=3)
    train(runner, 1)
    return runner


def refuse(data, live, tmp_path, words=""):
    path = tmp_path / "run.npz"
    path.write_bytes(data)
    before, files = everything(live), sorted(tmp_path.rglob("*"))
    tracemalloc.start()
    try:
        with pytest.raises(CheckpointError, match=rf"run\.npz: .*{words}"):
            live.resume(path)
        assert tracemalloc.get_traced_memory()[1] < 30 * MEGABYTE + 4 * len(data)
    finally:
        tracemalloc.stop()
    assert everything(live) == before
    assert sorted(tmp_path.rglob("*")) == files


def with_tree(saved, change):
    """Return the checkpoint after `change` of the metadata in it, as bytes or as a tree."""
    arrays = unpack_arrays(saved, "saved")
    tree = json.loads(arrays["tree"].tobytes())
    changed = change(tree)
    text = changed if isinstance(changed, bytes) else json.dumps(tree).encode()
    return pack_arrays(arrays | {"tree": np.frombuffer(text, np.uint8)})


@pytest.mark.parametrize("data", ARCHIVES.values(), ids=ARCHIVES)
def test_bytes_that_are_no_checkpoint_are_refused(data, live, tmp_path):
    refuse(data, live, tmp_path)


@pytest.mark.parametrize("data", ARCHIVES.values(), ids=ARCHIVES)
def test_hostile_arrays_beside_good_metadata_are_refused(data, saved, live, tmp_path):
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return
    with zipfile.ZipFile(io.BytesIO(saved)) as good:
        members = {info.filename: good.read(info) for info in good.infolist()}
    start, end = data.find(b"PK\x03\x04"), data.find(b"PK\x01\x02")
    name_length = int.from_bytes(data[start + 26 : start + 28], "little")
    members["0.npy"] = data[start + 30 + name_length : end]
    refuse(archive(members), live, tmp_path)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_hostile_metadata_is_refused(text, saved, live, tmp_path):
    text = text.replace(b"minidl model", b"minidl checkpoint")
    refuse(with_tree(saved, lambda tree: text), live, tmp_path)


def test_a_pickle_inside_is_not_unpickled(saved, live, tmp_path):
    trace = tmp_path / "trace"
    refuse(archive({"tree.npy": pickled_array(trace)}), live, tmp_path, "arrays of numbers")
    assert not trace.exists()


def test_every_truncation_is_refused(saved, live, tmp_path):
    path = tmp_path / "run.npz"
    before = everything(live)
    for length in range(0, len(saved), 97):
        path.write_bytes(saved[:length])
        with pytest.raises(CheckpointError, match=r"run\.npz: "):
            live.resume(path)
    assert everything(live) == before


def test_damaged_bytes_are_refused_or_do_no_harm(saved, live, tmp_path):
    path, draw = tmp_path / "run.npz", random.Random(0)
    before, refused = everything(live), 0
    runner, good = noisy_runner(), noisy_runner()
    path.write_bytes(saved)
    good.resume(path)
    live.save_checkpoint(tmp_path / "live.npz")
    runner.resume(tmp_path / "live.npz")
    for _ in range(300):
        damaged = bytearray(saved)
        for _ in range(draw.randint(1, 4)):
            damaged[draw.randrange(len(saved))] = draw.randrange(256)
        path.write_bytes(damaged)
        try:
            runner.resume(path)
            assert everything(runner) == everything(good)
            runner.resume(tmp_path / "live.npz")
        except CheckpointError:
            refused += 1
            assert everything(runner) == before
    assert refused > 200


def test_a_good_checkpoint_is_not_refused(saved, tmp_path):
    """So that the refusals above have their reasons."""
    path, runner = tmp_path / "run.npz", noisy_runner(seed=3)
    path.write_bytes(with_tree(saved, lambda tree: None))
    runner.resume(path)
    assert runner.epoch == 2


WRONG = [None, "text", [], {}, -1, 1.5, True, [[]], {"$array": "99"}, {"$array": []}, 10**400]
KEYS = [
    "epoch",
    "step",
    "loader",
    "model",
    "optimizer",
    "history",
    "shared",
    "generators",
    "listeners",
]


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("value", WRONG, ids=lambda value: repr(value)[:20])
def test_a_wrong_value_in_any_place_is_refused(key, value, saved, live, tmp_path):
    if (key in ("epoch", "step") and value == 10**400) or (key == "loader" and value is None):
        return  # large, or no loader yet
    refuse(with_tree(saved, lambda tree: tree["state"].update({key: value})), live, tmp_path)


@pytest.mark.parametrize("key", KEYS)
def test_a_missing_part_is_named(key, saved, live, tmp_path):
    refuse(with_tree(saved, lambda tree: tree["state"].pop(key) and None), live, tmp_path, key)


def deep(path, value):
    """Return a change that sets one value deep in the tree."""

    def change(tree):
        node = tree["state"]
        for key in path[:-1]:
            node = node[key]
        if value is KeyError:
            del node[path[-1]]
        else:
            node[path[-1]] = value

    return change


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        (["model", "fc1.W"], KeyError, r"fc1\.W is missing"),
        (["model", "fc1.X"], 1.0, r"fc1\.X is unexpected"),
        (["model", "fc1.W"], [[1.0]], "fc1.W has shape"),
        (["model", "fc1.W"], [["a"] * 4] * 2, r"fc1\.W"),
        (["model", "noise1.passes"], [1.5], "dtype int64, received float64"),
        (["optimizer", "param_groups", 0, "lr"], KeyError, "another optimizer"),
        (["optimizer", "param_groups", 0, "rho"], 2.0, "rho: expected"),
        (["optimizer", "param_groups", 0, "params"], [], "another optimizer"),
        (["optimizer", "state"], 3, ""),
        (["history", "train_loss"], "text", "history.train_loss as a list of numbers"),
        (["history", "train_loss"], ["text"], "history.train_loss as a list of numbers"),
        (["history", "train_loss"], KeyError, "expected a history of"),
        (["history", "time"], [], "expected a history of"),
        (["generators", "runner"], {}, ""),
        (["generators", "runner", "state", "state"], 10**400, ""),
        (["generators", "runner", "state", "state"], "text", ""),
        (["generators", "runner", "bit_generator"], "MT19937", ""),
        (["generators", "runner"], KeyError, "runner"),
        (["shared", "runner"], "model.noise1", "shared"),
        (["loader", "sizes"], [0, 16], "loader: expected at least 1"),
        (["loader", "state"], {"order": None}, "expected the state of a loader"),
        (["loader", "owner"], KeyError, "expected the state of a loader"),
        (["listeners", 0], ["BestModel"], ""),
        (["listeners", 0], ["Other", {}], "expected listeners"),
        (["listeners", 0, 1], {}, "score"),
        (["listeners", 0, 1, "score"], "best", ""),
        (["listeners", 1, 1, "waited"], "long", ""),
    ],
)
def test_a_wrong_value_deep_inside_is_refused(path, value, words, saved, live, tmp_path):
    refuse(with_tree(saved, deep(path, value)), live, tmp_path, words)


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX files")
@pytest.mark.timeout(20)
def test_pipes_and_devices_are_not_read(live, tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "zero").symlink_to("/dev/zero")
    for name in ("pipe", "zero"):
        with pytest.raises(CheckpointError, match="is not a file"):
            live.resume(tmp_path / name)


@pytest.mark.parametrize("end", [b"", BOMB[-2000:]], ids=["zeros", "the end of a bomb"])
def test_a_long_foreign_file_is_not_read(end, live, tmp_path):
    path = tmp_path / "run.npz"
    with path.open("wb") as stream:
        stream.truncate(10**10)  # a hole that takes no space
        stream.seek(0, os.SEEK_END)
        stream.write(end)
    tracemalloc.start()
    try:
        with pytest.raises(CheckpointError, match=r"run\.npz: "):
            live.resume(path)
        assert tracemalloc.get_traced_memory()[1] < MEGABYTE
    finally:
        tracemalloc.stop()


def test_a_missing_file_is_refused(live, tmp_path):
    with pytest.raises(CheckpointError, match=r"run\.npz: cannot be read \(No such file"):
        live.resume(tmp_path / "run.npz")


def test_a_runner_that_refused_a_file_goes_on_as_if_nothing_had_been(saved, tmp_path):
    calm, disturbed = noisy_runner(seed=3), noisy_runner(seed=3)
    for runner in (calm, disturbed):
        train(runner, 1)
    refuse(with_tree(saved, deep(["listeners", 1, 1], {})), disturbed, tmp_path)
    for runner in (calm, disturbed):
        train(runner, 2)
    assert everything(calm) == everything(disturbed)
    assert calm.evaluate(DEV) == disturbed.evaluate(DEV) != calm.evaluate(TRAIN)


def test_an_array_of_numbers_is_all_that_metadata_can_be(live, tmp_path):
    for value in (np.ones(3), np.array(7), np.zeros(0, np.uint8)):
        refuse(archive({"tree.npy": array(value)}), live, tmp_path, "damaged or no checkpoint")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (["order"], [0, 0, 0]),
        (["order"], "text"),
        (["samples"], -1),
        (["rng"], {"state": 1}),
        (["rng", "bit_generator"], "MT19937"),
        (["dataset"], 5),
    ],
)
def test_a_wrong_state_of_a_loader_is_refused_by_the_loader_it_is_for(path, value, tmp_path):
    class Picky(ArrayDataset):
        def load_state_dict(self, state):
            assert state == {}, "expected no state"

    def build():
        return make_runner(rng=0), DataLoader(Picky(*TRAIN), 16, shuffle=True, rng=1)

    (runner, loader), (other, other_loader) = build(), build()
    runner.train(loader, num_epochs=1)
    file = tmp_path / "run.npz"
    runner.save_checkpoint(file)
    change = deep(["loader", "state", *path], value)
    file.write_bytes(with_tree(file.read_bytes(), change))
    before = other_loader.state_dict()
    other.resume(file)
    with pytest.raises(CheckpointError, match="expected the loader of which the checkpoint holds"):
        other.train(other_loader, num_epochs=1)
    if path != ["dataset"]:
        assert other_loader.state_dict() == before
