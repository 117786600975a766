import pytest

from minidl.nn import Linear
from minidl.optim import SGD


def group(**options):
    return SGD(Linear(2, 1, rng=0), **options).param_groups[0]


def test_an_option_set_is_checked_and_made_a_plain_number():
    own = group(lr=0.1)
    own["lr"] = 1
    assert repr(own["lr"]) == "1.0"
    own["lr"] /= 4
    assert own["lr"] == 0.25


def test_an_option_that_goes_with_no_other_is_refused_when_set():
    own = group(momentum=0.9)
    own["nesterov"] = True
    with pytest.raises(
        ValueError, match=r"nesterov: expected momentum > 0 .*, received momentum=0"
    ):
        own["momentum"] = 0
    assert own["momentum"] == 0.9


def test_options_can_be_set_together_and_then_all_are_or_none():
    own = group()
    own.take_over({**own.options, "momentum": 0.9, "nesterov": True})
    assert (own["momentum"], own["nesterov"]) == (0.9, True)
    with pytest.raises(ValueError, match="lr: expected"):
        own.take_over({**own.options, "momentum": 0.5, "lr": -1})
    assert own["momentum"] == 0.9


def test_it_reads_as_a_mapping():
    own = group(lr=0.5)
    names = ["params", "lr", "momentum", "dampening", "weight_decay", "nesterov", "maximize"]
    assert list(own) == names
    assert len(own) == 7
    assert "lr" in own
    assert dict(own)["lr"] == 0.5
    with pytest.raises(KeyError, match="rate"):
        own["rate"]


def test_neither_parameters_nor_options_can_be_taken_away():
    own = group()
    with pytest.raises(
        TypeError, match=r"params: expected an option to be set, .*; try add_param_"
    ):
        own["params"] = []
    with pytest.raises(TypeError, match="lr: expected every option to stay"):
        del own["lr"]
    assert own["lr"] == 1e-3
