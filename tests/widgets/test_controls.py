"""The controls that explorers declare."""

from __future__ import annotations

import re

import ipywidgets
import numpy as np
import pytest

from minidl.widgets import controls, values
from tests.widgets.helpers import extremes


def test_a_slider_shows_as_many_digits_as_its_step():
    made = controls.slider("b", 0.5, low=-1, high=1, step=0.25, tooltip="t")
    assert made.readout_format == ".2f"
    whole = controls.slider("b", 2, low=0, high=9, step=1, tooltip="t")
    assert whole.readout_format == ".0f"


def test_a_log_slider_takes_plain_limits():
    made = controls.log_slider("lr", 0.2, low=0.01, high=10, tooltip="t")
    assert (made.min, made.max, made.value) == (-2, 1, 0.2)


def test_options_may_be_values_or_labels_with_values():
    assert controls.choice("f", 2, options=[1, 2], tooltip="t").value == 2
    made = controls.buttons("f", "b", options={"First": "a", "Second": "b"}, tooltip="t")
    assert (made.label, made.value) == ("Second", "b")
    assert controls.stops("n", 100, options=[10, 100], tooltip="t").value == 100


def test_a_slider_is_read_on_its_grid_of_steps():
    made = controls.slider("b", 0.0, low=-2, high=2, step=0.05, tooltip="t")
    for value, grid in ((0.1 + 0.2, 0.3), (0.8660254, 0.85), (-2.0, -2.0), (1.9999999, 2.0)):
        made.value = value
        assert values.read(made) == grid
    awkward = controls.slider("b", 0.0, low=-0.45, high=1, step=0.15, tooltip="t")
    assert str(values.read(awkward)) == "0.0"  # −0.45 + 3 · 0.15 is a little below 0


def test_a_log_slider_is_read_in_two_digits():
    made = controls.log_slider("lr", 0.2, low=0.01, high=10, tooltip="t")
    made.value = 10**-0.7  # what a browser makes of 0.2
    assert values.read(made) == 0.2
    made.value = 10.0
    assert values.read(made) == 10.0


def test_twenty_steps_in_a_factor_of_ten_are_told_apart():
    made = controls.log_slider("lr", 1.0, low=0.1, high=100, per_decade=20, tooltip="t")
    read = []
    for exponent in np.linspace(-1, 2, 61):
        made.value = 10**exponent
        read.append(values.read(made))
    assert len(set(read)) == 61
    assert sorted(read) == read


def test_other_controls_are_read_as_they_are():
    assert values.read(ipywidgets.Checkbox(True)) is True
    assert values.read(ipywidgets.IntSlider(7)) == 7


CONTROLS = {
    "noise": controls.slider("d", 0.2, low=0, high=0.5, step=0.05, tooltip="t"),
    "hidden": controls.int_slider("d", 5, low=1, high=50, tooltip="t"),
    "rate": controls.log_slider("d", 0.2, low=0.03, high=20, tooltip="t"),
    "lr": controls.stops("d", 5, options=[0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5], tooltip="t"),
    "map": controls.choice("d", "Shear", options=["Shear", "Rotation by 37°"], tooltip="t"),
    "label": controls.buttons("d", 1, options={"class 0": 0, "class 1": 1}, tooltip="t"),
    "falling": controls.checkbox("d", False, tooltip="t"),
    "seed": controls.stops("d", 1, options=range(40), tooltip="t"),
}
REFUSED = [
    ("lr", 0.3, "one of 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5, received 0.3; try 0.2"),
    ("lr", True, "one of 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 5, received True; try "),
    ("lr", np.ones(2), "one of .*, received an array of shape (2,) and dtype float64; try "),
    ("lr", np.nan, "one of .*, received nan; try 0.01"),
    ("lr", np.inf, "one of .*, received inf; try 5"),
    ("lr", 10**400, "one of .*, received 1000.* (int); try 5"),
    ("map", "rotation", "one of 'Shear', 'Rotation by 37°', received 'rotation'; try 'Rotation by"),
    ("label", "class 1", "one of 0, 1, received 'class 1'; try 1"),
    ("seed", 99, "one of 0, 1, 2, …, 39, received 99; try 39"),
    ("noise", 9, "a number from 0 to 0.5, received 9; try 0.5"),
    ("noise", -0.01, "a number from 0 to 0.5, received -0.01; try 0"),
    ("noise", np.nan, "a number from 0 to 0.5, received nan; try 0.2"),
    ("noise", np.inf, "a number from 0 to 0.5, received inf; try 0.5"),
    ("noise", "0.3", "a number from 0 to 0.5, received '0.3'; try 0.2"),
    ("noise", True, "a number from 0 to 0.5, received True; try 0.2"),
    ("noise", None, "a number from 0 to 0.5, received None; try 0.2"),
    ("hidden", 2.7, "a whole number from 1 to 50, received 2.7; try 3"),
    ("hidden", 0, "a whole number from 1 to 50, received 0; try 1"),
    ("hidden", np.nan, "a whole number from 1 to 50, received nan; try 5"),
    ("hidden", 10**400, "a whole number from 1 to 50, received 1000.* (int); try 50"),
    ("noise", -(10**400), "a number from 0 to 0.5, received -1000.* (int); try 0"),
    ("rate", 0, "a number from 0.03 to 20, received 0; try 0.03"),
    ("rate", 21, "a number from 0.03 to 20, received 21; try 20"),
    ("falling", "no", "True or False, received 'no'; try False"),
]


@pytest.mark.parametrize(("name", "value", "words"), REFUSED, ids=lambda part: str(part)[:40])
def test_a_value_that_a_control_cannot_take_is_refused_with_one_to_try(name, value, words):
    pattern = re.escape(f"Mine: {name}: expected {words}").replace(r"\.\*", ".*")
    with pytest.raises((ValueError, TypeError), match=pattern):
        values.check_values("Mine", CONTROLS, {name: value})


@pytest.mark.parametrize(
    ("name", "value", "taken"),
    [
        ("lr", 5.0, 5),
        ("lr", np.float64(0.2), 0.2),
        ("map", "Shear", "Shear"),
        ("noise", 0.5000000001, 0.5),
        ("noise", 0, 0),
        ("hidden", np.int64(7), 7),
        ("hidden", 7.0, 7),
        ("rate", 0.03, 0.03),
        ("rate", 20, 20),
        ("falling", True, True),
    ],
)
def test_a_value_that_a_control_can_take_is_returned(name, value, taken):
    found = values.check_values("Mine", CONTROLS, {name: value})
    assert found == {name: pytest.approx(taken) if isinstance(taken, float) else taken}


def test_every_end_of_a_control_can_be_set():
    for name, control in CONTROLS.items():
        for value in extremes(control):
            found = values.check_values("Mine", CONTROLS, {name: value})
            assert found[name] == (value if isinstance(value, str) else pytest.approx(value))


def test_a_slider_may_end_elsewhere_than_now():
    assert values.check_values("Mine", CONTROLS, {"hidden": 60}, {"hidden": 60}) == {"hidden": 60}
    with pytest.raises(ValueError, match="from 1 to 10, received 11; try 10"):
        values.check_values("Mine", CONTROLS, {"hidden": 11}, {"hidden": 10})


@pytest.mark.parametrize(
    "made",
    [
        controls.slider("d", 0, low=-1, high=1, step=0.1, tooltip="why"),
        controls.int_slider("d", 0, low=-1, high=1, tooltip="why"),
        controls.log_slider("d", 1, low=0.1, high=10, tooltip="why"),
        controls.stops("d", 1, options=[1, 2], tooltip="why"),
        controls.choice("d", 1, options=[1, 2], tooltip="why"),
        controls.buttons("d", 1, options=[1, 2], tooltip="why"),
        controls.checkbox("d", True, tooltip="why"),
    ],
    ids=lambda made: type(made).__name__,
)
def test_every_control_has_a_description_a_tooltip_and_the_same_label_width(made):
    assert made.description == "d"
    assert made.tooltip == "why"
    assert made.style.description_width == controls.LABEL_WIDTH
    made.close()
