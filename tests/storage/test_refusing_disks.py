"""Disks that are full, folders that cannot be flushed, and files that are not ours."""

import contextlib
import errno
import os
import shutil
import stat
from pathlib import Path

import numpy as np
import pytest

from minidl.nn import Linear
from minidl.storage import archive, save_model
from minidl.train import Listener, Runner
from tests.train.helpers import DEV, TRAIN, make_runner

SAVE = {"folder": Runner.save_model, "file": Runner.save_checkpoint}
LOAD = {"folder": Runner.load_model, "file": Runner.resume}
both_kinds = pytest.mark.parametrize("kind", SAVE)


def tree_of(folder):
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def weights(runner):
    return runner.model.layers[0].params["W"]


@both_kinds
@pytest.mark.parametrize("call", ["fsync", "replace"])
@pytest.mark.parametrize("n", [1, 2, 3])
def test_a_full_disk_leaves_everything_as_it_was(tmp_path, monkeypatch, kind, call, n):
    path = tmp_path / "a" / "saved"
    SAVE[kind](make_runner(seed=0), path)
    before, calls = tree_of(tmp_path), []
    owner = os if call == "fsync" else Path

    real = getattr(owner, call)

    def full(*args):
        calls.append(args)
        if len(calls) == n:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(*args)

    with monkeypatch.context() as patched:
        patched.setattr(owner, call, full)
        new = tmp_path / "b" / "c" / "saved"
        for place in (path, new):
            calls.clear()
            with contextlib.suppress(OSError):
                SAVE[kind](make_runner(seed=1), place)
                assert len(calls) < n
                break
            # the second flush of a checkpoint is that of its folder, when it is in its place
            assert (kind, call, n) == ("file", "fsync", 2) or tree_of(tmp_path) == before
    found = make_runner(seed=2)
    LOAD[kind](found, path)


@both_kinds
@pytest.mark.parametrize("code", ["EINVAL", "ENOTSUP", "EACCES", "EPERM", "ENOSYS"])
@pytest.mark.parametrize("call", ["open", "fsync"])
def test_a_folder_that_cannot_be_flushed_is_no_failure(tmp_path, monkeypatch, kind, code, call):
    if call == "open" and code not in ("EACCES", "EPERM"):
        return
    real = getattr(os, call)

    def refuse(target, *args):
        if stat.S_ISDIR(os.stat(target).st_mode):  # noqa: PTH116 - a path or a descriptor
            raise OSError(getattr(errno, code), "not for folders")
        return real(target, *args)

    monkeypatch.setattr(archive.os, call, refuse)
    SAVE[kind](make_runner(), tmp_path / "saved")
    monkeypatch.undo()
    LOAD[kind](make_runner(seed=1), tmp_path / "saved")


def test_a_disk_that_fails_is_one(tmp_path, monkeypatch):
    def fail(descriptor):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="Input/output"):
        save_model(Linear(2, 1), tmp_path / "model")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ['{"name": "theirs"}', "[1]", "not JSON", "{"])
def test_another_programs_manifest_is_left_alone(tmp_path, text):
    (tmp_path / "model.json").write_text(text)
    before, runner = tree_of(tmp_path), make_runner()
    words = "without a model.json of another program, received .*; try another folder"
    with pytest.raises(ValueError, match=words):
        runner.save_model(tmp_path)
    with pytest.raises(ValueError, match=words):
        runner.train(TRAIN, DEV, num_epochs=1, save_dir=tmp_path)
    assert (tree_of(tmp_path), runner.epoch) == (before, 0)


def test_a_damaged_manifest_of_ours_is_replaced(tmp_path):
    runner = make_runner()
    runner.save_model(tmp_path)
    (tmp_path / "model.json").write_text('{"format": "minidl mo')
    runner.save_model(tmp_path)
    runner.load_model(tmp_path)


@pytest.mark.parametrize("data", [b"mine", archive.pack_arrays({"X": np.ones(3)})])
def test_another_programs_file_is_no_place_for_a_checkpoint(tmp_path, data):
    path = tmp_path / "data.npz"
    path.write_bytes(data)
    with pytest.raises(ValueError, match=r"expected a minidl checkpoint or no file yet, .*; try"):
        make_runner().save_checkpoint(path)
    assert path.read_bytes() == data


@both_kinds
def test_the_home_folder_is_meant_by_a_tilde(tmp_path, monkeypatch, kind):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    SAVE[kind](make_runner(), "~/saved")
    assert (tmp_path / "saved").exists()
    found = make_runner(seed=1)
    LOAD[kind](found, "~/saved")
    assert np.array_equal(weights(found), weights(make_runner()))


@both_kinds
@pytest.mark.parametrize("length", [237, 238, 250, 255])
@pytest.mark.parametrize("letter", ["a", "ä"])
def test_names_as_long_as_a_system_allows_are_saved(tmp_path, kind, length, letter):
    name = letter * (length // len(letter.encode()))
    SAVE[kind](make_runner(), tmp_path / name)
    LOAD[kind](make_runner(seed=1), tmp_path / name)
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


@both_kinds
@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("a" * 256, "at most 255 bytes, received one of 256"),
        ("ä" * 128, "at most 255 bytes, received one of 256"),
        ("\ud800", "letters that files can have"),
        ("", "expected a path, received ''"),
        ("a\0b", "expected a path, received"),
        (3, "expected a path, received 3"),
        (b"bytes", "expected a path, received b'bytes'"),
        (None, "expected a path, received None"),
        ("~nobody-is-called-so/x", "expected a path, received '~nobody"),
    ],
)
def test_what_is_no_path_is_refused(tmp_path, monkeypatch, kind, path, words):
    monkeypatch.chdir(tmp_path)
    for call in (SAVE, LOAD):
        with pytest.raises((TypeError, ValueError), match=words):
            call[kind](make_runner(), path)
    if path is not None:
        runner = make_runner()
        with pytest.raises((TypeError, ValueError), match=words):
            runner.train(TRAIN, DEV, num_epochs=1, save_dir=path)
        assert runner.epoch == 0
    assert not list(tmp_path.iterdir())


def test_a_save_dir_that_is_a_file_is_refused_before_the_first_epoch(tmp_path):
    (tmp_path / "file").write_text("mine")
    for place in (tmp_path / "file", tmp_path / "file" / "below"):
        runner = make_runner()
        with pytest.raises(FileExistsError, match=r"expected a folder, received .*; try another"):
            runner.train(TRAIN, DEV, num_epochs=1, save_dir=place)
        assert runner.epoch == 0


def test_a_save_dir_that_cannot_be_written_to_is_refused_before_the_first_epoch(
    tmp_path, monkeypatch
):
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    runner = make_runner()
    with pytest.raises(PermissionError, match="expected a folder that can be written to"):
        runner.train(TRAIN, DEV, num_epochs=1, save_dir=tmp_path / "new")
    assert (runner.epoch, list(tmp_path.iterdir())) == (0, [])


def test_a_checkpoint_marked_read_only_is_kept(tmp_path):
    path = tmp_path / "run.npz"
    make_runner().save_checkpoint(path)
    path.chmod(0o444)
    with pytest.raises(PermissionError, match="which is read-only; try another name"):
        make_runner(seed=1).save_checkpoint(path)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_is_replaced_and_what_it_points_to_left_alone(tmp_path):
    target, link = tmp_path / "theirs", tmp_path / "run.npz"
    make_runner().save_checkpoint(target)
    before = target.read_bytes()
    link.symlink_to(target)
    make_runner(seed=1).save_checkpoint(link)
    assert (target.read_bytes(), link.is_symlink()) == (before, False)


@both_kinds
@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_a_ruined_model_is_not_saved(tmp_path, kind, value):
    runner = make_runner()
    SAVE[kind](runner, tmp_path / "saved")
    before = tree_of(tmp_path)
    weights(runner)[1, 2] = value
    words = rf"expected a model of finite numbers, received {value} in fc1\.W at index \(1, 2\)"
    with pytest.raises(ValueError, match=words):
        SAVE[kind](runner, tmp_path / "saved")
    assert tree_of(tmp_path) == before


def test_a_layer_has_one_array_of_a_name(tmp_path):
    fc = Linear(2, 1)
    fc.buffers["b"] = np.zeros(1)
    for call in (fc.state_dict, lambda: save_model(fc, tmp_path)):
        with pytest.raises(ValueError, match="names of their own, received b in both"):
            call()


class Full:
    """A stream to a disk that is full when one of its methods is called the n-th time."""

    def __init__(self, stream, method, calls, n):
        self.stream, self.method, self.calls, self.n = stream, method, calls, n

    def count(self, method):
        self.calls.append(method)
        if method == self.method and self.calls.count(method) == self.n:
            raise OSError(errno.ENOSPC, "No space left on device")

    def write(self, data):
        self.stream.write(data[: len(data) // 2])  # what still fitted is there
        self.count("write")
        return self.stream.write(data[len(data) // 2 :])

    def flush(self):
        self.count("flush")
        self.stream.flush()

    def fileno(self):
        return self.stream.fileno()

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.stream.close()
        if error == (None, None, None):
            self.count("close")


@pytest.mark.parametrize("method", ["write", "flush", "close"])
@pytest.mark.parametrize(("kind", "n"), [("file", 1), *(("folder", n) for n in (1, 2, 3))])
def test_a_disk_that_fills_up_while_a_file_is_written_leaves_everything_as_it_was(
    tmp_path, monkeypatch, kind, method, n
):
    SAVE[kind](make_runner(seed=0), tmp_path / "saved")
    before, calls, opened = tree_of(tmp_path), [], Path.open

    def open_full(path, mode="r", *args, **options):
        stream = opened(path, mode, *args, **options)
        return Full(stream, method, calls, n) if mode == "xb" else stream

    monkeypatch.setattr(Path, "open", open_full)
    for place in ("saved", "new/saved"):
        calls.clear()
        with pytest.raises(OSError, match="No space left"):
            SAVE[kind](make_runner(seed=1), tmp_path / place)
        assert tree_of(tmp_path) == before
    monkeypatch.undo()
    found = make_runner(seed=2)
    LOAD[kind](found, tmp_path / "saved")
    assert np.array_equal(weights(found), weights(make_runner(seed=0)))


class At(Listener):
    """Does something at the end of an epoch."""

    def __init__(self, epoch, action):
        self.epoch, self.action = epoch, action

    def on_epoch_end(self, runner):
        if runner.epoch == self.epoch:
            self.action()


def train_rising(runner, **options):
    """Train so that each evaluation is the best one yet."""
    scores = iter(range(100))
    runner.metric = lambda predicts, labels: (
        float(next(scores)) if len(labels) == len(DEV[0]) else 0.0
    )
    runner.train(TRAIN, DEV, **options)


def test_a_save_dir_that_vanishes_in_mid_training_is_made_anew(tmp_path):
    place = tmp_path / "a" / "best"
    runner = make_runner(listeners=[At(2, lambda: shutil.rmtree(tmp_path / "a"))])
    train_rising(runner, num_epochs=3, save_dir=place)
    found = make_runner(seed=1)
    found.load_model(place)
    assert np.array_equal(weights(found), weights(runner))


def test_a_save_dir_that_becomes_a_file_ends_training_with_what_was_measured(tmp_path):
    place = tmp_path / "best"

    def replace():
        shutil.rmtree(place)
        place.write_text("mine")

    runner = make_runner(listeners=[At(2, replace)])
    with pytest.raises(FileExistsError, match=r"expected a folder, received .*best"):
        train_rising(runner, num_epochs=5, save_dir=place)
    assert place.read_text() == "mine"
    history = runner.history
    assert len(history.train_loss) == len(history.dev_loss) == runner.epoch == 3


@both_kinds
@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_to_a_folder_is_followed(tmp_path, kind):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")
    place = {"folder": tmp_path / "link", "file": tmp_path / "link" / "run.npz"}[kind]
    for seed in (0, 1):
        SAVE[kind](make_runner(seed=seed), place)
    found = make_runner(seed=2)
    LOAD[kind](found, place)
    assert np.array_equal(weights(found), weights(make_runner(seed=1)))
    assert (tmp_path / "link").is_symlink()
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["link", "real"]
    assert {"folder": 2, "file": 1}[kind] == len(list((tmp_path / "real").iterdir()))


@both_kinds
@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
@pytest.mark.parametrize("target", ["nothing", "link"])
def test_a_link_to_nothing_or_to_itself_is_no_folder(tmp_path, kind, target):
    (tmp_path / "link").symlink_to(tmp_path / target)
    with pytest.raises(FileExistsError, match=r"expected a folder, received .*link.* is none"):
        SAVE[kind](make_runner(), tmp_path / "link" / "saved")
    assert (tmp_path / "link").is_symlink()


@pytest.mark.skipif(os.name == "nt", reason="there are no such permissions there")
@both_kinds
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664])
def test_files_keep_the_permissions_that_they_were_given(tmp_path, kind, mode):
    SAVE[kind](make_runner(), tmp_path / "saved")
    file = {"folder": tmp_path / "saved" / "model.json", "file": tmp_path / "saved"}[kind]
    file.chmod(mode)
    SAVE[kind](make_runner(seed=1), tmp_path / "saved")
    assert stat.S_IMODE(file.stat().st_mode) == mode
