"""Hostile answers in the lesson on optimizers that are right, and legal uses of all answers."""

import numpy as np

from minidl.nn import Linear
from minidl.optim import SGD, Adam, Rprop
from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use, numbers


def slope(x):
    return x**3 - 2 * x


def steep(x):
    return 8 * x


def shape(rng):
    return tuple(rng.integers(1, 8, rng.integers(0, 3)))


def descent(rng):
    """Draw a slope, a start that does not run away, a rate and a number of steps."""
    start = numbers(rng, *shape(rng))
    kind = (slope, steep)[rng.integers(2)]
    start = np.clip(start, -1.5, 1.5) if kind is slope else start
    x = float(start) if start.ndim == 0 else start
    return kind, x, float(rng.uniform(0, 0.3)), int(rng.integers(0, 9))


def series(rng):
    values = numbers(rng, rng.integers(1, 40))
    return values, float(rng.choice([0.0, rng.random(), 1 - 10.0 ** rng.uniform(-4, 0)]))


def path(rng, count):
    """Draw a start and gradients of several steps, numbers or arrays."""
    size = shape(rng)
    drawn = [numbers(rng, *size) for _ in range(count + 1)]
    return [float(each) if each.ndim == 0 else each for each in drawn]


def steps(rng):
    start, *grads = path(rng, int(rng.integers(1, 9)))
    rates = rng.choice([0.0, 0.01, 0.1, 10.0 ** rng.uniform(-4, 1)], len(grads)).tolist()
    return float(rng.uniform(0, 1) * (rng.random() < 0.9)), start, grads, rates


def steps_of_momentum(answer, rho, x, grads, rates):
    movers, seen = (answer(rho), answer(rho)), []
    for grad, lr in zip(grads, rates, strict=True):
        x = movers[0].step(x, grad, lr)
        seen += [x, movers[1].step(x, -2 * grad, lr)]
    return [*seen, grads]


def averaged_steps(rng):
    start, *grads = path(rng, int(rng.integers(1, 9)))
    betas = rng.uniform(0, 1, 2) * (rng.random(2) < 0.9)
    options = float(10.0 ** rng.uniform(-4, 0)), *betas.tolist(), float(10.0 ** rng.uniform(-9, 0))
    return options, start, grads


def steps_of_adam(answer, options, x, grads):
    movers, seen = (answer(*options), answer(*options)), []
    for grad in grads:
        x = movers[0].step(x, grad)
        seen += [x, movers[1].step(x, -2 * grad)]
    return [*seen, grads]


def training(rng):
    kind = (Adam, Rprop, Momentum)[rng.integers(3)]
    X = numbers(rng, *rng.integers(1, 6, 2))
    return kind, X, int(rng.integers(100)), *rng.integers(1, 3, 2).tolist()


def Momentum(model, lr):
    return SGD(model, lr=lr, momentum=0.9)


def resumed(answer, kind, X, seed, before, after):
    def new(seed):
        model = Linear(X.shape[1], 3, rng=seed)
        return model, kind(model, lr=0.02)

    def go_on(model, optimizer, steps):
        for _ in range(steps):
            model.backward(model(X) ** 2)
            optimizer.step()
        return list(model.state_dict().values())

    first, other = new(seed), new(seed + 1)
    go_on(*first, before)
    saved = answer(*first)
    seen = [go_on(*first, after), go_on(*other, 1)]
    for pair in (other, first):
        saved.restore(*pair)
        seen += [pair[0].training, go_on(*pair, after)]
    return [*seen, first[1].state_dict()]


USES = {
    "descend": Use(descent),
    "average": Use(series),
    "momentum": Use(steps, steps_of_momentum),
    "adam": Use(averaged_steps, steps_of_adam),
    "resume": Use(training, resumed),
}
EXPLAINED = {
    "descend": [
        Explained(
            "The loop only counts: its number is not looked at.",
            ("- for _ in range(num_steps): | + for _ in list(range(num_steps))[::-1]:",),
        ),
    ],
    "resume": [
        Explained(
            "What has been restored can be restored again.",
            tuple(f"+ {name}.load_state_dict(self.{name})" for name in ("model", "optimizer")),
        ),
    ],
}
