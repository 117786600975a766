"""The loss explorer, its picture compared with the losses themselves."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers import LossExplorer
from minidl.explorers.loss.explorer import OPTIONS, PLACES
from minidl.losses import (
    BCEWithLogitsLoss,
    CosineEmbeddingLoss,
    MultiMarginLoss,
    SmoothL1Loss,
)
from minidl.plots.loss_slices import SLICES
from minidl.plots.style import CLASS_COLORS, MUTED
from tests.widgets.helpers import opened


@pytest.fixture(scope="module")
def explorer():
    with opened(LossExplorer) as made:
        yield made


def curve(explorer):
    return explorer.picture.artists.curves[0].get_data()


def test_beta_moves_where_the_parabola_ends(explorer):
    explorer.set(loss="SmoothL1Loss", beta=2.0, x=1.0, other=False)
    x, y = curve(explorer)
    expected = [SmoothL1Loss(beta=2.0)([each], [0.0]) for each in x]
    np.testing.assert_allclose(y, expected)
    assert explorer.status == (
        "SmoothL1Loss, y = 0, prediction 1.0: loss 0.2500, gradient 0.5000, so a step lowers it."
    )


def test_pos_weight_multiplies_the_positive_label_only(explorer):
    explorer.set(loss="BCEWithLogitsLoss", pos_weight=3.0, other=False)
    x, y = curve(explorer)
    np.testing.assert_allclose(y, [3 * BCEWithLogitsLoss()([each], [1.0]) for each in x])
    explorer.set(other=True)
    np.testing.assert_allclose(
        curve(explorer)[1], [BCEWithLogitsLoss()([each], [0.0]) for each in x]
    )


def test_margin_and_degree_reach_the_hinge(explorer):
    explorer.set(loss="MultiMarginLoss", margin=0.5, degree=2, other=False)
    x, y = curve(explorer)
    loss = MultiMarginLoss(p=2, margin=0.5)
    np.testing.assert_allclose(y, [loss([[each, 1.0, 0.0]], [0]) for each in x])


def test_the_margin_of_cosines_has_a_control_of_its_own(explorer):
    explorer.set(loss="CosineEmbeddingLoss", cosine=0.3, angle=30.0, other=True)
    angle = np.radians(30)
    loss = CosineEmbeddingLoss(margin=0.3)
    expected = loss([[np.cos(angle), np.sin(angle)]], [[1.0, 0.0]], [-1])
    assert f"angle in degrees 30: loss {expected:.4f}" in explorer.status
    assert explorer.view.point[1] == pytest.approx(expected)


@pytest.mark.parametrize("loss", SLICES)
def test_dots_lie_on_the_gradient_and_the_point_on_both_curves(explorer, loss):
    explorer.reset()
    explorer.set(loss=loss)
    artists, view = explorer.picture.artists, explorer.view
    slopes = np.interp(view.dots, *artists.slopes[0].get_data())
    assert np.median(abs(slopes - artists.measured.get_ydata())) < 1e-3
    for mark, line in zip(artists.points, (artists.curves[0], artists.slopes[0]), strict=True):
        (x,), (y,) = mark.get_data()
        assert y == pytest.approx(np.interp(x, *line.get_data()), abs=0.02)


@pytest.mark.parametrize("loss", SLICES)
def test_only_what_a_loss_has_can_be_moved(explorer, loss):
    explorer.set(loss=loss)
    seen = {
        name
        for name in (*PLACES.values(), *OPTIONS)
        if explorer.controls[name].layout.display != "none"
    }
    assert len(seen) == 1 + len(SLICES[loss].options)
    assert PLACES[SLICES[loss].kind] in seen


def test_the_other_label_changes_places_with_the_first(explorer):
    explorer.set(loss="CrossEntropyLoss", other=False)
    first, second = (line.get_ydata().copy() for line in explorer.picture.artists.curves)
    assert explorer.picture.artists.names[0].get_text() == "this class is right"
    assert explorer.picture.artists.curves[0].get_color() == CLASS_COLORS[0]
    explorer.set(other=True)
    chosen, grey = (line.get_ydata() for line in explorer.picture.artists.curves)
    np.testing.assert_array_equal(chosen, second)
    np.testing.assert_array_equal(grey, first)
    assert explorer.picture.artists.names[0].get_text() == "another is right"
    assert explorer.picture.artists.curves[0].get_color() == CLASS_COLORS[1]
    assert explorer.picture.artists.curves[1].get_color() == MUTED


def test_a_wrong_gradient_is_seen_beside_the_dots(explorer, monkeypatch):
    def doubled(self, grad, predicts, labels, *_):
        return 2 * (predicts - labels)

    monkeypatch.setattr(SmoothL1Loss, "vjp", doubled)
    explorer.set(loss="SmoothL1Loss", beta=1.0, other=False, x=-1.5)
    artists = explorer.picture.artists
    slopes = np.interp(explorer.view.dots, *artists.slopes[0].get_data())
    assert np.median(abs(slopes - artists.measured.get_ydata())) > 0.5


def test_what_is_forgiven_is_left_alone():
    with opened(LossExplorer, loss="MultiMarginLoss", x=3.0) as explorer:
        assert explorer.status.endswith("gradient 0.0000, so a step leaves it alone.")
