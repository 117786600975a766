"""Mistakes that learners make in "A network is an operator made of operators"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.nn import Linear, Logistic, ReLU
from minidl.op import Op


def network(build):
    """A network whose layers are made by build(D, H, M, rng)."""

    class Net(Op):
        """A network of the layers that `build` returns, passed there and back in order."""

        def __init__(self, D, H, M, *, rng=None):
            super().__init__()
            self.layers = build(D, H, M, rng)

        def forward(self, x):
            for layer in self.layers:
                x = layer(x)
            return x

        def backward(self, grad):
            for layer in reversed(self.layers):
                grad = layer.backward(grad)
            return grad

    return Net


def layers(D, H, M, rng):
    rng = np.random.default_rng(rng)
    return [Linear(D, H, rng=rng), Logistic(), Linear(H, M, rng=rng), Logistic()]


def relu_layers(D, H, M, rng):
    made = layers(D, H, M, rng)
    return [made[0], ReLU(), made[2], made[3]]


class NoOp:
    """A network that is no Op."""

    def __init__(self, D, H, M, *, rng=None):
        pass

    def __call__(self, x):
        return x


def unnamed_apart(D, H, M, rng):
    made = layers(D, H, M, rng)
    made[0].name = made[2].name = "fc1"
    return made


class BlankForward(network(layers)):
    """The network whose `forward` was not written."""

    def forward(self, x): ...


class ReturnsInTheLoop(network(layers)):
    """The network that returns after its first layer."""

    def forward(self, x):
        for layer in self.layers:
            return layer(x)
        return x


class Skips(network(layers)):
    """The network without the activation between the layers."""

    def forward(self, x):
        return self.layers[3](self.layers[2](self.layers[0](x)))


class ByHand(network(layers)):
    """The network that computes σ(x·W + b) itself, so that nothing is kept for the way back."""

    def forward(self, x):
        for layer in self.layers[::2]:
            x = 1 / (1 + np.exp(-(x @ layer.params["W"] + layer.params["b"])))
        return x


class LastLayerByHand(network(layers)):
    """The network that computes its last activation itself."""

    def forward(self, x):
        for layer in self.layers[:3]:
            x = layer(x)
        return 1 / (1 + np.exp(-x))


class Decays(network(layers)):
    """The network that moves a bias a little in every pass."""

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        self.layers[0].params["b"] -= 1e-12
        return x


class Switches(network(layers)):
    """The network that is in evaluation mode after the way back."""

    def backward(self, grad):
        grad = super().backward(grad)
        self.eval()
        return grad


class Rounds(network(layers)):
    """The network whose predictions are float32."""

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x.astype(np.float32)


def second_first(D, H, M, rng):
    rng = np.random.default_rng(rng)
    fc2 = Linear(H, M, rng=rng)
    return [Linear(D, H, rng=rng), Logistic(), fc2, Logistic()]


def in_single_precision(D, H, M, rng):
    rng = np.random.default_rng(rng)
    fc1, fc2 = (Linear(*sizes, rng=rng, dtype=np.float32) for sizes in ((D, H), (H, M)))
    return [fc1, Logistic(), fc2, Logistic()]


OTHER_WEIGHTS = (
    "With rng=0 your network starts from other weights than minidl's, which draws 64-bit numbers "
    "for the first Linear layer, then for the second. Make the layers in the order of the list, "
    "and give each nothing but its sizes, the generator and perhaps a name."
)
MISTAKES = Mistakes(
    Mistake(
        "returns-too-early",
        ReturnsInTheLoop,
        "The loop ends after one layer: `return` should stand after the loop, not in it.",
    ),
    Mistake("not-a-class", network(layers)(2, 5, 1)),
    Mistake("not-an-op", NoOp, "Expected a subclass of Op: `class MoonsNet(Op)`."),
    Mistake(
        "no-output-logistic",
        network(lambda *sizes: layers(*sizes)[:3]),
        "The last Logistic is missing: the output is no probability.",
    ),
    Mistake(
        "no-hidden-logistic",
        network(lambda *sizes: [layers(*sizes)[i] for i in (0, 2, 3)]),
        "Nothing stands between the affine maps: two are but one.",
    ),
    Mistake(
        "layers",
        network(relu_layers),
        "Expected Linear, Logistic, Linear, Logistic, found {found}.",
    ),
    Mistake("sizes", network(lambda D, H, M, rng: layers(D, 10, M, rng))),
    Mistake("fixed-sizes", network(lambda D, H, M, rng: layers(2, 5, 1, rng))),
    Mistake(
        "layers-missing",
        network(lambda *sizes: [*layers(*sizes)[:2], ...]),
        "In the list, put the other two layers in place of the dots `...`.",
    ),
    Mistake(
        "no-output",
        BlankForward,
        "The list of layers is done, but `forward` gives nothing back: is it written, "
        "and does it end with `return`?",
    ),
    Mistake(
        "dots-left",
        network(lambda *sizes: [*layers(*sizes), ...]),
        "The dots `...` still stand in the list: take them out.",
    ),
    Mistake(
        "class-as-layer",
        network(lambda *sizes: [*layers(*sizes)[:3], Logistic]),
        "`{name}` is a class; a layer is made with `{name}(…)`.",
    ),
    Mistake(
        "same-names",
        network(unnamed_apart),
        "A network finds its parameters by the names of its layers: {error}.",
    ),
    Mistake("forward", Skips, "The output is not that of the four layers, one after another."),
    Mistake("other-weights", network(second_first), OTHER_WEIGHTS),
    Mistake("other-weights", network(in_single_precision), OTHER_WEIGHTS),
    Mistake(
        "by-hand",
        ByHand,
        "The output is right, but `backward` fails after it: each layer has to be called, as by "
        "`layer(x)`, to keep what its own way back needs.",
    ),
    Mistake("by-hand", LastLayerByHand, "The output is right, but `backward` fails after it"),
    Mistake(
        "changes-itself",
        Decays,
        "A call changes the network's weights, gradients, mode or layers: `forward` only has to "
        "pass x through them, and `backward` was finished.",
    ),
    Mistake("changes-itself", Switches, "A call changes the network's weights, gradients, mode"),
    Mistake("inexact", Rounds),
    Mistake(
        "ignores-rng",
        network(lambda D, H, M, rng: layers(D, H, M, None)),
        "Two networks with rng=0 differ: pass rng to the layers.",
    ),
    Mistake(
        "same-without-rng",
        network(lambda D, H, M, rng: layers(D, H, M, 0 if rng is None else rng)),
        "Two networks that are made without rng start from the same weights: pass on the rng that "
        "is given, None too.",
    ),
    Mistake(
        "same-seed-twice",
        network(
            lambda D, H, M, rng: [
                Linear(D, H, rng=rng),
                Logistic(),
                Linear(H, M, rng=rng),
                Logistic(),
            ]
        ),
        "Both layers drew the same numbers: give both one generator, not one seed.",
    ),
)
