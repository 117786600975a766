import numpy as np
import pytest

from minidl.nn import Linear, Sequential
from minidl.op import Op
from tests.ops import Scale, network


def test_a_state_holds_parameters_and_buffers_by_dotted_name():
    state = network().state_dict()
    assert list(state) == ["fc1.W", "fc1.b", "block.fc.W", "block.fc.b", "layer2.s", "layer2.count"]


def test_a_state_is_a_copy():
    op = Scale()
    state = op.state_dict()
    state["s"] += 1
    assert op.params["s"] == 2
    op.params["s"] += 5
    assert state["s"] == 3


def test_loading_keeps_the_arrays_and_copies_the_values():
    op = Scale()
    references = op.params["s"], op.buffers["count"]
    state = {"s": np.array([[7.0]]), "count": [3]}
    op.load_state_dict(state)
    state["s"] += 1
    assert (op.params["s"], op.buffers["count"]) == references
    assert op.params["s"] is references[0]
    assert references[0] == 7
    assert references[1] == 3


def test_a_state_of_the_arrays_themselves_is_read_before_anything_is_written():
    model = Sequential(Linear(2, 2, rng=0, name="a"), Linear(2, 2, rng=1, name="b"))
    a, b = (layer.params for layer in model.layers)
    expected = [b["W"].copy(), a["W"].T.copy()]
    model.load_state_dict({"a.W": b["W"], "b.W": a["W"].T, "a.b": b["b"], "b.b": a["b"]})
    np.testing.assert_array_equal([a["W"], b["W"]], expected)


def test_every_fault_of_a_state_is_named_and_nothing_is_changed():
    model = network()
    before = model.state_dict()
    state = {name: array + 1 for name, array in before.items()}
    del state["fc1.b"]
    state["fc1.W"] = np.ones((3, 2))
    state["fc9.W"] = np.ones(1)
    with pytest.raises(ValueError, match=r"^Sequential: this state is of another model: ") as info:
        model.load_state_dict(state)
    for words in (
        "fc1.b is missing",
        "fc9.W is unexpected",
        "fc1.W has shape (3, 2) and should have (2, 3)",
    ):
        assert words in str(info.value)
    after = model.state_dict()
    assert all(np.array_equal(after[name], before[name]) for name in before)


@pytest.mark.parametrize("state", [None, "model.npz", [1.0], 3])
def test_what_is_no_state_at_all_is_a_clear_error(state):
    with pytest.raises(TypeError, match=r"expected what state_dict returned, received .*"):
        Scale().load_state_dict(state)


@pytest.mark.parametrize("value", ["text", [[None]], [[1], [1, 2]], [[1j]]])
def test_a_state_of_no_numbers_changes_nothing(value):
    model = Sequential(Scale(), Scale())
    state = model.state_dict()
    state["layer0.s"] = [[9.0]]
    state["layer1.s"] = value
    with pytest.raises((ValueError, TypeError)):
        model.load_state_dict(state)
    assert model.layers[0].params["s"] == 2


def test_a_value_too_large_for_the_dtype_changes_nothing():
    model = Sequential(*[Linear(1, 1, dtype=np.float32, rng=0) for _ in range(2)])
    before = model.state_dict()
    state = {name: np.full(array.shape, 1e308) for name, array in before.items()}
    state["layer0.W"] = [[1.0]]
    with pytest.raises((ValueError, RuntimeWarning)):
        model.load_state_dict(state)
    assert model.layers[0].params["W"] == before["layer0.W"]


def test_whole_numbers_in_a_buffer_survive():
    op = Op()
    op.buffers["seen"] = np.array([0])
    op.load_state_dict({"seen": np.array([2**53 + 1])})
    assert op.buffers["seen"].tolist() == [2**53 + 1]
    assert op.buffers["seen"].dtype == np.array([0]).dtype


@pytest.mark.parametrize("value", [[1.5], [np.nan], [1e300], [2**63], ["1"]])
def test_what_a_buffer_of_whole_numbers_cannot_hold_changes_nothing(value):
    op = Scale()
    op.buffers["seen"] = np.array([7], dtype=np.int64)
    words = "seen: expected (values that int64 can hold|an array of real numbers), received"
    with pytest.raises((ValueError, TypeError), match=words):
        op.load_state_dict({"s": [[9.0]], "count": [1], "seen": value})
    assert op.params["s"] == 2
    assert op.buffers["seen"] == 7


def test_whole_numbers_may_come_as_floats():
    op = Op()
    op.buffers["seen"] = np.array([0])
    op.load_state_dict({"seen": [3.0]})
    assert op.buffers["seen"].tolist() == [3]
