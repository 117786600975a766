"""The picture of a neuron."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from minidl.explorers import NeuronExplorer
from minidl.explorers.neuron.picture import REACH, level_line
from tests.widgets.helpers import opened

weights = st.floats(-3, 3).filter(lambda w: abs(w) > 0.05)


@given(weights, weights, st.floats(-4, 4), st.floats(-6, 6))
def test_the_net_activation_is_the_level_everywhere_on_its_line(w1, w2, b, level):
    w = np.array([w1, w2])
    ends = level_line(w, b, level)
    for share in (0.0, 0.3, 1.0):
        point = share * ends[0] + (1 - share) * ends[1]
        np.testing.assert_allclose(point @ w + b, level, atol=1e-9)


@given(weights, weights)
def test_the_ends_of_a_line_through_the_picture_lie_outside_it(w1, w2):
    assert np.all(np.abs(level_line(np.array([w1, w2]), 0.0)).max(axis=1) > REACH)


def test_without_weights_there_is_no_line():
    assert np.all(np.isnan(level_line(np.zeros(2), 1.0)))


def test_the_walk_is_drawn_in_the_plane_and_crosses_the_line_where_the_profile_does():
    with opened(NeuronExplorer, w1=-1.5, w2=2.0, b=2.0) as explorer:
        artists = explorer.picture.artists
        start, end = artists.walk.get_xydata()
        np.testing.assert_allclose([start, end], [[2.4, -3.2], [-2.4, 3.2]])  # 4 along (−0.6, 0.8)
        in_plane, along = (ring.get_xydata()[0] for ring in artists.rings)
        np.testing.assert_allclose(in_plane @ [-1.5, 2.0] + 2.0, 0, atol=1e-12)
        np.testing.assert_allclose(in_plane @ [-0.6, 0.8], along[0])
        np.testing.assert_allclose(np.interp(along[0], *artists.curve.get_data()), 0, atol=1e-9)
        explorer.set(view="a")
        _, along = (ring.get_xydata()[0] for ring in artists.rings)
        assert along[1] == 0.5
        explorer.set(w1=0, w2=0)
        assert not np.isfinite(artists.walk.get_xydata()).any()
