"""Right answers to the exercises on schedules, as somebody else would write them."""

import math

import numpy as np

from minidl.schedules import (
    CosineAnnealingLR,
    LambdaLR,
    LinearLR,
    Schedule,
    SequentialLR,
    StepLR,
)


def stairs_by_a_loop(epoch, base_lr, step_size, gamma):
    lr = base_lr
    for now in range(1, epoch + 1):
        if now % step_size == 0:
            lr *= gamma
    return lr


def stairs_by_the_floor(epoch, base_lr, step_size, gamma):
    return base_lr * np.power(float(gamma), np.floor(epoch / step_size))


def wave_by_the_square(epoch, base_lr, T_max, eta_min):
    share = math.cos(math.pi * epoch / T_max / 2) ** 2
    return share * base_lr + (1 - share) * eta_min


def wave_around_the_middle(epoch, base_lr, T_max, eta_min):
    middle, reach = (base_lr + eta_min) / 2, (base_lr - eta_min) / 2
    return middle + reach * np.cos(np.pi * epoch / T_max)


def warm_wave_by_one_function(warm_steps, num_steps):
    def factor(step):
        if step < warm_steps:
            return 0.01 + 0.99 * step / warm_steps
        return 0.5 + 0.5 * math.cos(math.pi * (step - warm_steps) / (num_steps - warm_steps))

    return LambdaLR(factor)


class WarmWave(Schedule):
    def __init__(self, warm_steps, num_steps):
        self.warm_steps, self.num_steps = warm_steps, num_steps

    def rate(self, epoch, base_lr):
        if epoch < self.warm_steps:
            return LinearLR(0.01, 1, self.warm_steps).lr_at(epoch, base_lr)
        left = CosineAnnealingLR(self.num_steps - self.warm_steps)
        return left.lr_at(epoch - self.warm_steps, base_lr)


def warm_wave_by_names(warm_steps, num_steps):
    warm_up = LinearLR(start_factor=1 / 100, end_factor=1.0, total_iters=warm_steps)
    wave = CosineAnnealingLR(T_max=num_steps - warm_steps, eta_min=0)
    return SequentialLR(schedulers=[warm_up, wave], milestones=[warm_steps])


class PlateauOfAllLosses:
    def __init__(self, patience, factor):
        self.patience, self.factor, self.losses, self.since = patience, factor, [], 0

    def rate_after(self, loss, lr):
        better = all(loss < seen for seen in self.losses)
        self.losses.append(loss)
        self.since = 0 if better else self.since + 1
        if self.since <= self.patience:
            return lr
        self.since = 0
        return self.factor * lr


class PlateauCountingDown:
    def __init__(self, patience, factor):
        self.patience = patience
        self.factor = factor
        self.best = None
        self.left = patience

    def rate_after(self, loss, lr):
        if self.best is None or loss < self.best:
            self.best = loss
            self.left = self.patience
            return lr
        self.left -= 1
        if self.left < 0:
            self.left = self.patience
            lr = lr * self.factor
        return lr


class PlateauThatRemembersWhen:
    def __init__(self, patience, factor):
        self.patience, self.factor = patience, factor
        self.best, self.looks, self.began = float("inf"), 0, 0

    def rate_after(self, loss, lr):
        self.looks += 1
        if loss < self.best:
            self.best = loss
            self.began = self.looks
        if self.looks - self.began > self.patience:
            self.began = self.looks
            lr *= self.factor
        return lr


class FadingByNumbers:
    def __init__(self, optimizer, gamma):
        self.optimizer, self.gamma = optimizer, gamma
        self.first = np.array([group["lr"] for group in optimizer.param_groups])

    def set_rates(self, epoch):
        rates = (self.first * self.gamma**epoch).tolist()
        for i, rate in enumerate(rates):
            self.optimizer.param_groups[i]["lr"] = rate
        return rates


class FadingBySchedule:
    def __init__(self, optimizer, gamma):
        self.groups, self.schedule = optimizer.param_groups, StepLR(1, gamma=gamma)
        self.base_lrs = tuple(group["lr"] for group in self.groups)

    def set_rates(self, epoch):
        for group, base in zip(self.groups, self.base_lrs, strict=True):
            group.update(lr=self.schedule.lr_at(epoch, base))
        return tuple(group["lr"] for group in self.groups)


class FadingStepByStep:
    def __init__(self, optimizer, gamma):
        self.optimizer, self.gamma = optimizer, gamma
        self.base = {id(group): group["lr"] for group in optimizer.param_groups}

    def set_rates(self, epoch):
        found = []
        for group in self.optimizer.param_groups:
            lr = self.base[id(group)]
            for _ in range(epoch):
                lr *= self.gamma
            group["lr"] = lr
            found.append(lr)
        return np.array(found)


ALTERNATIVES = {
    "stairs": [
        stairs_by_a_loop,
        stairs_by_the_floor,
        lambda epoch, base_lr, step_size, gamma: StepLR(step_size, gamma).lr_at(epoch, base_lr),
    ],
    "wave": [
        wave_by_the_square,
        wave_around_the_middle,
        lambda epoch, base_lr, T_max, eta_min: CosineAnnealingLR(T_max, eta_min).rate(
            epoch, base_lr
        ),
    ],
    "warm-up": [warm_wave_by_one_function, WarmWave, warm_wave_by_names],
    "plateau": [PlateauOfAllLosses, PlateauCountingDown, PlateauThatRemembersWhen],
    "fading": [FadingByNumbers, FadingBySchedule, FadingStepByStep],
}
