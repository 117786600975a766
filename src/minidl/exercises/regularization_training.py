"""The exercises on training in the lesson "Regularization": an epoch, a step, when to stop."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from minidl.exercises.asking import ask, make
from minidl.exercises.comparing import Suspect, close, expect_close
from minidl.exercises.exercise import Exercise
from minidl.exercises.expecting import expect_number
from minidl.exercises.showing import describe_answer
from minidl.exercises.solutions import regularization as solutions
from minidl.exercises.verdicts import NotAttempted, WrongAnswer, expect, wrong
from minidl.losses import MSELoss
from minidl.nn import Linear, Sequential, Tanh
from minidl.op import Op
from minidl.optim import BatchGD
from minidl.parameter import Parameter
from minidl.train import Listener, Runner

Array = npt.NDArray[Any]
LR, DAMPING = 0.1, 0.2


def small_model() -> Sequential:
    """Return a network of two layers with biases that are not 0.

    Examples
    --------
    >>> [parameter.name for parameter in small_model().parameters()]
    ['fc1.W', 'fc1.b', 'fc2.W', 'fc2.b']
    """
    rng = np.random.default_rng(3)
    model = Sequential(Linear(1, 3, rng=rng, name="fc1"), Tanh(), Linear(3, 1, rng=rng, name="fc2"))
    for parameter in model.parameters():
        parameter.value = np.round(rng.uniform(0.5, 2, parameter.value.shape), 1)
    return model


def small_batches() -> list[tuple[Array, Array]]:
    """Return ten points in batches of 4, 4 and 2."""
    X = np.linspace(-1, 1, 10).reshape(-1, 1)
    return [(X[part], X[part] ** 2) for part in (slice(4), slice(4, 8), slice(8, 10))]


def check_train_epoch(train_epoch: Any) -> None:
    """Check the loss that an epoch of mini-batches reports, and that it trained."""
    model, untrained = small_model(), small_model().state_dict()
    optimizer = BatchGD(model, lr=LR)
    batches = iter(small_batches())
    try:
        loss = ask(train_epoch, model, optimizer, MSELoss(), batches)
    except WrongAnswer as fault:
        _expect_walked_once(train_epoch, fault)
        raise
    loss = expect_number(loss, what="the returned loss")
    reference = small_model()
    expected = _epoch_losses(reference)
    same = all(close(untrained[name], value) for name, value in model.state_dict().items())
    expect(not same, "no-step", "After the epoch the model is what it was before.")
    expect_close(
        loss, np.average(expected[0], weights=(4, 4, 2)), what="the loss of the epoch",
        given="batches of 4, 4 and 2 points", suspects=_epoch_suspects(expected, reference),
    )  # fmt: skip
    trained = reference.state_dict()
    expect(
        all(close(trained[name], value) for name, value in model.state_dict().items()),
        "other-steps",
        "The loss is right, but the model isn't: one step for each batch, in their order.",
    )


def _expect_walked_once(train_epoch: Any, fault: WrongAnswer) -> None:
    """Say why the code failed, if it is only because the batches were used up."""
    model = small_model()
    try:
        ask(train_epoch, model, BatchGD(model, lr=LR), MSELoss(), small_batches())
    except WrongAnswer:
        return
    sentence = "`batches` can be walked through once. Count the points on the way: `len(X)`."
    wrong("walked-twice", f"{sentence} {fault.sentence}")


def _epoch_losses(model: Op) -> Array:
    """Train for an epoch; return each batch's loss before and after its step, shape (2, 3)."""
    loss_fn, optimizer = MSELoss(), BatchGD(model, lr=LR)
    pairs = []
    for X, y in small_batches():
        before = loss_fn(model(X), y)
        model.backward(loss_fn.backward())
        optimizer.step()
        pairs.append((before, loss_fn(model(X), y)))
    return np.transpose(pairs)


def _epoch_suspects(losses: Array, trained: Op) -> list[Suspect]:
    before, after = losses
    X, y = (np.concatenate(part) for part in zip(*small_batches(), strict=True))
    return [
        Suspect(
            "last-batch", before[-1],
            "This is the loss of the last batch. Which points are in it is chance.",
        ),
        Suspect("first-batch", before[0], "This is the loss of the first batch only."),
        Suspect(
            "batches-not-points", before.mean(),
            "This is the mean over the batches; the last one has 2 points and counts like 4. "
            "Weigh each loss by `len(X)`.",
        ),
        Suspect("sum", before.sum(), "This is the sum of the batches' losses."),
        Suspect(
            "sum", before @ (4, 4, 2),
            "This is the sum over the points. Divide by how many there are.",
        ),
        Suspect(
            "loss-after", np.average(after, weights=(4, 4, 2)),
            "These are the losses after each step; take those that the steps started from.",
        ),
        Suspect(
            "second-look", MSELoss()(trained(X), y),
            "This is the loss of the whole set after the epoch: a fine number, at the price of "
            "another forward pass. Use the losses that the steps have computed anyway.",
        ),
    ]  # fmt: skip


EPOCH = Exercise(
    name="regularization/epoch",
    title="Find the fault: a loss that trembles",
    check=check_train_epoch,
    solution=solutions.train_epoch,
    hints=(
        "How many of the 30 points does the returned number know of?",
        "The loss of a batch is a mean over its points. How do you get the mean over all of them "
        "out of means over 8, 8, 8 and 6?",
        "Add up `loss * len(X)` and `len(X)` in the loop, and return their quotient.",
    ),
    takeaway="A curve is worth what its points are: know what was averaged over what, and when.",
)


def check_decayed_step(decayed_step: Any) -> None:
    """Check a step of gradient descent that first shrinks the weights, and only them."""
    model, loss_fn = small_model(), MSELoss()
    X, y = small_batches()[0]
    loss_fn(model(X), y)
    model.backward(loss_fn.backward())
    before = model.state_dict()
    arrays = {parameter.name: parameter.value for parameter in model.parameters()}
    answers: list[Any] = []

    def step() -> str:
        answers.append(decayed_step(model, LR, DAMPING))
        return "done"

    ask(step)
    after = model.state_dict()
    if all(close(after[name], value) for name, value in before.items()):
        code = getattr(decayed_step, "__code__", None)
        if answers == [None] and code is not None and not code.co_names:  # it uses nothing
            raise NotAttempted
        wrong(
            "nothing-moves",
            "After your step every parameter is what it was. `value = …` makes a new array; write "
            "into the model's own, with `parameter.value *= …` and `-=`.",
        )
    for parameter in model.parameters():
        _expect_decayed(parameter, before[parameter.name])
    for name, array in arrays.items():
        expect(
            close(array, after[name]), "new-array",
            f"The values are right, but {name} lives in a new array now. Write into the old one.",
        )  # fmt: skip


def _expect_decayed(parameter: Parameter, value: Array) -> None:
    name, gradient = parameter.name, parameter.grad
    step, kept = LR * gradient, 1 - DAMPING
    given = f"lr = {LR:g} and damping = {DAMPING:g}"
    what = f"the new value of {name}"
    if name.endswith("b"):
        expected, suspects = value - step, [
            Suspect(
                "bias-decays", kept * value - step,
                f"{name} is a bias, and it was damped: only the weights, whose names end in W.",
            ),
            Suspect("bias-stays", value, f"{name} takes part in the step, too, without damping."),
        ]  # fmt: skip
    else:
        expected, suspects = kept * value - step, _decay_suspects(value, gradient)
    expect_close(parameter.value, expected, what=what, given=given, suspects=suspects)


def _decay_suspects(W: Array, gradient: Array) -> list[Suspect]:
    step, kept = LR * gradient, 1 - DAMPING
    return [
        Suspect(
            "decay-after", kept * (W - step),
            "The step was damped as well: first damp the weights, then take the step.",
        ),
        Suspect(
            "times-rate", (1 - LR * DAMPING) * W - step,
            "The damping was multiplied by the rate. That is the other form, the penalty.",
        ),
        Suspect("no-decay", W - step, "The weights are not damped."),
        Suspect("no-step", kept * W, "The weights are damped, but the step is missing."),
        Suspect(
            "keeps-the-damping", DAMPING * W - step,
            "Only the share `damping` is left; that is the share to lose.",
        ),
        Suspect("grows", (1 + DAMPING) * W - step, "The weights grow: 1 − damping, not 1 + it."),
        Suspect("subtracts", W - DAMPING - step, "A share of each weight, not the same for all."),
        Suspect("uphill", kept * W + step, "The step goes up the slope: mind the sign."),
        Suspect("no-rate", kept * W - gradient, "The gradient is to be multiplied by lr."),
    ]  # fmt: skip


DECAY = Exercise(
    name="regularization/decay",
    title="Decay before the step",
    check=check_decayed_step,
    solution=solutions.decayed_step,
    hints=(
        "Two lines in a loop over `model.parameters()`; the first one is for weights only.",
        '`parameter.name.endswith("W")` tells a weight from a bias.',
        "`parameter.value *= 1 - damping`, then `parameter.value -= lr * parameter.grad`.",
    ),
    takeaway="The biases stay free: they move the curve up and down and bend nothing.",
)


def check_stop_early(StopEarly: Any) -> None:
    """Check at which evaluation a listener stops, for losses made up to tell mistakes apart."""
    expect(
        isinstance(StopEarly, type) and issubclass(StopEarly, Listener), "not-a-listener",
        f"Expected a subclass of Listener, received {describe_answer(StopEarly)}.",
    )  # fmt: skip
    hook = StopEarly.on_evaluate_end
    if hook is Listener.on_evaluate_end:
        wrong("no-hook", "Expected a method `on_evaluate_end(self, runner)`, found none.")
    code = getattr(hook, "__code__", None)
    if code is not None and not code.co_names:  # it uses nothing of the runner
        raise NotAttempted
    falling = [round(0.9 - 0.05 * k, 2) for k in range(10)]
    stopped = _stops_at(StopEarly, falling, warm_up=0, patience=3)
    sentence = f"It stops at evaluation {stopped} of losses that fall all the time: {falling}."
    expect(stopped is None, "stops-while-falling", sentence)
    rising = [round(0.5 + 0.05 * k, 2) for k in range(10)]
    expect(
        _stops_at(StopEarly, rising, warm_up=0, patience=3) is not None, "never-stops",
        "It never stops, though the dev loss rises all the time. What ends training is "
        '`runner.stop("why")`.',
    )  # fmt: skip
    for losses, warm_up, said in MOMENTS:
        _expect_moment(StopEarly, losses, warm_up, said)


MOMENTS: tuple[tuple[list[float], int, dict[int | None, tuple[str, str]]], ...] = (
    ([0.5, 0.6, 0.7, 0.8, 0.9, 1.0], 0, {
        3: ("off-by-one", "It stops one evaluation too early."),
        5: ("off-by-one", "It stops one evaluation too late: at the patience-th, not after it."),
    }),
    ([0.9, 0.8, 0.85, 0.7, 0.75, 0.6, 0.65, 0.66, 0.67, 0.68], 0, {
        7: ("never-reset", "Evaluations count in a row: a better loss sets the count back to 0."),
    }),
    ([0.9, 0.5, 0.7, 0.65, 0.6, 0.55, 0.54, 0.53], 0, {
        None: ("compares-with-the-last", "It compares with the evaluation before, not with the "
               "best of all."),
    }),
    ([0.5, 0.5, 0.5, 0.5, 0.5, 0.5], 0, {
        None: ("equal-is-better", "The same loss again is no improvement."),
    }),
    ([0.9, 0.5, 0.6, 0.7, 0.8, 0.75, 0.7, 0.65, 0.6, 0.55], 4, {
        5: ("counts-the-warm-up", "It counts evaluations of the warm-up, too."),
        None: ("forgets-the-warm-up", "The best loss may lie in the warm-up; remember it."),
    }),
)  # fmt: skip


def _expect_moment(
    StopEarly: Any,
    losses: list[float],
    warm_up: int,
    said: dict[int | None, tuple[str, str]],
) -> None:
    stopped = _stops_at(StopEarly, losses, warm_up=warm_up, patience=3)
    expected = _stops_at(solutions.StopEarly, losses, warm_up=warm_up, patience=3)
    diagnosis, sentence = said.get(stopped, ("moment", "Not the right moment."))
    where = "never stops" if stopped is None else f"stops at evaluation {stopped}"
    expect(
        stopped == expected, diagnosis,
        f"{sentence} For warm_up = {warm_up}, patience = 3 and the dev losses {losses} it "
        f"{where}, expected {expected}.",
    )  # fmt: skip


def _stops_at(StopEarly: Any, losses: list[float], *, warm_up: int, patience: int) -> int | None:
    """Return the evaluation at which the listener stops training, for made-up dev losses."""
    model = small_model()
    listener = make(StopEarly, warm_up, patience)
    runner = Runner(model, BatchGD(model, lr=LR), MSELoss(), metric=None)
    for step, loss in enumerate(losses, start=1):
        runner.epoch = runner.step = step
        runner.history.record_train(step, loss=loss / 2, score=None)
        runner.history.record_dev(step, loss, None)
        _tell(listener, runner)
        if runner.stop_reason is not None:
            return step
    return None


def _tell(listener: Any, runner: Runner) -> None:
    try:
        ask(lambda: (listener.on_evaluate_end(runner), "done")[1])
    except WrongAnswer as fault:
        if "NoneType" not in fault.sentence:
            raise
        wrong(
            "compares-none",
            "At the first evaluation there is no best loss yet, and None can't be compared with a "
            "number. Start from a loss that anything beats: np.inf.",
        )


STOPPING = Exercise(
    name="regularization/stopping",
    title="Stop in time",
    check=check_stop_early,
    solution=solutions.StopEarly,
    hints=(
        "It needs a memory: the best loss so far, from `np.inf` on, how many evaluations there "
        "were, and how many in a row were no better.",
        "A better loss is remembered and sets the count to 0, in the warm-up, too. Otherwise the "
        "count goes up, unless the warm-up lasts.",
        'When the count has reached `self.patience`: `runner.stop("why")`.',
    ),
    takeaway="The dev set has now chosen the moment: its loss flatters, and a test set is due.",
)
