"""Disks that are full, folders that cannot be flushed, and files that are not ours."""

import contextlib
import errno
import os
import stat
from pathlib import Path

import numpy as np
import pytest

from minidl.nn import Linear
from minidl.storage import archive, save_model
from minidl.train import Runner
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
