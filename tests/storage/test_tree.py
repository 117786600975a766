import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minidl.storage import CheckpointError, read_tree, write_tree
from minidl.storage.tree import attach, detach

FORM = {"format": "example", "version": 1}

trees = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda node: (
        st.lists(node, max_size=3)
        | st.dictionaries(st.text().filter(lambda key: key != "$array"), node, max_size=3)
    ),
)


@given(trees)
def test_any_tree_of_plain_values_comes_back(tree):
    arrays = {}
    assert attach(detach(tree, arrays), arrays) == tree
    assert arrays == {}


def test_arrays_in_a_tree_come_back():
    arrays = {}
    tree = {"a": [np.ones(2), {"b": np.zeros((1, 0))}], "c": (1, np.float32(0.5))}
    (ones, inner), number = attach(detach(tree, arrays), arrays).values(), None
    assert np.array_equal(ones[0], np.ones(2))
    assert ones[1]["b"].shape == (1, 0)
    assert inner == [1, 0.5]
    assert number is None


def test_a_tree_comes_back_from_a_file_in_a_new_folder(tmp_path):
    path = tmp_path / "runs" / "tree.npz"
    write_tree(path, {"a": [np.arange(3), None], "b": "text"}, FORM)
    tree = read_tree(path, FORM)
    assert tree["a"][0].tolist() == [0, 1, 2]
    assert (tree["a"][1], tree["b"]) == (None, "text")


@pytest.mark.parametrize("dtype", ["U1", "complex128", "M8[Y]", object])
def test_an_array_that_could_not_be_read_is_not_written(dtype, tmp_path):
    path = tmp_path / "tree.npz"
    write_tree(path, {"a": 1}, FORM)
    with pytest.raises(TypeError, match=r"expected arrays of numbers .*, received an array of sha"):
        write_tree(path, {"a": np.zeros(2, dtype)}, FORM)
    assert read_tree(path, FORM) == {"a": 1}


def test_a_file_of_another_version_is_refused(tmp_path):
    path = tmp_path / "tree.npz"
    write_tree(path, {}, FORM)
    with pytest.raises(CheckpointError, match=r"tree\.npz: expected .*'version': 2.*'version': 1"):
        read_tree(path, FORM | {"version": 2})
