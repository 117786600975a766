"""What the exercise "XOR by hand" says of units that are nearly right."""

from __future__ import annotations

import pytest

from minidl.exercises import exercise


def test_the_sum_at_a_wrong_corner_is_written_out():
    said = str(exercise("bends/xor")([(1, 0, 0, 1), (0, 1, 0, 1)]))
    assert "At the circle (1, 1) the sum is -1 + 1 + 1 = 1, not below 0." in said
    said = str(exercise("bends/xor")([(1, 1, 1, 2), (1, 1, 0, -1)]))
    assert "At the circle (1, 1) the sum is -1 + 6 - 2 = 3, not below 0." in said


@pytest.mark.parametrize("v", [-1.0, -9.0])
def test_more_weight_is_not_asked_of_units_that_only_push_down(v):
    assert exercise("bends/xor")([(1, -1, 0, v), (-1, 1, 0, v)]).diagnosis == "only-downwards"
