"""Solutions of the exercises in the lesson on learning-rate schedules."""

import math

from minidl.schedules import CosineAnnealingLR, LinearLR, SequentialLR


def stair_rate(epoch, base_lr, step_size, gamma):
    return base_lr * gamma ** (epoch // step_size)


def wave_rate(epoch, base_lr, T_max, eta_min):
    return eta_min + (base_lr - eta_min) * (1 + math.cos(math.pi * epoch / T_max)) / 2


def warm_wave(warm_steps, num_steps):
    return SequentialLR(
        [LinearLR(0.01, total_iters=warm_steps), CosineAnnealingLR(num_steps - warm_steps)],
        milestones=[warm_steps],
    )


class Plateau:
    """Lets the rate fall when too many losses in a row were no better than the best."""

    def __init__(self, patience, factor):
        self.patience, self.factor = patience, factor
        self.best, self.bad = math.inf, 0

    def rate_after(self, loss, lr):
        if loss < self.best:
            self.best, self.bad = loss, 0
        else:
            self.bad += 1
        if self.bad > self.patience:
            self.bad = 0
            return lr * self.factor
        return lr


class Fading:
    """Sets the rate of every group from its first rate and the epoch."""

    def __init__(self, optimizer, gamma):
        self.optimizer, self.gamma = optimizer, gamma
        self.base_lrs = [group["lr"] for group in optimizer.param_groups]

    def set_rates(self, epoch):
        for group, base_lr in zip(self.optimizer.param_groups, self.base_lrs, strict=True):
            group["lr"] = base_lr * self.gamma**epoch
        return [group["lr"] for group in self.optimizer.param_groups]
