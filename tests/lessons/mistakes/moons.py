import numpy as np

from minidl.nn import Linear, Logistic, ReLU
from minidl.op import Op


def arcs(n, *, end=np.pi, endpoint=True, mirror=-1, order=(0, 1), labels=(0, 1)):
    t = np.linspace(0, end, n, endpoint=endpoint)
    outer = np.column_stack([np.cos(t), np.sin(t)])
    inner = np.column_stack([1 - np.cos(t), 0.5 + mirror * np.sin(t)])
    both = [outer, inner]
    return np.concatenate([both[i] for i in order]), np.repeat(labels, n)


def network(build):
    """A network whose layers are made by build(D, H, M, rng)."""

    class Net(Op):
        def __init__(self, D, H, M, *, rng=None):
            super().__init__()
            self.layers = build(D, H, M, rng)

        def forward(self, x):
            for layer in self.layers:
                x = layer(x)
            return x

    return Net


def layers(D, H, M, rng):
    rng = np.random.default_rng(rng)
    return [Linear(D, H, rng=rng), Logistic(), Linear(H, M, rng=rng), Logistic()]


def relu_layers(D, H, M, rng):
    made = layers(D, H, M, rng)
    return [made[0], ReLU(), made[2], made[3]]


class NoOp:
    def __init__(self, D, H, M, *, rng=None):
        pass

    def __call__(self, x):
        return x


def unnamed_apart(D, H, M, rng):
    made = layers(D, H, M, rng)
    made[0].name = made[2].name = "fc1"
    return made


class BlankForward(network(layers)):
    def forward(self, x): ...


class ReturnsInTheLoop(network(layers)):
    def forward(self, x):
        for layer in self.layers:
            return layer(x)
        return x


class Skips(network(layers)):
    def forward(self, x):
        return self.layers[3](self.layers[2](self.layers[0](x)))


def careless(p, y):
    return -np.mean(y * np.log(p) + (1 - y) * np.log(1 - p))


def clipped(p, y):
    return careless(np.clip(p, 1e-12, 1 - 1e-12), y)


def cut_at(least):
    def bce(p, y):
        log_p, log_q = np.maximum(np.log(p), least), np.maximum(np.log(1 - p), least)
        return -np.mean(y * log_p + (1 - y) * log_q)

    return bce


def cut_one(p, y):
    return -np.mean(y * np.maximum(np.log(p), -100) + (1 - y) * np.log(1 - p))


def cut_only_zero(p, y):
    log_p = np.where(p == 0, -100, np.log(np.where(p == 0, 1, p)))
    log_q = np.where(p == 1, -100, np.log(np.where(p == 1, 1, 1 - p)))
    return -np.mean(y * log_p + (1 - y) * log_q)


def cut_from_above(p, y):
    return -np.mean(y * np.minimum(np.log(p), -100) + (1 - y) * np.minimum(np.log(1 - p), -100))


def without_nan(p, y):
    return -np.mean(np.where(y == 1, np.log(p), np.log(1 - p)))


def cut_by_label(p, y):
    return -np.mean(np.maximum(np.where(y == 1, np.log(p), np.log(1 - p)), -100))


def cut_after_rounding(p, y):
    return -np.mean(np.maximum(np.log(1 - np.abs(y - p)), -100))


def without_brackets(p, y):
    return -np.mean(y * np.log(p) + 1 - y * np.log(1 - p))


def reshaped(n):
    X, y = arcs(n)
    return X.T.reshape(X.shape), y


MISTAKES = {
    "moons/arcs": {
        "not-a-pair": lambda n: arcs(n)[0],
        "transposed": lambda n: (arcs(n)[0].T, arcs(n)[1]),
        "reshaped": reshaped,
        "reversed": lambda n: arcs(n, order=(1, 0)),
        "alternating": lambda n: (arcs(n)[0][np.arange(2 * n).reshape(2, n).T.ravel()], arcs(n)[1]),
        "alternating-labels": lambda n: (arcs(n)[0], np.tile([0, 1], n)),
        "degrees": lambda n: arcs(n, end=180),
        "full-circle": lambda n: arcs(n, end=2 * np.pi),
        "open-arc": lambda n: arcs(n, endpoint=False),
        "upright-inner-arc": lambda n: arcs(n, mirror=1),
        "points": lambda n: (arcs(n)[0] * 2, arcs(n)[1]),
        "swapped-labels": lambda n: arcs(n, labels=(1, 0)),
        "labels": lambda n: arcs(n, labels=(0, 0)),
        "shape": lambda n: arcs(n + 1),
    },
    "moons/network": {
        "not-a-class": network(layers)(2, 5, 1),
        "not-an-op": NoOp,
        "no-output-logistic": network(lambda *sizes: layers(*sizes)[:3]),
        "no-hidden-logistic": network(lambda *sizes: [layers(*sizes)[i] for i in (0, 2, 3)]),
        "layers": network(relu_layers),
        "sizes": network(lambda D, H, M, rng: layers(D, 10, M, rng)),
        "fixed-sizes": network(lambda D, H, M, rng: layers(2, 5, 1, rng)),
        "layers-missing": network(lambda *sizes: [*layers(*sizes)[:2], ...]),
        "no-output": BlankForward,
        "dots-left": network(lambda *sizes: [*layers(*sizes), ...]),
        "class-as-layer": network(lambda *sizes: [*layers(*sizes)[:3], Logistic]),
        "same-names": network(unnamed_apart),
        "returns-too-early": ReturnsInTheLoop,
        "forward": Skips,
        "ignores-rng": network(lambda D, H, M, rng: layers(D, H, M, None)),
        "same-seed-twice": network(
            lambda D, H, M, rng: [
                Linear(D, H, rng=rng), Logistic(), Linear(H, M, rng=rng), Logistic(),
            ]
        ),
    },
    "moons/bce": {
        "missing-mean": lambda p, y: careless(p, y) * p.size,
        "sign": lambda p, y: -careless(p, y),
        "only-class-1": lambda p, y: -np.mean(y * np.log(p)),
        "labels-mixed-up": lambda p, y: careless(1 - p, y),
        "log-base": lambda p, y: -np.mean(y * np.log10(p) + (1 - y) * np.log10(1 - p)),
        "one-minus": lambda p, y: np.mean(-y * np.log(p) + (1 - y) * np.log(1 - p)),
        "one-term": lambda p, y: -np.mean(np.where(y == 1, np.log(p), np.log(1 - p))),
        "same-log-twice": lambda p, y: -np.mean(y * np.log(p) + (1 - y) * np.log(p)),
        "no-brackets": without_brackets,
        "not-one-number": lambda p, y: -(y * np.log(p) + (1 - y) * np.log(1 - p)),
        "values": lambda p, y: np.mean((p - y) ** 2),
    },
    "moons/bce-gradient": {
        "missing-1/N": lambda p, y: (p - y) / (p * (1 - p)),
        "sign": lambda p, y: (y - p) / (p * (1 - p)) / len(p),
        "brackets": lambda p, y: (p - y) / p * (1 - p) / len(p),
        "numerator-only": lambda p, y: (p - y) / len(p),
        "shape": lambda p, y: np.mean((p - y) / (p * (1 - p))),
        "gradient": lambda p, y: (p - y) / (p * (1 - p)) / 3,
    },
    "moons/broadcast": {
        "broadcast": careless,
        "breaks-columns": lambda p, y: careless(p, y[:, None]),
        "missing-mean": lambda p, y: careless(p, y.reshape(-1, 1)) * p.size,
        "not-one-number": lambda p, y: -np.mean(np.log(p) * y.reshape(-1, 1), axis=0),
    },
    "moons/log-of-zero": {
        "minimum": cut_from_above,
        "one-log-cut": cut_one,
        "nan-when-perfect": careless,
        "infinite": without_nan,
        "clips-the-prediction": clipped,
        "counts-as-0": cut_after_rounding,
        "one-term": cut_by_label,
        "sign": lambda p, y: -cut_at(-100)(p, y),
        "no-brackets": without_brackets,
        "not-one-number": lambda p, y: -(y * np.log(p) + (1 - y) * np.log(1 - p)),
        "cut-elsewhere": cut_at(-200),
        "only-zero-cut": cut_only_zero,
        "missing-mean": lambda p, y: cut_at(-100)(p, y) * p.size,
    },
}  # fmt: skip
