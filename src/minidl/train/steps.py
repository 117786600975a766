"""The step in general; `Runner.train_step` is the plain one, written out to be read.

This one does the same where a loss has several inputs, and where an optimizer asks for the
loss more than once in a step, as a search along a line does. A test sees the two agree.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from minidl.parameter import Parameter
from minidl.penalties import Adjustment
from minidl.train.divergence import check_loss
from minidl.train.evaluation import Evaluation, measure
from minidl.train.stacking import stack, stack_gradients, unstack
from minidl.train.training_run import TrainingRun

Penalties = Iterable[tuple[Adjustment, list[Parameter]]]


def is_plain(run: TrainingRun, X: Any, y: Any) -> bool:
    """Whether a batch is one array of inputs with one of labels, and a step looks at it once."""
    needs_closure = getattr(run.optimizer, "needs_closure", False)
    return not (needs_closure or isinstance(X, tuple) or isinstance(y, tuple))


def general_step(run: TrainingRun, penalties: Penalties, X: Any, y: Any) -> tuple[float, float]:
    """Take one step on a batch; return its (loss, score) before it.

    Parameters
    ----------
    run : TrainingRun
        Whose model, loss and optimizer these are; a step is added to its count.
    penalties : iterable of (Adjustment, list of Parameter)
        Applied whenever there are new gradients; one that shrinks the parameters themselves does so
        each time.
    X, y : ndarray or tuple of ndarray
        The batch.
    """
    first: list[Evaluation] = []

    def closure() -> float:
        predicts = unstack(run.model(stack(X)), X)
        if first:  # a trial on the way may well go too far
            found = measure(run.loss_fn, None, predicts, y)
        else:
            found = measure(run.loss_fn, run.metric, predicts, y, check=check)
            first.append(found)
        run.model.backward_params(stack_gradients(run.loss_fn.backward(), X))
        return found.loss + _penalize(penalties)

    def check(loss: Any) -> float:
        return check_loss(float(loss), run.epoch + 1, run)

    step: Callable[..., Any] = run.optimizer.step
    if getattr(run.optimizer, "needs_closure", False):
        step(closure)
    else:
        closure()
        step()
    run.step += 1
    return first[0].loss, first[0].score or 0.0


def _penalize(penalties: Penalties) -> float:
    """Apply the penalties; return what they add to the loss, which must fit the gradients."""
    added = 0.0
    for penalty, parameters in penalties:
        added += penalty.value(parameters)
        penalty.apply(parameters)
    return added
