import numpy as np
import pytest

from minidl.optim.saved_state import faults_of

TEMPLATE = {"n": 0, "t": 0.0, "d": np.zeros(3), "pairs": [{"s": np.zeros(2)}]}


def state(**changes):
    return {"n": 5, "t": 0.5, "d": np.ones(3), "pairs": [{"s": np.ones(2)}] * 2, **changes}


@pytest.mark.parametrize("saved", [state(), state(pairs=[]), state(d=np.full(3, np.nan))])
def test_what_has_the_form_has_no_faults(saved):
    assert list(faults_of(saved, TEMPLATE)) == []


@pytest.mark.parametrize(
    ("saved", "fault"),
    [
        (state(n=1.0), "n is 1.0 and should be of type int"),
        (state(n=True), "n is True and should be of type int"),
        (state(t=np.zeros(())), "t is an array of shape () and dtype float64 and should be of ty"),
        (state(d=np.zeros(4)), "d is an array of shape (4,) and dtype float64 and should be an ar"),
        (state(d=np.zeros(3, np.float32)), "d is an array of shape (3,) and dtype float32 and sh"),
        (state(d=[0, 0, 0]), "d is [0, 0, 0] and should be an array of shape (3,) and dtype float"),
        (state(pairs={}), "pairs is {} and should be of type list"),
        (state(pairs=[{}]), "s of pairs[0] is missing"),
        (state(pairs=[{"s": np.ones(2)}, {"s": 1}]), "s of pairs[1] is 1 and should be an array"),
        (state(more=1), "more is unexpected"),
        ({}, "n is missing"),
        (None, "state is None and should be of type dict"),
    ],
)
def test_a_fault_is_named_with_its_place(saved, fault):
    assert next(faults_of(saved, TEMPLATE)).startswith(fault)


def test_all_faults_are_named():
    saved = {"n": "five", "d": np.zeros(1), "x": 1, "pairs": [{"s": 1}]}
    assert len(list(faults_of(saved, TEMPLATE))) == 5
