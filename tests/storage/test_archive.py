import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from minidl.storage.archive import (
    CheckpointError,
    pack_arrays,
    read_file,
    unpack_arrays,
    write_file,
)
from tests.storage.hostile import ARCHIVES
from tests.train.helpers import make_old

dtypes = st.sampled_from(["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1"])
arrays = dtypes.flatmap(lambda dtype: hnp.arrays(dtype, hnp.array_shapes(min_dims=0, min_side=0)))


@given(st.dictionaries(st.text("abcW.b_0", min_size=1), arrays, max_size=3), st.booleans())
def test_arrays_come_back_bit_for_bit(content, in_columns):
    content = {
        name: np.asfortranarray(array) if in_columns else array for name, array in content.items()
    }
    found = unpack_arrays(pack_arrays(content), "test")
    assert list(found) == list(content)
    for name, array in content.items():
        assert (found[name].dtype, found[name].shape) == (array.dtype, array.shape)
        assert found[name].tobytes() == array.tobytes()
        assert found[name].flags.writeable


def test_values_that_are_not_finite_come_back():
    found = unpack_arrays(pack_arrays({"a": np.array([np.nan, np.inf, -0.0])}), "test")
    assert repr(found["a"]) == repr(np.array([np.nan, np.inf, -0.0]))


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("a compressed archive", "expected uncompressed arrays"),
        ("bzip2", "expected uncompressed arrays"),
        ("a bomb", "expected uncompressed arrays"),
        ("a member of 4 GB", "claims to hold more than its 2[0-9]{2} bytes"),
        ("a thousand members in one", "claims to hold more than its"),
        ("text", "is damaged or no archive of arrays"),
        ("no array", "expected arrays of numbers as NumPy writes them"),
        ("a header with 10 GB", "an array claims 10000000000 bytes and holds 8"),
        ("a header with brackets", "expected arrays of numbers as NumPy writes them"),
        ("a header with objects", "expected arrays of numbers as NumPy writes them"),
    ],
)
def test_what_is_no_archive_is_refused_for_its_reason(kind, words):
    with pytest.raises(CheckpointError, match=f"^run: {words}|^run: is damaged .*{words}"):
        unpack_arrays(ARCHIVES[kind], "run")


def test_objects_are_not_written():
    with pytest.raises(ValueError, match="allow_pickle=False"):
        pack_arrays({"a": np.array([None])})


def test_a_file_is_replaced_and_no_other_is_left(tmp_path):
    path = tmp_path / "file"
    for data in (b"old", b"new", b""):
        write_file(path, data)
        assert path.read_bytes() == data
    assert list(tmp_path.iterdir()) == [path]


def test_leftovers_of_a_crash_are_removed_and_other_files_are_not(tmp_path):
    path = tmp_path / "a+b.npz"
    others = [f".{path.name}-x", f".c.npz-{'0' * 16}", f".aab.npz-{'0' * 16}", f"{path.name}-1"]
    for name in [*others, f".{path.name}-{'0a' * 8}"]:
        (tmp_path / name).write_text("")
        make_old(tmp_path / name)
    write_file(path, b"new")
    assert {entry.name for entry in tmp_path.iterdir()} == {path.name, *others}


def test_two_who_write_one_file_at_once_do_not_disturb_each_other(tmp_path, monkeypatch):
    path, fsync = tmp_path / "file", os.fsync

    def interrupted(descriptor):
        monkeypatch.setattr("os.fsync", fsync)
        write_file(path, b"one")
        fsync(descriptor)

    monkeypatch.setattr("os.fsync", interrupted)
    write_file(path, b"other")
    assert path.read_bytes() == b"other"


def test_a_file_that_cannot_be_replaced_leaves_nothing_behind(tmp_path):
    (tmp_path / "file").mkdir()
    with pytest.raises(OSError, match="file"):
        write_file(tmp_path / "file", b"new")
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]


def test_a_failure_while_writing_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "file"
    write_file(path, b"old")

    def full(descriptor):
        raise OSError("disk full")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="disk full"):
        write_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_an_error_that_names_it(tmp_path):
    with pytest.raises(FileNotFoundError, match="missing"):
        write_file(tmp_path / "missing" / "file", b"new")


def test_a_file_is_on_the_disk_before_it_gets_its_name(tmp_path, monkeypatch):
    calls = []
    replace, path = type(tmp_path).replace, tmp_path / "file"
    monkeypatch.setattr("os.fsync", lambda descriptor: calls.append("flush"))
    monkeypatch.setattr(
        type(tmp_path), "replace", lambda *paths: calls.append("rename") or replace(*paths)
    )
    write_file(path, b"new")
    assert calls[:2] == ["flush", "rename"]
    assert calls[2:] in (["flush"], [])  # the folder, where folders can be flushed


def test_a_file_too_long_or_unreadable_is_refused(tmp_path):
    path = tmp_path / "file"
    write_file(path, b"12345")
    assert read_file(path, limit=5) == b"12345"
    with pytest.raises(CheckpointError, match=r"file: expected at most 4 bytes, received 5"):
        read_file(path, limit=4)
    with pytest.raises(CheckpointError, match=r"cannot be read \(No such file or directory\)"):
        read_file(tmp_path / "missing", limit=5)
    with pytest.raises(CheckpointError, match="is not a file"):
        read_file(tmp_path, limit=5)
