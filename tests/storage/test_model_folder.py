import json
import sys

import numpy as np
import pytest

from minidl.nn import Linear, Sequential, Tanh
from minidl.op import Op
from minidl.storage import CheckpointError, model_folder
from minidl.storage.archive import write_file
from minidl.storage.model_folder import layer_files, load_model, save_model
from tests.ops import Scale
from tests.train.helpers import DEV, TRAIN, make_old, make_runner, noisy_model


def nested(seed=0):
    rng = np.random.default_rng(seed)
    inner = Sequential(
        Linear(3, 3, rng=rng, name="fc"), Tanh(), Linear(3, 3, rng=rng), name="block"
    )
    return Sequential(Linear(2, 3, rng=rng, name="fc1"), inner, Scale(name="scale"))


def files_of(folder):
    manifest = json.loads((folder / "model.json").read_text())
    return {path.name for path in (folder / manifest["folder"]).iterdir()}


def same(model, other):
    ours, theirs = model.state_dict(), other.state_dict()
    return list(ours) == list(theirs) and all(np.array_equal(ours[n], theirs[n]) for n in ours)


@pytest.mark.parametrize(
    ("build", "files"),
    [
        (lambda seed: Linear(2, 3, rng=seed), {"model.npz"}),
        (lambda seed: Linear(2, 3, bias=False, rng=seed, name="fc"), {"model.npz"}),
        (lambda seed: Linear(2, 3, rng=seed, dtype=np.float32), {"model.npz"}),
        (lambda seed: Sequential(Linear(2, 3, rng=seed), Tanh()), {"layer0.npz"}),
        (nested, {"fc1.npz", "block.fc.npz", "block.layer2.npz", "scale.npz"}),
        (
            lambda seed: noisy_model(0, seed=seed),
            {"noise1.npz", "fc1.npz", "head.layer0.npz"} | {"head.layer1.npz"},
        ),
        (lambda seed: Sequential(Tanh(), Tanh()), set()),
    ],
)
def test_a_model_makes_the_round_trip_with_one_file_a_layer(tmp_path, build, files):
    model, other = build(0), build(1)
    save_model(model, tmp_path / "a" / "b")
    assert files_of(tmp_path / "a" / "b") == files
    references = list(other._arrays().values())
    load_model(other, str(tmp_path / "a" / "b"))
    assert same(model, other)
    assert all(a is b for a, b in zip(other._arrays().values(), references, strict=True))


def test_buffers_are_saved_too(tmp_path):
    model, other = Scale(), Scale()
    model(np.ones(2))
    model(np.ones(2))
    save_model(model, tmp_path)
    load_model(other, tmp_path)
    assert other.buffers["count"] == 2


def test_numpy_reads_a_layers_file_too(tmp_path):
    model = Linear(2, 3, rng=0)
    save_model(Sequential(model), tmp_path)
    (path,) = tmp_path.glob("weights-*/layer0.npz")
    with np.load(path, allow_pickle=False) as arrays:
        assert set(arrays) == {"W", "b"}
        assert np.array_equal(arrays["W"], model.params["W"])


def test_saving_again_replaces_the_model_and_leaves_nothing_behind(tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    (tmp_path / "weights-of-mine").mkdir()
    (tmp_path / "weights-00000000000000ff").mkdir()
    (tmp_path / f".model.json-{'0f' * 8}").write_text("left behind by a crash")
    for entry in tmp_path.iterdir():
        make_old(entry)
    for seed in range(3):
        save_model(nested(seed), tmp_path)
    manifest = json.loads((tmp_path / "model.json").read_text())
    expected = {"notes.txt", "weights-of-mine", "model.json", manifest["folder"]}
    assert {entry.name for entry in tmp_path.iterdir()} == expected
    other = nested(9)
    load_model(other, tmp_path)
    assert same(other, nested(2))


@pytest.mark.parametrize("last", ["model.json", "scale.npz"])
def test_two_who_save_at_once_leave_the_model_of_one_of_them_whole(tmp_path, monkeypatch, last):
    def interrupted(path, data):
        if path.name == last:
            monkeypatch.setattr(model_folder, "write_file", write_file)
            save_model(nested(2), tmp_path)
        write_file(path, data)

    save_model(nested(0), tmp_path)
    monkeypatch.setattr(model_folder, "write_file", interrupted)
    save_model(nested(1), tmp_path)
    other = nested(9)
    load_model(other, tmp_path)
    assert same(other, nested(1))
    for entry in tmp_path.iterdir():
        make_old(entry)
    save_model(nested(3), tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("layer", [0, 1])
def test_a_model_that_is_saved_anew_while_it_is_read_is_read_anew(tmp_path, monkeypatch, layer):
    read, calls = model_folder._read_layer, []

    def interrupted(*args):
        calls.append(args)
        if len(calls) == layer + 1:
            save_model(nested(2), tmp_path)
        return read(*args)

    save_model(nested(1), tmp_path)
    monkeypatch.setattr(model_folder, "_read_layer", interrupted)
    other = nested(9)
    load_model(other, tmp_path)
    assert same(other, nested(2))


def test_the_runner_saves_and_loads(tmp_path):
    runner, other = make_runner(), make_runner(seed=1)
    runner.train(TRAIN, DEV, num_epochs=3)
    runner.save_model(tmp_path)
    other.load_model(tmp_path)
    assert other.evaluate(DEV) == runner.evaluate(DEV)
    assert files_of(tmp_path) == {"fc1.npz", "fc2.npz"}


def test_the_manifest_is_written_when_all_it_names_is_on_the_disk(tmp_path, monkeypatch):
    calls = []
    for name in ("write_file", "flush_folder", "_remove_others"):
        real = getattr(model_folder, name)

        def noting(path, *args, name=name, real=real, **options):
            calls.append((name, path.name))
            return real(path, *args, **options)

        monkeypatch.setattr(model_folder, name, noting)
    save_model(nested(), tmp_path / "best")
    assert calls[-3:] == [
        ("flush_folder", "best"),
        ("write_file", "model.json"),
        ("_remove_others", "best"),
    ]
    assert all(name == "write_file" and file.endswith(".npz") for name, file in calls[:-3])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_files_have_the_permissions_of_any_new_file(tmp_path):
    (tmp_path / "plain").write_text("")
    make_runner().save_checkpoint(tmp_path / "run.npz")
    save_model(Linear(2, 3), tmp_path / "model")
    plain = (tmp_path / "plain").stat().st_mode
    for path in (tmp_path / "run.npz", *(tmp_path / "model").glob("**/*.*")):
        assert path.stat().st_mode == plain or path.is_dir()


# Names


class Composite(Op):
    """An op with a parameter of its own and a layer."""

    def __init__(self, layer):
        super().__init__()
        self.params["shift"] = np.zeros((1, 1))
        self.layers.append(layer)


def test_what_the_whole_holds_has_a_file_of_its_own(tmp_path):
    model, other = Composite(Linear(2, 3, rng=0, name="fc")), Composite(Linear(2, 3, name="fc"))
    model.params["shift"] += 5
    save_model(model, tmp_path)
    assert files_of(tmp_path) == {"model.npz", "fc.npz"}
    load_model(other, tmp_path)
    assert same(model, other)


@pytest.mark.parametrize("name", ["model", "Model"])
def test_a_layer_of_the_wholes_name_is_refused(tmp_path, name):
    with pytest.raises(ValueError, match="expected no layer named 'model'"):
        save_model(Composite(Linear(2, 3, name=name)), tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert list(layer_files(Sequential(Linear(2, 3, name=name)))) == [name]


@pytest.mark.parametrize("name", ["../evil", "a/b", "..", "nul", ""])
def test_a_name_that_leaves_the_folder_is_refused(tmp_path, name):
    model = nested()
    model.layers[0].name = name
    with pytest.raises(ValueError, match=r"name: expected (letters|a name that is not reserved)"):
        save_model(model, tmp_path / "model")
    with pytest.raises(ValueError, match=r"name: expected (letters|a name that is not reserved)"):
        load_model(model, tmp_path / "model")
    assert list(tmp_path.glob("**/*.npz")) == []


def test_two_layers_that_got_one_name_are_refused(tmp_path):
    model = nested()
    model.layers[0].name = "Block"
    with pytest.raises(ValueError, match="expected layers with different names"):
        save_model(model, tmp_path)


# Folders of other models


@pytest.mark.parametrize(
    ("build", "words"),
    [
        (lambda: nested().layers[0], r"layer 'fc1' is missing; .*layer 'model' is unexpected"),
        (lambda: Sequential(*nested().layers[:2]), "layer 'scale' is missing$"),
        (
            lambda: Sequential(*nested().layers, Linear(3, 1, name="out")),
            "is of another model: layer 'out' is unexpected$",
        ),
        (
            lambda: Sequential(Linear(2, 3, bias=False, name="fc1"), *nested().layers[1:]),
            r"fc1\.npz: is of another model: array 'b' is missing$",
        ),
        (
            lambda: Sequential(Linear(3, 2, name="fc1"), *nested().layers[1:]),
            r"expected W of shape \(2, 3\) and dtype float64, received \(3, 2\) and float64$",
        ),
        (
            lambda: Sequential(Linear(2, 3, dtype=np.float32, name="fc1"), *nested().layers[1:]),
            r"expected W of shape \(2, 3\) and dtype float64, received \(2, 3\) and float32$",
        ),
    ],
)
def test_the_folder_of_another_model_is_refused_and_names_the_difference(tmp_path, build, words):
    save_model(build(), tmp_path)
    model, untouched = nested(), nested()
    with pytest.raises(CheckpointError, match=words):
        load_model(model, tmp_path)
    assert same(model, untouched)


def test_a_folder_without_a_model_is_refused(tmp_path):
    for folder in (tmp_path, tmp_path / "missing"):
        with pytest.raises(CheckpointError, match=r"model\.json: cannot be read \(No such file"):
            load_model(nested(), folder)


def test_saving_where_a_file_stands_is_an_error_and_leaves_the_file(tmp_path):
    (tmp_path / "model").write_text("mine")
    with pytest.raises(OSError, match="model"):
        save_model(nested(), tmp_path / "model")
    assert (tmp_path / "model").read_text() == "mine"
