"""A training that can be stepped, changed midway and taken back to any earlier epoch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy.typing as npt

from minidl.data import make_moons, train_dev_test_split
from minidl.explorers.watch_it_learn.snapshots import Snapshots, first_epochs
from minidl.losses import BCELoss
from minidl.op import Op
from minidl.optim import BatchGD
from minidl.train import History, Listener, Runner
from minidl.train.training_run import TrainingRun

Array = npt.NDArray[Any]
Dataset = tuple[Array, Array]

LAST_EPOCH = 10_000


class OneStep(Listener):
    """Stops training after a step, where it is told to."""

    def __init__(self) -> None:
        self.armed = False

    def on_step_end(self, runner: TrainingRun) -> None:
        """Stop."""
        if self.armed:
            runner.stop("one step was asked for")


class LearningSession:
    """A network that learns the moons, epoch by epoch.

    Parameters
    ----------
    network : Op
        What learns; it ends in a probability.
    noise : float
        How much noise blurs the moons.
    seed : int
        Of the points, of the way in which they are split, and of the order of mini-batches.
    lr : float
        The learning rate.
    batch_size : int or None
        Samples a step, None for all of them; as `lr`, it may be changed at any time.

    Attributes
    ----------
    runner : Runner
    train, dev : (ndarray, ndarray)
        The points that it learns from, and those that judge it.
    left : History or None
        The run that was left when training went on from an earlier epoch.
    untrained : ((float, float), (float, float))
        Accuracy and loss on both sets before the first step.

    Examples
    --------
    >>> from minidl.models import two_layer_net
    >>> session = LearningSession(two_layer_net(2, 5, rng=0), noise=0.2, seed=0, lr=5.0)
    >>> session.train_epochs(3)
    >>> session.go_to(1)
    >>> session.epoch, session.latest
    (1, 3)
    """

    def __init__(
        self, network: Op, *, noise: float, seed: int, lr: float, batch_size: int | None = None
    ) -> None:
        X, y = make_moons(1000, noise=noise, rng=seed)
        self.train, self.dev, _ = train_dev_test_split(X, y.reshape(-1, 1).astype(float), rng=seed)
        self._one_step = OneStep()
        self._optimizer = BatchGD(network, lr=lr)
        self.runner = Runner(
            network, self._optimizer, BCELoss(), listeners=[self._one_step], rng=seed
        )
        self.lr, self.batch_size = lr, batch_size
        self.untrained = self.runner.evaluate(self.train), self.runner.evaluate(self.dev)
        self.left: History | None = None
        self._beyond: History | None = None
        self._batch_sizes: list[int | None] = []
        self._snapshots = Snapshots(self.runner)
        self._epochs: Iterator[int] | None = None
        self._epochs_of = batch_size

    @property
    def epoch(self) -> int:
        """How many epochs the network, as it is now, has been trained."""
        return self.runner.epoch

    @property
    def latest(self) -> int:
        """The last epoch known."""
        return len(self.history.train_loss)

    @property
    def history(self) -> History:
        """All epochs known, also those after the present one, once it has been taken back."""
        return self.runner.history if self._beyond is None else self._beyond

    def train_epochs(self, number: int) -> None:
        """Go on for some epochs, the one under way counted as a whole."""
        for _ in range(number):
            self._leave_what_lay_beyond()
            self._train(self.lr, self.batch_size)

    def train_step(self) -> None:
        """Go on for one step of the optimizer, which is an epoch where it takes all samples."""
        self._leave_what_lay_beyond()
        self._one_step.armed = True
        try:
            self._train(self.lr, self.batch_size)
        finally:
            self._one_step.armed = False

    def go_to(self, epoch: int) -> None:
        """Make everything what it was after an epoch; later ones stay known until it goes on."""
        known = self.history
        if epoch > len(known.train_loss):
            raise ValueError(f"expected an epoch up to {len(known.train_loss)}, received {epoch}")
        self._epochs = None
        begin = self._snapshots.restore(epoch)
        self.runner.history = first_epochs(known, begin)
        batch_sizes = self._batch_sizes
        for e in range(begin, epoch):  # the snapshots between have been thinned out
            self._train(known.lr[e], batch_sizes[e], keep=False)
        self._beyond = known if epoch < len(known.train_loss) else None
        self._batch_sizes = batch_sizes

    def _train(self, lr: float | None, batch_size: int | None, *, keep: bool = True) -> None:
        """Train to the end of the epoch, or for a step of it."""
        runner, before = self.runner, self.runner.epoch
        self._optimizer.param_groups[0]["lr"] = lr
        self._go_on(batch_size)
        if keep and runner.epoch > before:
            self._batch_sizes.append(batch_size)
            self._snapshots.take()

    def _go_on(self, batch_size: int | None) -> None:
        """Finish an epoch of the training under way; other mini-batches are another training."""
        if self._epochs is None or batch_size != self._epochs_of:
            self._epochs_of = batch_size
            self._epochs = self.runner.epochs(
                self.train, self.dev, num_epochs=LAST_EPOCH, batch_size=batch_size
            )
        next(self._epochs, None)
        if self.runner.stop_reason is not None:
            self._epochs = None

    def _leave_what_lay_beyond(self) -> None:
        """Forget the epochs after the present one, but for their curves."""
        if self._beyond is None:
            return
        self.left, self._beyond = self._beyond, None
        del self._batch_sizes[self.epoch :]
        self._snapshots.forget_after(self.epoch)
