"""Hostile answers in the lesson on schedules that are right, and legal uses of all answers."""

from minidl.nn import Linear, Sequential
from minidl.optim import SGD
from tests.lessons.hostile.equivalence import Explained
from tests.lessons.hostile.legal import Use


def stairs(rng):
    epoch, step_size = (int(rng.integers(low, 60)) for low in (0, 1))
    return epoch, float(10 ** rng.uniform(-5, 5)), step_size, float(rng.uniform(0, 1.5))


def wave(rng):
    T_max = int(rng.integers(1, 60))
    return (
        int(rng.integers(0, T_max + 1)),
        float(10 ** rng.uniform(-5, 5)),
        T_max,
        float(10 ** rng.uniform(-5, 5)),
    )


def lengths(rng):
    warm_steps = int(rng.integers(1, 60))
    num_steps = warm_steps + int(rng.integers(1, 60))
    return warm_steps, num_steps, float(10 ** rng.uniform(-5, 5))


def rates_of_warm_up(warm_wave, warm_steps, num_steps, base_lr):
    schedule = warm_wave(warm_steps, num_steps)
    return [schedule.lr_at(step, base_lr) for step in range(num_steps + 1)]


def losses(rng):
    scale, count = 10 ** rng.uniform(-5, 5), int(rng.integers(1, 30))
    options = int(rng.integers(0, 5)), float(rng.uniform(0, 1))
    return *options, (scale * rng.random(count)).tolist(), float(10 ** rng.uniform(-5, 5))


def rates_of_plateau(kind, patience, factor, losses, lr):
    plateau, rates = kind(patience, factor), []
    for loss in losses:
        lr = plateau.rate_after(loss, lr)
        rates.append(lr)
    return rates


def groups(rng):
    rates = (10 ** rng.uniform(-5, 5, size=int(rng.integers(1, 7)))).tolist()
    return rates, float(rng.uniform(0, 1.2)), rng.integers(0, 20, size=6).tolist()


def rates_of_fading(kind, rates, gamma, epochs):
    layers = [Linear(1, 1, bias=False, rng=0, name=f"fc{place}") for place in range(len(rates))]
    parameters = Sequential(*layers).parameters()
    optimizer = SGD([{"params": [p], "lr": lr} for p, lr in zip(parameters, rates, strict=True)])
    fading = kind(optimizer, gamma)
    found = []
    for epoch in epochs:
        returned = fading.set_rates(epoch)
        found += [*returned, *(float(group["lr"]) for group in optimizer.param_groups)]
    return [float(rate) for rate in found]


BEGIN = "self.best, self.bad = (math.inf, 0)"
LOOP = "zip(self.optimizer.param_groups, self.base_lrs, strict=True)"


USES = {
    "stairs": Use(stairs),
    "wave": Use(wave),
    "warm-up": Use(lengths, rates_of_warm_up),
    "plateau": Use(losses, rates_of_plateau),
    "fading": Use(groups, rates_of_fading),
}
EXPLAINED = {
    "plateau": [
        Explained(
            "The first loss is better than infinity and sets the count to 0.",
            tuple(f"- {BEGIN} | + self.best, self.bad = (math.inf, {bad})" for bad in (1, -1)),
        ),
    ],
    "fading": [
        Explained(
            "No group's rate depends on another's.",
            (f"- for group, base_lr in {LOOP}: | + for group, base_lr in list({LOOP})[::-1]:",),
        ),
        Explained(
            "There are as many first rates as groups.",
            tuple(
                f"- for group, base_lr in {LOOP}: | + for group, base_lr in {other}:"
                for other in (LOOP.replace(", strict=True", ""), LOOP.replace("True", "False"))
            ),
        ),
    ],
}
