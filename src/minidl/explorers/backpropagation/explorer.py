"""Backpropagation stepper: a network forward and back, one operator at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.data import make_moons
from minidl.explorers.backpropagation.picture import (
    HEIGHT,
    WIDTH,
    BackpropagationArtists,
    BackpropagationView,
    draw_backpropagation,
    update_backpropagation,
)
from minidl.explorers.backpropagation.trace import (
    BACKWARD,
    FORWARD,
    LOSS,
    operators_of,
    trace,
)
from minidl.explorers.backpropagation.trace_check import fault_of
from minidl.explorers.backpropagation.trace_view import came_back, came_out, view_of, where
from minidl.losses import BCELoss
from minidl.models import two_layer_net
from minidl.op import Op
from minidl.validation import as_float_array, as_generator
from minidl.widgets.controls import int_slider
from minidl.widgets.explorer import Explorer, Figure, State
from minidl.widgets.network import NetworkFactory, network_of

Array = npt.NDArray[Any]
MOST_OPERATORS = 9  # that the picture has room for


class BackpropagationExplorer(Explorer[BackpropagationArtists, BackpropagationView]):
    """A step of the forward or the backward pass → what flows through that operator.

    Parameters
    ----------
    model : Op or factory, optional
        Your network, or a function `(input_size, hidden_size, output_size, *, rng)` that makes
        one; by default `minidl.models.two_layer_net`.
    loss : callable, optional
        `minidl.losses.BCELoss()` by default.
    data : (X, y), optional
        Points to draw samples from; by default moons.
    **start
        First values of controls: `step`, `samples`, `hidden`, `seed`.

    Examples
    --------
    >>> explorer = BackpropagationExplorer(step=9)
    >>> print(explorer.status.partition(": ")[2])
    gradient so far (4, 3), numerical check agrees.
    >>> explorer.close()
    """

    alt = "A row of operators from the data to the loss, and the matrices at one of them"
    size = (WIDTH, HEIGHT)

    def __init__(
        self,
        model: Op | NetworkFactory | None = None,
        loss: Any = None,
        data: tuple[Any, Any] | None = None,
        **start: Any,
    ) -> None:
        self._model = two_layer_net if model is None else model
        self._loss = BCELoss() if loss is None else loss
        if isinstance(loss, type):
            raise TypeError(
                f"backpropagation_explorer: expected a loss, received the class {loss.__name__}; "
                f"try {loss.__name__}()"
            )
        self._data = None if data is None else _as_points(*data)
        self._names, self._kinds = self._boxes()
        super().__init__(**start)
        if isinstance(self._model, Op):
            self.disable("hidden", "the widths are those of your network")

    def _boxes(self) -> tuple[list[str], list[str]]:
        """Return what stands in the picture's boxes, at most what there is room for."""
        try:
            operators = operators_of(self._network(hidden=3, seed=0))
        except Exception:  # compute will raise it again, where the reader can see it
            operators = {}
        names = [name.rpartition(".")[2] for name in operators]
        kinds = [type(op).__name__ for op in operators.values()]
        if len(names) > MOST_OPERATORS:
            raise ValueError(
                f"backpropagation_explorer: expected at most {MOST_OPERATORS} operators, for which "
                f"the picture has room, received {len(names)}; try a network of fewer layers"
            )
        return ["data", *names, LOSS], ["X, y", *kinds, type(self._loss).__name__]

    def _network(self, *, hidden: int, seed: int) -> Op:
        """Return the learner's network: the one given, or a new one from their factory."""
        X, labels = (np.zeros((1, 2)), np.zeros((1, 1))) if self._data is None else self._data
        return network_of(self._model, X.shape[1], hidden, labels.shape[1], rng=seed)

    def make_controls(self) -> dict[str, Any]:
        """Return sliders for the step, the samples, the hidden units and the seed."""
        last = 2 * (len(self._names) - 1)
        most = 5 if self._data is None else min(5, len(self._data[0]))
        return {
            "step": int_slider(
                "Step", 1, low=1, high=last,
                tooltip="Forward from the first operator to the loss, then back again.",
            ),
            "samples": int_slider(
                "Samples", min(4, most), low=1, high=most,
                tooltip="How many points go through the network at once.",
            ),
            "hidden": int_slider(
                "Hidden units", 3, low=1, high=5, tooltip="Width of the hidden layer."
            ),
            "seed": int_slider(
                "Seed", 0, low=0, high=20, tooltip="Draws other samples and other weights."
            ),
        }  # fmt: skip

    def compute(self, state: State) -> Iterator[BackpropagationView | None]:
        """Run the passes, then check every operator that backward has reached by this step."""
        X, labels = self.samples(state)
        passes = trace(self._network(hidden=state.hidden, seed=state.seed), self._loss, X, labels)
        passes.visit(state.step)  # raises what kept the passes from coming so far
        faults: dict[str, str] = {}
        for reached in passes.visits[: state.step]:
            if reached.direction == BACKWARD:
                faults[reached.name] = fault_of(reached, passes)
                yield None
        yield view_of(passes, state.step, faults, samples=(X, labels))

    def samples(self, state: State) -> tuple[Array, Array]:
        """Return the inputs and labels that go through the network."""
        if self._data is None:
            X, labels = _as_points(*make_moons(max(2, state.samples), noise=0.2, rng=state.seed))
            return X[: state.samples], labels[: state.samples]
        X, labels = self._data
        rows = as_generator(state.seed).choice(len(X), state.samples, replace=False)
        return X[rows], labels[rows]

    def draw(self, figure: Figure) -> BackpropagationArtists:
        """Draw the row of operators."""
        return draw_backpropagation(figure, self._names, self._kinds)

    def update(self, artists: BackpropagationArtists, view: BackpropagationView) -> None:
        """Show the step."""
        update_backpropagation(artists, view)

    def sentence(self, state: State, view: BackpropagationView) -> str:
        """Say at which operator the step is, what came out and whether the check agrees."""
        visit = view.visit
        forward = view.direction == FORWARD
        found = came_out(visit) if forward else came_back(visit, view.faults)
        return f"Step {state.step} of {self.controls['step'].max}, {where(visit)}: {found}."


def _as_points(X: Any, y: Any) -> tuple[Array, Array]:
    X = as_float_array(X, "X")
    return X, as_float_array(y, "y").reshape(len(X), -1)
