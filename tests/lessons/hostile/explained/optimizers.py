"""Hostile answers in the lesson on optimizers that are right: nothing tells them apart."""

import numpy as np

from minidl.nn import Linear
from minidl.optim import Adam
from tests.lessons.hostile.equivalence import Explained

SAME_DTYPE = "Numbers of 64 bits go in, the only ones that the lesson speaks of: they stay."
ONE_ROW = "The averages have one dimension: there are no columns to cut off and no rows to swap."
POSITIVE = "An average of squares has no sign to lose."
DICTS = "A state is a dict of dicts, which is not spoiled: only arrays, numbers and lists are."
AGAIN = "What has been restored can be restored again."
COUNTED = "The loop only counts: its number is not looked at."


def slope(x):
    return x**3 - 2 * x


def descent(rng):
    return slope, rng.normal(size=rng.integers(1, 5, 2)), 0.1 * rng.random(), rng.integers(0, 6)


def series(rng):
    return rng.normal(size=rng.integers(1, 9)), rng.random()


def gradients(rng):
    return (rng.random(4), *rng.normal(size=(3, 2, 3)))


def steps_of_momentum(answer, options, *grads):
    mover, x = answer(options[0]), np.zeros((2, 3))
    return [x := mover.step(x, grad, options[1]) for grad in grads]


def steps_of_adam(answer, options, *grads):
    mover, x = answer(*options), np.zeros((2, 3))
    return [x := mover.step(x, grad) for grad in grads]


def training(rng):
    return (rng.normal(size=(4, 3)), int(rng.integers(100)))


def resumed(answer, X, seed):
    model = Linear(3, 2, rng=seed)
    optimizer = Adam(model, lr=0.1)

    def go_on(steps):
        for _ in range(steps):
            model.backward(model(X) ** 2)
            optimizer.step()
        return model.state_dict()

    go_on(2)
    saved = answer(model, optimizer)
    straight = go_on(2)
    saved.restore(model, optimizer)
    return straight, go_on(2)


def spoiled(line, value, how):
    return f"- {line} {value} | + {line} hostile.{how.format(value)}"


FLOAT64 = "of_type({}, 'float64')"
M = ("self.m =", "self.beta1 * self.m + (1 - self.beta1) * grad")
V = ("self.v =", "self.beta2 * self.v + (1 - self.beta2) * grad ** 2")
X = ("return", "x - self.lr * m / (np.sqrt(v) + self.eps)")
NOT_OF_DICTS = (
    *(f"rounded({{}}, {digits})" for digits in (1, 3, 6)),
    *(f"{name}({{}}, 3)" for name in ("cut_below", "cut_right", "repeated")),
    *(f"of_type({{}}, '{kind}')" for kind in ("int64", "float32", "float64")),
    *(f"limited({{}}, {limit})" for limit in (10.0, 100.0)),
    *(f"{name}({{}})" for name in ("negated", "transposed", "squeezed", "without_sign", "zeros")),
    "scaled({}, 1.01)",
)
EXPLAINED = {
    "descend": [
        Explained(SAME_DTYPE, (spoiled("return", "positions", FLOAT64),), descent),
        Explained(
            COUNTED,
            ("- for _ in range(num_steps): | + for _ in list(range(num_steps))[::-1]:",),
            descent,
        ),
    ],
    "average": [
        Explained(SAME_DTYPE, (spoiled("return", "np.array(found)", FLOAT64),), series),
        Explained(
            ONE_ROW,
            tuple(
                spoiled("return", "np.array(found)", how)
                for how in ("cut_right({}, 3)", "transposed({})")
            ),
            series,
        ),
    ],
    "momentum": [
        Explained(
            SAME_DTYPE,
            (
                spoiled("self.v =", "self.momentum * self.v + grad", FLOAT64),
                spoiled("return", "x - lr * self.v", FLOAT64),
            ),
            gradients,
            steps_of_momentum,
        )
    ],
    "adam": [
        Explained(
            SAME_DTYPE,
            tuple(spoiled(*line, FLOAT64) for line in (M, V, X)),
            gradients,
            steps_of_adam,
        ),
        Explained(POSITIVE, (spoiled(*V, "without_sign({})"),), gradients, steps_of_adam),
    ],
    "resume": [
        Explained(
            DICTS,
            tuple(
                spoiled(f"self.{name} =", f"{name}.state_dict()", how)
                for name in ("model", "optimizer")
                for how in NOT_OF_DICTS
            ),
            training,
            resumed,
        ),
        Explained(
            AGAIN,
            tuple(f"+ {name}.load_state_dict(self.{name})" for name in ("model", "optimizer")),
            training,
            resumed,
        ),
    ],
}
