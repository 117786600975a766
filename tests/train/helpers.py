"""A small problem, models and listeners that the tests of training share."""

from __future__ import annotations

import os
import time

import numpy as np

from minidl.losses import BCELoss
from minidl.models import two_layer_net
from minidl.nn import Linear, Logistic, Sequential
from minidl.op import Op
from minidl.optim import BatchGD
from minidl.train import Listener, Runner
from minidl.train.listeners.base import HOOKS
from minidl.validation import as_generator


def blobs(N=40, seed=0):
    rng = np.random.default_rng(seed)
    y = (np.arange(N) % 2).reshape(-1, 1).astype(float)
    return rng.standard_normal((N, 2)) + 2 * y, y


TRAIN, DEV = blobs(40, 0), blobs(20, 1)


def make_runner(seed=0, lr=0.5, **options):
    model = two_layer_net(2, 3, 1, rng=seed)
    return Runner(model, BatchGD(model, lr=lr), BCELoss(), **options)


def make_old(path):
    """Let a file or folder seem to have been left alone for two hours."""
    os.utime(path, (time.time() - 7200,) * 2)


class Jitter(Op):
    """Adds noise from its own generator while training: an op with random state, as dropout."""

    def __init__(self, rng, name=None):
        super().__init__(name)
        self.rng = as_generator(rng)
        self.buffers["passes"] = np.zeros(1, dtype=np.int64)

    def forward(self, x):
        self.save_for_backward(x)
        if not self.training:
            return x
        self.buffers["passes"] += 1
        return x + 0.1 * self.rng.standard_normal(x.shape)

    def backward(self, grad):
        return grad


def noisy_model(rng, *, seed=0):
    return Sequential(
        Jitter(rng, name="noise1"),
        Linear(2, 4, rng=seed, name="fc1"),
        Logistic(),
        Sequential(Jitter(rng), Linear(4, 1, rng=seed), name="head"),
        Logistic(),
    )


class Diary(Listener):
    """Writes down every call, with the steps done and the evaluations recorded by then."""

    def __init__(self, name=""):
        self.name = name
        self.pages = []

    def write(self, hook, runner):
        self.pages.append((f"{self.name}{hook}", runner.step, len(runner.history.dev_loss)))


def _hook(name):
    return lambda self, runner: self.write(name, runner)


for _name in HOOKS:
    setattr(Diary, _name, _hook(_name))
