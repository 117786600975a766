"""The controls that explorers declare."""

from __future__ import annotations

import ipywidgets
import numpy as np
import pytest

from minidl.widgets import controls


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
        assert controls.read(made) == grid
    awkward = controls.slider("b", 0.0, low=-0.45, high=1, step=0.15, tooltip="t")
    assert str(controls.read(awkward)) == "0.0"  # −0.45 + 3 · 0.15 is a little below 0


def test_a_log_slider_is_read_in_two_digits():
    made = controls.log_slider("lr", 0.2, low=0.01, high=10, tooltip="t")
    made.value = 10**-0.7  # what a browser makes of 0.2
    assert controls.read(made) == 0.2
    made.value = 10.0
    assert controls.read(made) == 10.0


def test_twenty_steps_in_a_factor_of_ten_are_told_apart():
    made = controls.log_slider("lr", 1.0, low=0.1, high=100, per_decade=20, tooltip="t")
    read = []
    for exponent in np.linspace(-1, 2, 61):
        made.value = 10**exponent
        read.append(controls.read(made))
    assert len(set(read)) == 61
    assert sorted(read) == read


def test_other_controls_are_read_as_they_are():
    assert controls.read(ipywidgets.Checkbox(True)) is True
    assert controls.read(ipywidgets.IntSlider(7)) == 7


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
