"""Hostile answers in the lesson on schedules that are right: nothing tells them apart."""

from minidl.nn import Linear, Sequential
from minidl.optim import SGD
from tests.lessons.hostile.equivalence import Explained


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


POSITIVE = "A rate is never negative."
STAIR = "base_lr * gamma ** (epoch // step_size)"
WAVE = "eta_min + (base_lr - eta_min) * (1 + math.cos(math.pi * epoch / T_max)) / 2"
BEGIN, FALL = "self.best, self.bad = (math.inf, 0)", "self.bad > self.patience"
FADED = "base_lr * self.gamma ** epoch"
LISTED = "[group['lr'] for group in self.optimizer.param_groups]"
LOOP = "zip(self.optimizer.param_groups, self.base_lrs, strict=True)"


def positive(text, begin="return "):
    return f"- {begin}{text} | + {begin}hostile.without_sign({text})"


def of_group(text):
    return f"- group['lr'] = {FADED} | + group['lr'] = hostile.{text.format(FADED)}"


EXPLAINED = {
    "stairs": [Explained(POSITIVE, (positive(STAIR),), stairs)],
    "wave": [Explained(POSITIVE, (positive(WAVE),), wave)],
    "plateau": [
        Explained(
            POSITIVE, (positive("lr * self.factor"), positive("lr")), losses, rates_of_plateau
        ),
        Explained(
            "The first loss is better than infinity and sets the count to 0.",
            (
                f"- {BEGIN} | + self.best, self.bad = (math.inf, 1)",
                f"- {BEGIN} | + self.best, self.bad = (math.inf, -1)",
                f"- if {FALL}: | + if hostile.later({FALL}, __name__):",
            ),
            losses,
            rates_of_plateau,
        ),
    ],
    "fading": [
        Explained(
            POSITIVE,
            (positive(FADED, "group['lr'] = "), positive(LISTED)),
            groups,
            rates_of_fading,
        ),
        Explained(
            "No group's rate depends on another's.",
            (f"- for group, base_lr in {LOOP}: | + for group, base_lr in list({LOOP})[::-1]:",),
            groups,
            rates_of_fading,
        ),
        Explained(
            "There are as many first rates as groups.",
            tuple(
                f"- for group, base_lr in {LOOP}: | + for group, base_lr in {other}:"
                for other in (LOOP.replace(", strict=True", ""), LOOP.replace("True", "False"))
            ),
            groups,
            rates_of_fading,
        ),
        Explained(
            "A rate is one number, of 64 bits.",
            tuple(
                map(
                    of_group,
                    (
                        "cut_below({}, 3)",
                        "cut_right({}, 3)",
                        "repeated({}, 3)",
                        "of_type({}, 'float64')",
                        "transposed({})",
                    ),
                )
            ),
            groups,
            rates_of_fading,
        ),
    ],
}
