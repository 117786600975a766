"""The explorer of the lesson `promises`, its picture compared with sums written out."""

from __future__ import annotations

import pytest

from minidl.explorers import PromisesExplorer
from tests.widgets.helpers import opened


@pytest.mark.parametrize("a", [-2.0, 0.0, 1.5])
def test_the_curve_is_a_times_x_times_x(a):
    with opened(PromisesExplorer, a=a) as explorer:
        points = explorer.picture.artists.curve.get_data()
        for x, y in zip(*points, strict=True):
            assert y == pytest.approx(a * x * x)


def test_the_sentence_says_where_the_curve_ends():
    with opened(PromisesExplorer, a=1.5) as explorer:
        assert explorer.status == "With a = 1.5, the curve is at 6.0 where x is 2."
