"""The check of the exercise "moons/network"."""

from __future__ import annotations

import contextlib
from typing import Any

import numpy as np

from minidl.checking.asking import GUARDED, ask, make
from minidl.checking.comparing import expect_close
from minidl.checking.difference import close
from minidl.checking.exercise import Exercise
from minidl.checking.kinds import expect_array
from minidl.checking.verdicts import NotAttempted, expect, wrong
from minidl.lessons.moons import solutions as solutions
from minidl.lessons.moons.mistakes.network import MISTAKES
from minidl.lessons.moons.twin import expect_twin
from minidl.op import Op


def check_network(MoonsNet: Any) -> None:
    """Check a network's layers, sizes, forward pass and randomness."""
    net = make(MoonsNet, 2, 5, 1, rng=0)
    expect(isinstance(net, Op), MISTAKES["not-an-op"])
    x = np.array([[0.5, -1.0], [2.0, 0.0], [0.0, 0.0]])
    _expect_finished(net, x)
    _expect_names(net)
    p = expect_array(_ask_for_output(net, x), what="the output")
    _expect_layers([type(layer).__name__ for layer in net.layers])
    _expect_sizes(net, (2, 5, 1), "sizes", "Linear(2, 5) and Linear(5, 1) for sizes 2, 5, 1")
    other = make(MoonsNet, 3, 4, 2, rng=0)
    _expect_sizes(other, (3, 4, 2), "fixed-sizes", "layers that follow the sizes asked for")
    _expect_forward(net, x, p)
    _expect_randomness(MoonsNet, net, x)
    for seed, sizes in enumerate(((2, 5, 1), (3, 4, 2), (6, 7, 5), (4, 6, 3))):
        expect_twin(MoonsNet, sizes, seed)


def _expect_forward(net: Any, x: Any, p: Any) -> None:
    first, second = net.layers[0].params, net.layers[2].params
    a = 1 / (1 + np.exp(-(x @ first["W"] + first["b"])))
    expected = 1 / (1 + np.exp(-(a @ second["W"] + second["b"])))
    expect(not close(p, ask(net.layers[0], x)), MISTAKES["returns-too-early"])
    forward = MISTAKES["forward"]
    expect_close(p, expected, what="the output", diagnosis=forward, rtol=1e-6)


def _expect_randomness(MoonsNet: Any, net: Any, x: Any) -> None:
    same = close(ask(make(MoonsNet, 2, 5, 1, rng=0), x), ask(net, x))
    expect(same, MISTAKES["ignores-rng"])
    first, second = net.layers[0].params["W"], net.layers[2].params["W"]
    copied = close(first.ravel()[:5], second.ravel())
    expect(not copied, MISTAKES["same-seed-twice"])
    others = [ask(make(MoonsNet, 2, 5, 1), x) for _ in range(2)]
    expect(not close(*others), MISTAKES["same-without-rng"])


def _expect_finished(net: Any, x: Any) -> None:
    """Expect objects in the list, and no dots, unless `forward` is blank as well."""
    layers = list(net.layers)
    for layer in layers:
        if isinstance(layer, type):
            name = layer.__name__
            wrong(MISTAKES["class-as-layer"], name=name)
    if not any(layer is ... for layer in layers):
        return
    if len(layers) > 3:
        wrong(MISTAKES["dots-left"])
    if _gives_nothing(net, x):
        raise NotAttempted
    wrong(MISTAKES["layers-missing"])


def _gives_nothing(net: Any, x: Any) -> bool:
    """Return whether `forward` is blank: over dots, one that is not raises an error."""
    with contextlib.suppress(*GUARDED):
        return net.forward(x.copy()) is None
    return False


def _ask_for_output(net: Any, x: Any) -> Any:
    try:
        return ask(net, x)
    except NotAttempted:
        wrong(MISTAKES["no-output"])


def _expect_names(net: Any) -> None:
    if not all(isinstance(layer, Op) for layer in net.layers):
        return
    try:
        list(net.parameters())
    except ValueError as error:
        wrong(MISTAKES["same-names"], error=error)


def _expect_layers(kinds: list[str]) -> None:
    if kinds == ["Linear", "Logistic", "Linear"]:
        wrong(MISTAKES["no-output-logistic"])
    if kinds == ["Linear", "Linear", "Logistic"]:
        wrong(MISTAKES["no-hidden-logistic"])
    found = ", ".join(kinds) or "none"
    expect(kinds == ["Linear", "Logistic"] * 2, MISTAKES["layers"], found=found)


def _expect_sizes(net: Any, sizes: tuple[int, int, int], diagnosis: str, what: str) -> None:
    shapes = [layer.params["W"].shape for layer in net.layers if "W" in layer.params]
    wanted = [sizes[:2], sizes[1:]]
    sentence = f"Expected {what}, so weights of shapes {wanted}, found {shapes}."
    expect(shapes == wanted, diagnosis, sentence)


NETWORK = Exercise(
    name="moons/network",
    title="A network is an operator made of operators",
    check=check_network,
    solution=solutions.MoonsNet,
    mistakes=MISTAKES,
    hints=(
        "The second half is like the first: a Linear layer, and a Logistic layer after it.",
        "The second Linear takes in what the first puts out: `hidden_size` numbers.",
        "In `forward`, the output of a layer is the input of the next: "
        "`for layer in self.layers: x = layer(x)`.",
    ),
    takeaway="Any operator that you write can be a layer of it.",
)
