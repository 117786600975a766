import numpy as np
import pytest

from minidl.optim.options import choice, optional, pair, real, whole

SHARE = real(low=0, high=1, high_inclusive=False)


@pytest.mark.parametrize(
    ("check", "value", "expected"),
    [
        (real(low=0), 0, 0.0),
        (real(), np.float32(-2.5), -2.5),
        (whole(1), np.int64(3), 3),
        (choice(None, "strong_wolfe"), None, None),
        (optional(whole(1)), None, None),
        (optional(whole(1)), 7, 7),
        (pair(SHARE, whole(0)), [np.float64(0.5), 2], (0.5, 2)),
    ],
)
def test_what_is_in_range_becomes_a_plain_value(check, value, expected):
    found = check(value, "x")
    assert found == expected
    assert type(found) is type(expected)


@pytest.mark.parametrize(
    ("check", "value", "words"),
    [
        (real(low=0, low_inclusive=False), 0, "x: expected a finite number > 0, received 0"),
        (SHARE, 1, "x: expected a finite number ≥ 0 and < 1, received 1"),
        (whole(2), 1, "x: expected at least 2, received 1"),
        (choice(1, 2), 3, "x: expected one of 1, 2, received 3"),
        (optional(whole(1)), 0, "x: expected at least 1, received 0"),
        (pair(SHARE, SHARE), (0.9, 1.0), r"x\[1\]: expected a finite number"),
        (pair(SHARE, SHARE), (0.9,), r"x: expected two values, received \(0\.9,\)"),
        (pair(SHARE, SHARE), 0.9, r"x: expected two values, received 0\.9"),
    ],
)
def test_what_is_out_of_range_is_a_clear_error(check, value, words):
    with pytest.raises((ValueError, TypeError), match=words):
        check(value, "x")
