"""The picture of a neuron."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from minidl.explorers.neuron.picture import REACH, level_line

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
