"""The moons explorer: a network, the reader's own if they like, retrained on every change."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from minidl.explorers.moons.data import Dataset, Reference, moons_reference, moons_sets
from minidl.explorers.moons.pace import (
    Progress,
    epochs_between_evaluations,
    epochs_between_first_evaluations,
    epochs_in_reach,
)
from minidl.explorers.moons.picture import (
    COLUMNS,
    ROWS,
    MoonsArtists,
    MoonsView,
    draw_moons,
    moons_grid,
    update_moons,
)
from minidl.losses import BCELoss
from minidl.metrics import accuracy
from minidl.models import two_layer_net
from minidl.op import Op
from minidl.optim import BatchGD
from minidl.train import Runner
from minidl.widgets.activation_choices import offer
from minidl.widgets.controls import choice, int_slider, slider, stops
from minidl.widgets.explorer import Explorer, Figure, State
from minidl.widgets.network import (
    SAME_SIZE,
    NetworkFactory,
    build_network,
    ignores_hidden_size,
    takes,
)

ACTIVATIONS = offer()
POINTS = (20, 40, 60, 100, 160, 250, 400, 640, 1000)
RATES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20)
EPOCHS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 3000)


class MoonsExplorer(Explorer[MoonsArtists, MoonsView]):
    """Moons, learning rate, epochs and a network → its regions, losses and accuracies.

    Parameters
    ----------
    network : callable, optional
        Your own: a function `(input_size, hidden_size, output_size, *, rng)` that returns a
        network ending in probabilities. By default `minidl.models.two_layer_net`.
    **start
        First values of controls, such as `noise=0.5, lr=0.2`: noise, points, hidden, activation,
        lr, epochs, seed.

    Examples
    --------
    >>> explorer = MoonsExplorer(epochs=10)
    >>> explorer.status.partition(":")[0]
    'After 10 epochs'
    >>> explorer.close()
    """

    alt = (
        "Two moons of points over the regions that the network assigns to them, with the line of "
        "logistic regression; beside them the losses over the epochs and the accuracies"
    )
    size = (760, 400)

    def __init__(self, network: NetworkFactory | None = None, **start: Any) -> None:
        self._factory = two_layer_net if network is None else network
        self._takes_activation = takes(self._factory, "activation")
        super().__init__(**start)
        if not self._takes_activation:
            self.disable("activation", "your network chooses its own")
        if ignores_hidden_size(partial(self._build, self.state)):
            self.disable("hidden", SAME_SIZE)

    def make_controls(self) -> dict[str, Any]:
        """Return the controls of the data, of the network and of its training."""
        return {
            "noise": slider(
                "Noise (σ)", 0.2, low=0, high=0.5, step=0.05,
                tooltip="Standard deviation of the noise that blurs the moons",
            ),
            "points": stops(
                "Training points", 640, options=POINTS,
                tooltip="Points that the network learns from; 160 others make the dev set",
            ),
            "hidden": int_slider(
                "Hidden units", 5, low=1, high=50, tooltip="Units in the hidden layer",
            ),
            "activation": choice(
                "Activation", "Logistic", options=tuple(ACTIVATIONS),
                tooltip="What the hidden units apply to their net activation",
            ),
            "lr": stops(
                "Learning rate", 5, options=RATES, tooltip="Length of a step along the gradient",
            ),
            "epochs": stops(
                "Epochs", 1000, options=EPOCHS, tooltip="How often training sees all points",
            ),
            "seed": int_slider(
                "Seed", 0, low=0, high=20, tooltip="Another seed draws other points and weights",
            ),
        }  # fmt: skip

    def compute(self, state: State) -> Iterator[MoonsView | None]:
        """Train a new network; yield what there is to see whenever it takes long."""
        train, dev = moons_sets(state.noise, state.points, state.seed)
        reference = moons_reference(state.noise, state.points, state.seed)
        yield None
        network = self._build(state, state.hidden)
        runner = Runner(network, BatchGD(network, lr=state.lr), BCELoss(), metric=None)
        _, untrained = runner.evaluate(dev)
        epochs = trained_for(state)
        interval = epochs_between_evaluations(epochs, state.points * state.hidden)
        progress = Progress(epochs)
        for epoch in epochs_of(runner, train, dev, num_epochs=epochs, interval=interval):
            if epoch % interval:
                continue
            if progress.needs_picture(epoch):
                yield view_of(runner, train, dev, reference, epochs, untrained)
            else:
                yield None

    def draw(self, figure: Figure) -> MoonsArtists:
        """Fill the figure; see `minidl.explorers.moons.picture`."""
        return draw_moons(figure)

    def update(self, artists: MoonsArtists, view: MoonsView) -> None:
        """Show a training."""
        update_moons(artists, view)

    def sentence(self, state: State, view: MoonsView) -> str:
        """Return epochs, accuracies and losses in words."""
        done, (train, dev, _, reference) = view.train_epochs[-1], view.scores
        of_all = "" if done == state.epochs else f" of {state.epochs:,}"
        ends = (
            ""
            if done == state.epochs or done < trained_for(state)
            else (
                f" It ends here: {state.hidden} units on {state.points} points would take too long."
            )
        )
        return (
            f"After {done:,}{of_all} {'epoch' if state.epochs == 1 else 'epochs'}: "
            f"train accuracy {train:.2f}, dev {dev:.2f}; "
            f"train loss {view.train_loss:.2f}, dev {view.dev_loss:.2f}; "
            f"logistic regression dev accuracy {reference:.2f}.{ends}"
        )

    def _build(self, state: State, hidden: int) -> Op:
        """Return a new network of the reader's."""
        own = {"activation": ACTIVATIONS[state.activation]} if self._takes_activation else {}
        return build_network(self._factory, 2, hidden, 1, rng=state.seed, **own)


def trained_for(state: State) -> int:
    """Return how many epochs there will be: those asked for, or as many as do not take too long."""
    return epochs_in_reach(state.epochs, state.points * state.hidden, EPOCHS)


def epochs_of(
    runner: Runner, train: Dataset, dev: Dataset, *, num_epochs: int, interval: int
) -> Iterator[int]:
    """Train, and evaluate at every interval; in the first, where losses fall fastest, more often.

    Hands over the number of epochs done, after each.
    """
    every = epochs_between_first_evaluations(interval)
    yield from runner.epochs(train, dev, num_epochs=interval, eval_epochs=every)
    if num_epochs > interval:
        rest = num_epochs - interval
        yield from runner.epochs(train, dev, num_epochs=rest, eval_epochs=interval)


def view_of(
    runner: Runner,
    train: Dataset,
    dev: Dataset,
    reference: Reference,
    epochs: int,
    untrained: float,
) -> MoonsView:
    """Return what the picture shows of a training so far, its losses after 0, 1, 2 … epochs.

    The history's train losses were measured before each step; the one after the last is added.
    For the dev set it is the first that is missing: `untrained`, the loss at epoch 0.
    """
    history = runner.history
    (train_score, train_loss), (dev_score, dev_loss) = judge(runner, train), judge(runner, dev)
    return MoonsView(
        train=train,
        dev=dev,
        regions=runner.predict(moons_grid()).reshape(ROWS, COLUMNS),
        reference_regions=reference.regions,
        epochs=epochs,
        train_epochs=list(range(runner.epoch + 1)),
        train_losses=[*history.train_loss, train_loss],
        dev_epochs=[0, *history.dev_steps],
        dev_losses=[untrained, *history.dev_loss],
        train_loss=train_loss,
        dev_loss=dev_loss,
        scores=(train_score, dev_score, *reference.scores),
    )


def judge(runner: Runner, data: Dataset) -> tuple[float, float]:
    """Return accuracy and loss; of the accuracy, unlike the loss, only the last is shown."""
    X, y = data
    predicts = runner.predict(X)
    return accuracy(predicts, y), runner.loss_fn(predicts, y)
