"""The adaptive linear unit on y = 2x + 1, with the trace that its source prints."""

from __future__ import annotations

import pytest

from minidl.graph import Variable, relu

SAMPLES = [2.6, 4.6, -4.4, -3.2, 7.8, 6.0, 3.8, -6.4, -8.8, 7.4]
TRACE = [
    (0.13, 0.10), (0.36, 0.20), (0.58, 0.10), (0.74, 0.00), (1.13, 0.10),
    (1.43, 0.20), (1.62, 0.30), (1.94, 0.20), (1.50, 0.30), (1.87, 0.40),
]  # fmt: skip


def steps(loss_of):
    """Yield w and b after each sample, with rates of 0.05 for w and 0.1 for b."""
    w, b = Variable(0.0, name="w"), Variable(0.0, name="b")
    x, y = Variable(0.0, name="x"), Variable(0.0, name="y")
    loss = loss_of(w * x + b, y)
    for sample in SAMPLES:
        x.value, y.value = sample, 2 * sample + 1
        loss.forward()
        loss.backward()
        w.update(lr=0.05)
        b.update(lr=0.1)
        yield float(w.value), float(b.value)


def with_slope_minus_one_at_0(predicts, y):
    """|predicts − y| as the source takes it: where both are equal, its slope is −1."""
    error = predicts - y
    return 2 * relu(error) - error


@pytest.mark.parametrize(
    "loss_of", [lambda predicts, y: abs(predicts - y), with_slope_minus_one_at_0]
)
def test_the_printed_trace_is_reproduced(loss_of):
    assert [(round(w + 1e-9, 2), round(b + 1e-9, 2)) for w, b in steps(loss_of)] == TRACE


def test_the_two_slopes_differ_at_0_only():
    w = Variable([-1.0, 0.0, 1.0])
    abs(w).sum().backward()
    assert w.grad.tolist() == [-1, 0, 1]
    with_slope_minus_one_at_0(w, 0.0).sum().backward()
    assert w.grad.tolist() == [-1, -1, 1]
