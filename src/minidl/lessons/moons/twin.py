"""A learner's network beside minidl's own: the same start, the same results there and back."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.checking.asking import ask, make
from minidl.checking.comparing import expect_close
from minidl.checking.exactness import expect_exact
from minidl.checking.verdicts import WrongAnswer, expect, wrong
from minidl.lessons.moons.mistakes.network import MISTAKES
from minidl.models import two_layer_net
from minidl.op import Op

Array = npt.NDArray[Any]
BACK = "what backward gives after it"


def expect_twin(MoonsNet: Any, sizes: tuple[int, int, int], seed: int) -> None:
    """Expect a network that starts as minidl's does, and works like it there and back.

    The batches have several sizes: one twice, one as many rows as columns, and a single row.
    """
    net = make(MoonsNet, *sizes, rng=np.random.default_rng(seed))
    twin = two_layer_net(*sizes, rng=seed)
    expect(_has_weights_of(net, twin), MISTAKES["other-weights"])
    rng = np.random.default_rng(seed)
    for size in (seed + 3, 7, sizes[0], 1, seed + 3):
        x, grad = (rng.standard_normal((size, width)) * 3 for width in sizes[::2])
        grad *= 10.0 ** rng.uniform(-2, 6, (size, 1))
        _expect_there(net, twin, x)
        _expect_back(net, twin, grad)
    _make_bold(net, twin)
    _expect_there(net, twin, x)
    _expect_unchanged(net, twin, x)


def _make_bold(*nets: Any) -> None:
    """Make all weights so large that outputs come near 0 and 1, as training may."""
    for net in nets:
        for parameter in net.parameters():
            parameter.value *= 30


def _expect_there(net: Any, twin: Op, x: Array) -> None:
    p, right = ask(net, x), twin(x)
    expect_close(p, right, what="the output", diagnosis=MISTAKES["forward"])
    expect_exact(p, right, given=f"x of shape {x.shape}")
    expect(_modes(net) == {True}, MISTAKES["changes-itself"])


def _expect_back(net: Any, twin: Op, grad: Array) -> None:
    """Expect the gradients of x and of the parameters, where a gradient may be large."""
    back, right = _ask_back(net, grad), twin.backward(grad)
    pairs = [(back, right)]
    pairs += [(p.grad, q.grad) for p, q in zip(net.parameters(), twin.parameters(), strict=True)]
    for own, wanted in pairs:
        expect_close(own, wanted, what=BACK, diagnosis=MISTAKES["by-hand"], rtol=1e-9)
    expect_exact(back, right, given=BACK)
    expect(_modes(net) == {True}, MISTAKES["changes-itself"])


def _ask_back(net: Any, grad: Array) -> Any:
    """Go back through the layers, which works where `forward` has called each of them."""
    try:
        return ask(net.backward, grad)
    except WrongAnswer:
        wrong(MISTAKES["by-hand"])


def _expect_unchanged(net: Any, twin: Op, x: Array) -> None:
    """Expect a way there, in evaluation, to leave weights, gradients, mode and layers alone."""
    net.eval()
    grads = [parameter.grad.copy() for parameter in net.parameters()]
    ask(net, x)
    same = len(net.layers) == 4 and _has_weights_of(net, twin) and _modes(net) == {False}
    same = same and [*net.layers[0].grads] == ["W", "b"] == [*net.layers[2].grads]
    same = same and all(map(np.array_equal, grads, (p.grad for p in net.parameters())))
    expect(same, MISTAKES["changes-itself"])


def _has_weights_of(net: Any, twin: Op) -> bool:
    own, right = ([p.value for p in each.parameters()] for each in (net, twin))
    return len(own) == len(right) and all(map(_identical, own, right))


def _identical(one: Any, other: Any) -> bool:
    return one.dtype == other.dtype and np.array_equal(one, other)


def _modes(net: Any) -> set[bool]:
    return {op.training for op in (net, *net.layers)}
