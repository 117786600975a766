"""The activation explorer, its picture compared with formulas written out."""

from __future__ import annotations

import math

import numpy as np
import pytest

from minidl.explorers import ActivationExplorer
from minidl.explorers.activation.explorer import DOTS
from minidl.nn import Activation
from minidl.plots.activation import Z
from tests.widgets.helpers import opened


def sigma(z):
    return 1 / (1 + math.exp(-z))


FORMULAS = {  # start → value and slope at z, from the textbook
    "Logistic": ({}, sigma, lambda z: sigma(z) * sigma(-z)),
    "Tanh": ({}, math.tanh, lambda z: 1 / math.cosh(z) ** 2),
    "ReLU": ({}, lambda z: max(0.0, z), lambda z: float(z > 0)),
    "LeakyReLU": ({"gamma": 0.3}, lambda z: max(0.3 * z, z), lambda z: 1 if z > 0 else 0.3),
    "HardLogistic": (
        {},
        lambda z: min(max(0.25 * z + 0.5, 0), 1),
        lambda z: 0.25 if abs(z) < 2 else 0,
    ),
    "HardTanh": ({}, lambda z: min(max(z, -1), 1), lambda z: 1 if abs(z) < 1 else 0),
    "ELU": (
        {"alpha": 1.5},
        lambda z: z if z > 0 else 1.5 * (math.exp(z) - 1),
        lambda z: 1 if z > 0 else 1.5 * math.exp(z),
    ),
    "Softplus": (
        {"beta": 2.0},
        lambda z: math.log(1 + math.exp(2 * z)) / 2,
        lambda z: sigma(2 * z),
    ),
    "Swish": (
        {"beta": 2.0},
        lambda z: z * sigma(2 * z),
        lambda z: sigma(2 * z) + 2 * z * sigma(2 * z) * sigma(-2 * z),
    ),
}


@pytest.fixture(scope="module")
def explorer():
    with opened(ActivationExplorer) as made:
        yield made


@pytest.fixture(autouse=True)
def as_at_first(explorer):
    explorer.reset()


@pytest.mark.parametrize("name", FORMULAS)
def test_the_picture_holds_the_function_and_its_slope(name, explorer):
    start, f, slope = FORMULAS[name]
    explorer.set(function=name, z=-0.7, **start)
    artists = explorer.picture.artists
    np.testing.assert_allclose(artists.curve.get_ydata(), [f(z) for z in Z], atol=1e-12)
    away = np.abs(np.abs(Z)[:, None] - [0, 1, 2]).min(axis=1) > 1e-9  # from the kinks
    drawn, expected = artists.slope.get_ydata(), np.array([slope(z) for z in Z])
    np.testing.assert_allclose(drawn[away], expected[away], atol=1e-12)
    assert artists.point.get_xydata().tolist() == [[-0.7, pytest.approx(f(-0.7))]]
    assert artists.slope_point.get_ydata() == [pytest.approx(slope(-0.7))]


def test_every_activation_of_the_library_is_offered(explorer):
    assert [value for _, value in explorer.controls["function"].options] == list(FORMULAS)


@pytest.mark.parametrize("name", FORMULAS)
def test_measured_dots_lie_on_the_line_of_a_right_slope(name, explorer):
    start, _, slope = FORMULAS[name]
    explorer.set(function=name, **start)
    z, measured = explorer.picture.artists.measured.get_data()
    np.testing.assert_allclose(measured, [slope(value) for value in z], atol=1e-7)
    assert "misses" not in explorer.status


class Wrong(Activation):
    """A tanh whose slope is written in terms of x."""

    def function(self, x):
        return np.tanh(x)

    def slope(self, x, a):
        return 1 - x**2


class Blank(Activation):
    """An exercise that is not filled in."""

    def function(self, x): ...

    def slope(self, x, a): ...


def test_a_readers_wrong_slope_is_seen_failing():
    explorer = ActivationExplorer(Wrong, function="Wrong (yours)")
    line = np.interp(DOTS, Z, explorer.picture.artists.slope.get_ydata())
    dots = explorer.picture.artists.measured.get_ydata()
    assert np.abs(line - dots).max() > 1
    assert (
        "misses the measured slope: at z = -0.25 it gives 0.9375, measured 0.9400"
        in explorer.status
    )
    explorer.close()


class Divided(Activation):
    """A swish that finds its gate by a division."""

    def function(self, x):
        return x / (1 + np.exp(-x))

    def slope(self, x, a):
        with np.errstate(invalid="ignore"):
            gate = a / x
        return gate + a * (1 - gate)


def test_a_slope_that_is_no_number_is_told_in_words():
    explorer = ActivationExplorer(Divided, function="Divided (yours)", z=0.0)
    assert "slope nan, which is no number: the formula fails here. Less" in explorer.status
    explorer.set(z=1.0)
    assert "slope 0.9277, so 92.8% of the gradient gets back." in explorer.status
    explorer.close()


def test_a_blank_is_told_and_another_choice_recovers():
    explorer = ActivationExplorer(Blank, function="Blank (yours)")
    assert "expected Blank.function to return an array" in explorer.error
    assert "exercise filled in?" in explorer.error
    explorer.controls["function"].value = "ReLU"
    assert explorer.error == ""
    explorer.close()


def test_an_object_in_place_of_a_class_is_refused():
    with pytest.raises(TypeError, match="without parentheses"):
        ActivationExplorer(Wrong())
    with pytest.raises(TypeError, match="received 3"):
        ActivationExplorer(3)


def test_a_class_that_is_no_activation_is_told():
    explorer = ActivationExplorer(dict, function="dict (yours)")
    assert "expected dict to make an Activation" in explorer.error
    explorer.close()


def test_words_give_value_slope_share_and_saturated_region(explorer):
    assert explorer.status == (
        "Logistic at z = 2.0: a = 0.8808, slope 0.1050, so 10.5% of the gradient gets back. "
        "Less than 5%, whatever the sign, gets back where z < -2.9 or z > 2.9."
    )
    explorer.set(function="LeakyReLU", z=-3.0)
    assert explorer.status == (
        "LeakyReLU at z = -3.0: a = -0.3000, slope 0.1000, so 10.0% of the gradient gets back. "
        "Nowhere in the picture does less than 5% get back."
    )


def test_a_narrow_band_is_told_and_no_zero_has_a_sign(explorer):
    explorer.set(function="Swish", z=-2.0, beta=5.0)
    assert "so 0.0% of the gradient" in explorer.status
    assert "where z < -0.8 or -0.30 < z < -0.22." in explorer.status
    explorer.set(function="Swish", z=-2.0, beta=1.0)
    assert "so -9.1% of the gradient gets back. Less than 5%, whatever the sign" in explorer.status


def test_a_steep_slope_stays_in_the_picture(explorer):
    axes = explorer.picture.artists.slope.axes
    common = axes.get_ylim()
    explorer.set(function="ELU", alpha=2.0)
    assert axes.get_ylim()[1] > 2
    explorer.set(function="Tanh")
    assert axes.get_ylim() == common


@pytest.mark.parametrize(
    ("name", "visible"),
    [
        ("Tanh", None),
        ("LeakyReLU", "gamma"),
        ("ELU", "alpha"),
        ("Softplus", "beta"),
        ("Swish", "beta"),
    ],
)
def test_only_the_functions_own_parameter_is_visible(name, visible, explorer):
    explorer.controls["function"].value = name
    parameters = {key: explorer.controls[key] for key in ("gamma", "alpha", "beta")}
    shown = [key for key, control in parameters.items() if control.layout.display != "none"]
    assert shown == ([visible] if visible else [])


def test_a_parameter_moves_the_curve(explorer):
    explorer.controls["function"].value = "LeakyReLU"
    explorer.controls["gamma"].value = 0.5
    np.testing.assert_allclose(explorer.picture.artists.curve.get_ydata()[0], -5.0)


def test_the_shading_is_where_the_slope_is_small(explorer):
    explorer.set(function="HardTanh")
    for shade in explorer.picture.artists.shades:
        edges = [(p.vertices[0, 0], p.vertices[1, 0]) for p in shade.get_paths()]
        assert edges == [(-10, pytest.approx(-1)), (pytest.approx(1), 10)]


def test_a_closer_look_shows_how_far_swish_dips(explorer):
    explorer.set(function="Swish")
    height = {}
    for reach in (10, 5, 3):
        explorer.set(reach=reach)
        panel = explorer.picture.artists.curve.axes
        assert panel.get_xlim() == explorer.picture.artists.slope.axes.get_xlim() == (-reach, reach)
        low, high = panel.get_ylim()
        assert low < explorer.view.a.min()
        assert high > reach
        height[reach] = -explorer.view.a.min() / (high - low)
    assert height[10] < 0.025
    assert height[3] > 0.07


@pytest.mark.parametrize("reach", [10, 5, 3])
def test_every_curve_has_its_lowest_value_in_the_picture(explorer, reach):
    for name in FORMULAS:
        explorer.set(function=name, reach=reach, alpha=2.0, gamma=0.1)
        low, _ = explorer.picture.artists.curve.axes.get_ylim()
        assert low < explorer.view.a[np.abs(Z) <= reach].min(), name


def test_the_point_stays_in_the_picture(explorer):
    explorer.controls["z"].value = -8.0
    explorer.controls["reach"].value = 5
    assert explorer.state.z == explorer.view.point[0] == -5
    explorer.controls["z"].value = 5.5
    assert explorer.state.reach == 10
    explorer.controls["reach"].value = 3
    explorer.controls["z"].value = 1.0
    assert explorer.state.reach == 3
