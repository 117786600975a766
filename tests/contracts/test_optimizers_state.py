"""What every optimizer's saved state keeps to."""

from __future__ import annotations

import copy
import json

import numpy as np
import pytest

from tests.contracts.optimizer_cases import CASES, run, same, trained

every_optimizer = pytest.mark.parametrize("case", CASES, ids=str)
both_dtypes = pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["f32", "f64"])


def through_a_file(tree):
    """Return what a checkpoint makes of a tree: JSON, with the arrays beside it."""
    arrays = []

    def place(leaf):
        arrays.append(leaf)
        return {"$array": len(arrays) - 1}

    def find(node):
        return arrays[node["$array"]].copy() if set(node) == {"$array"} else node

    return json.loads(json.dumps(tree, default=place), object_hook=find)


def stepped(case, steps=3, dtype=np.float64):
    model = case.network(dtype=dtype)
    optimizer = case.build(model)
    run(model, optimizer, steps)
    return model, optimizer


def shown(state):
    """Return a state as a text that shows every bit."""
    return json.dumps(state, default=lambda a: [a.tobytes().hex(), a.shape, str(a.dtype)])


@every_optimizer
@both_dtypes
def test_two_halves_with_a_file_between_are_one_training_bit_for_bit(case, dtype):
    model, optimizer = stepped(case, dtype=dtype)
    other = case.network(seed=1, dtype=dtype)
    other.load_state_dict(model.state_dict())
    resumed = case.build(other)
    resumed.load_state_dict(through_a_file(optimizer.state_dict()))
    assert shown(resumed.state_dict()) == shown(optimizer.state_dict())
    run(other, resumed, 4)
    assert same(other.state_dict(), trained(case, 7, dtype=dtype))


@every_optimizer
def test_a_state_before_the_first_step_makes_the_round_trip(case):
    optimizer, model = case.build(case.network()), case.network()
    fresh = case.build(model)
    run(case.network(), fresh, 0)
    fresh.load_state_dict(through_a_file(optimizer.state_dict()))
    run(model, fresh, 3)
    assert same(model.state_dict(), trained(case, 3))


@every_optimizer
def test_a_saved_state_is_a_copy_and_loading_takes_a_copy(case):
    model, optimizer = stepped(case)
    saved = optimizer.state_dict()
    kept = shown(saved)
    run(model, optimizer, 3)
    optimizer.param_groups[0]["lr"] *= 2
    assert shown(saved) == kept
    optimizer.load_state_dict(saved)
    run(model, optimizer, 3)
    assert shown(saved) == kept


@every_optimizer
def test_options_travel_with_the_state(case):
    optimizer, other = case.build(case.network()), case.build(case.network())
    optimizer.param_groups[0]["lr"] = 0.0625
    other.load_state_dict(optimizer.state_dict())
    assert other.param_groups[0]["lr"] == 0.0625


def leaves(node, path=()):
    """Yield the path of every array and number of a state."""
    if isinstance(node, dict | list):
        items = node.items() if isinstance(node, dict) else enumerate(node)
        for key, value in items:
            yield from leaves(value, (*path, key))
    else:
        yield path


def inside(tree, path):
    for key in path:
        tree = tree[key]
    return tree


def damages(state):
    """Yield a name of each damage to each entry, and the state with it."""
    for path in leaves(state):
        for damage in ("missing", "unexpected", "of another kind", "misshapen", "widened"):
            new = copy.deepcopy(state)
            node, value = inside(new, path[:-1]), inside(state, path)
            if damage == "missing":
                del node[path[-1]]
            elif damage == "unexpected":
                node["surplus"] = 1
            elif damage == "of another kind":
                node[path[-1]] = "text"
            elif not isinstance(value, np.ndarray):
                continue
            else:
                wider = value[..., None] if damage == "misshapen" else value.astype(np.longdouble)
                node[path[-1]] = wider
            yield damage, path, new


@every_optimizer
def test_every_damaged_entry_is_named_and_nothing_is_changed(case):
    _, optimizer = stepped(case)
    saved = optimizer.state_dict()
    before = shown(saved)
    found = 0
    for damage, path, state in damages(saved["state"]):
        groups = [{**saved["param_groups"][0], "lr": 0.7}]
        name = "surplus" if damage == "unexpected" else path[-1]
        with pytest.raises(ValueError, match=rf"of another optimizer: .*{name}.* (is|has) "):
            optimizer.load_state_dict({"state": state, "param_groups": groups})
        assert shown(optimizer.state_dict()) == before
        found += 1
    assert found >= 3 * len(list(leaves(saved["state"])))


@every_optimizer
def test_all_faults_of_a_state_are_named_at_once(case):
    _, optimizer = stepped(case)
    saved = optimizer.state_dict()
    state = {**saved["state"], "one": 1, "two": 2}
    with pytest.raises(ValueError, match=r"one is unexpected; two is unexpected"):
        optimizer.load_state_dict({**saved, "state": state})
    with pytest.raises(ValueError, match=r"state is 3 and should be of type dict"):
        optimizer.load_state_dict({**saved, "state": 3})


@every_optimizer
def test_bad_options_in_a_saved_state_are_refused(case):
    _, optimizer = stepped(case)
    before = shown(optimizer.state_dict())
    for bad, words in case.bad:
        saved = optimizer.state_dict()
        saved["param_groups"][0].update(bad)
        with pytest.raises((ValueError, TypeError), match=words):
            optimizer.load_state_dict(saved)
        assert shown(optimizer.state_dict()) == before
