"""Mistakes that learners make in "Going on as if nothing had happened"."""

import copy

from minidl.checking.mistake import Mistake, Mistakes

MOVES = "Taking the checkpoint has changed the model or the optimizer. Only look at them."
TOO_LATE = (
    "What comes back are the parameters of a later moment: the checkpoint holds the model itself, "
    "which went on learning. Keep a copy, `model.state_dict()`."
)
NOT_RESTORED = (
    "The parameters of the model that restore is given stay what they were: `load_state_dict` "
    "writes into it."
)
STATE_LOST = (
    "The parameters come back, but the way on from there is another one: what does the optimizer "
    "remember from step to step?"
)


class ModelOnly:
    """Forgets the optimizer."""

    def __init__(self, model, optimizer):
        self.model = model.state_dict()

    def restore(self, model, optimizer):
        model.load_state_dict(self.model)


class OptimizerOnly:
    """Forgets the model."""

    def __init__(self, model, optimizer):
        self.optimizer = optimizer.state_dict()

    def restore(self, model, optimizer):
        optimizer.load_state_dict(self.optimizer)


class Reference:
    """Keeps the objects themselves, which go on learning."""

    def __init__(self, model, optimizer):
        self.model, self.optimizer = model, optimizer

    def restore(self, model, optimizer):
        model.load_state_dict(self.model.state_dict())
        optimizer.load_state_dict(self.optimizer.state_dict())


class StateWithoutRate:
    """Keeps the averages, but not the rate."""

    def __init__(self, model, optimizer):
        self.model, self.state = model.state_dict(), copy.deepcopy(optimizer.state)

    def restore(self, model, optimizer):
        model.load_state_dict(self.model)
        optimizer.state = copy.deepcopy(self.state)


class RestoresTheFirst:
    """Restores the objects that it was made with, whatever it is given."""

    def __init__(self, model, optimizer):
        self.first = model, optimizer
        self.kept = model.state_dict(), optimizer.state_dict()

    def restore(self, model, optimizer):
        for each, kept in zip(self.first, self.kept, strict=True):
            each.load_state_dict(kept)


class LooksLate:
    """Asks the optimizer for its state when it restores."""

    def __init__(self, model, optimizer):
        self.model, self.ask = model.state_dict(), optimizer.state_dict

    def restore(self, model, optimizer):
        model.load_state_dict(self.model)
        optimizer.load_state_dict(self.ask())


class BindsNames:
    """Gives new values to names, not to the model."""

    def __init__(self, model, optimizer):
        self.model, self.optimizer = copy.deepcopy(model), copy.deepcopy(optimizer)

    def restore(self, model, optimizer):
        model, optimizer = self.model, self.optimizer  # noqa: F841


class BeginsAnew(ModelOnly):
    """Empties the optimizer's memory."""

    def restore(self, model, optimizer):
        super().restore(model, optimizer)
        optimizer.state = {}


class Zeroes:
    """Destroys what it keeps."""

    def __init__(self, model, optimizer):
        self.model, self.optimizer = model.state_dict(), optimizer.state_dict()
        for parameter in model.parameters():
            parameter.value *= 0

    restore = Reference.restore


class Rounds:
    """Keeps three digits."""

    def __init__(self, model, optimizer):
        self.model = {name: value.round(3) for name, value in model.state_dict().items()}
        self.optimizer = optimizer.state_dict()

    def restore(self, model, optimizer):
        model.load_state_dict(self.model)
        optimizer.load_state_dict(self.optimizer)


class SwitchesToEvaluation(Rounds):
    """Leaves the model in evaluation."""

    def __init__(self, model, optimizer):
        self.model, self.optimizer = model.state_dict(), optimizer.state_dict()

    def restore(self, model, optimizer):
        super().restore(model, optimizer)
        model.eval()


MISTAKES = Mistakes(
    Mistake("moves", Zeroes, MOVES),
    Mistake("too-late", Reference, TOO_LATE),
    Mistake(
        "not-restored",
        OptimizerOnly,
        NOT_RESTORED,
    ),
    Mistake(
        "not-restored",
        RestoresTheFirst,
        NOT_RESTORED,
    ),
    Mistake(
        "not-restored",
        BindsNames,
        NOT_RESTORED,
    ),
    Mistake(
        "memory-too-late",
        LooksLate,
        "The optimizer comes back as it was at a later moment. Call `optimizer.state_dict()` when "
        "the checkpoint is taken, and keep what it returns.",
    ),
    Mistake("parameters", Rounds, "The parameters are not exactly those that were there."),
    Mistake(
        "rate-lost",
        StateWithoutRate,
        "The averages come back, but not the rate, which has changed in the meantime: it is among "
        "the optimizer's options, and `optimizer.state_dict()` holds both.",
    ),
    Mistake(
        "changes-more",
        SwitchesToEvaluation,
        "Parameters come back, but restoring has changed something else: the model's gradients, "
        "or its mode, which was training.",
    ),
    Mistake("state-lost", ModelOnly, STATE_LOST),
    Mistake("state-lost", BeginsAnew, STATE_LOST),
)
