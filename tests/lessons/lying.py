"""Results that pretend: wrong numbers in objects that agree, right ones in arrays of odd kinds."""

from __future__ import annotations

import types
from typing import Any

import numpy as np

from minidl.lessons.pytorch.recording import Recorded
from minidl.schedules import Schedule


class Agreeable:
    """Says that it is an array, and equal to anything; asked for its numbers, it makes them up."""

    def __init__(self, right):
        self._right = np.asarray(right)
        self.shape, self.dtype, self.ndim = self._right.shape, self._right.dtype, self._right.ndim
        self.size, self.T = self._right.size, self

    __class__ = np.ndarray  # what `isinstance` asks first
    __hash__ = None

    def __eq__(self, other):
        return True

    def __array__(self, dtype=None, copy=None):
        return self._right.copy()

    def __float__(self):
        return float(self._right)

    def __len__(self):
        return len(self._right)

    def __iter__(self):
        return iter(self._right)

    def __getitem__(self, key):
        return self._right[key]

    def copy(self):
        return self


class Changing(Agreeable):
    """Gives the right numbers when it is first asked, and others later."""

    asked = 0

    def __array__(self, dtype=None, copy=None):
        self.asked += 1
        return np.asarray(self._right + (self.asked > 1))


class Persuasive(np.ndarray):
    """Wrong numbers, for which every function of NumPy answers that they are right."""

    def __array_function__(self, function, kinds, args, options):
        return True

    def __array_ufunc__(self, ufunc, method, *inputs, **options):
        return np.ones(np.shape(inputs[0]), dtype=bool)

    def __eq__(self, other):
        return True

    __hash__ = None


class Shapeshifter(np.ndarray):
    """A column too many, behind a shape that says otherwise."""

    @property
    def shape(self):
        return np.ndarray.shape.__get__(self)[:-1]


class LyingSchedule(Schedule):
    """A schedule whose rates are exchanged."""

    def __init__(self, right, lie):
        self._right, self._lie = right, lie

    def lr_at(self, epoch, base_lr):
        return self._lie(self._right.lr_at(epoch, base_lr))


def lying_record(lie, right):
    """Return a recorded value with its number, and what it passes back, exchanged."""
    return type(right)(
        lied(lie, right.data), right.parents, lambda grad: lied(lie, right.pass_back(grad))
    )


class Float(float):
    """A wrong number that equals any other."""

    def __eq__(self, other):
        return True

    __hash__ = None


def wrong(right):
    return np.array(np.asarray(right, dtype=float) + 1)


LIES = {
    "an object that agrees": Agreeable,
    "an object that changes its mind": Changing,
    "wrong numbers, persuasive": lambda right: wrong(right).view(Persuasive),
    "a shape that lies": lambda right: np.stack([right, wrong(right)], -1).view(Shapeshifter),
    "wrong numbers, masked": lambda right: np.ma.array(wrong(right), mask=True),
    "wrong numbers that equal any": lambda right: (
        Float(wrong(right)) if np.ndim(right) == 0 else wrong(right).view(Persuasive)
    ),
    "masked": np.ma.array,
    "a matrix": lambda right: np.atleast_2d(right).view(np.matrix),
    "a record array": lambda right: np.asarray(right).view(np.recarray),
    "objects": lambda right: np.array(right, dtype=object),
    "complex": lambda right: np.asarray(right, dtype=complex)[()],
    "texts": lambda right: np.array(right, dtype=str),
    "a generator": lambda right: (number for number in np.ravel(right)),
    "a range": lambda right: range(np.size(right)),
    "a memory": lambda right: memoryview(np.asarray(right, dtype=float)),
}
"""Made of what is right; none of these is an answer."""


def lied(lie: Any, value: Any) -> Any:
    """Return a result with its floating numbers and arrays exchanged."""
    if type(value) in (tuple, list):
        return type(value)(lied(lie, each) for each in value)
    if type(value) is dict:
        return {name: lied(lie, each) for name, each in value.items()}
    if isinstance(value, types.GeneratorType):
        return (lied(lie, each) for each in value)
    if isinstance(value, Recorded):
        return lying_record(lie, value)
    if type(value) is np.ndarray or isinstance(value, (int, float, np.floating)):
        return lie(value)
    return LyingSchedule(value, lie) if isinstance(value, Schedule) else value


def lying_answer(solution: Any, lie: Any) -> Any:
    """Return a solution of which everything that it returns is exchanged."""
    if isinstance(solution, tuple):
        return lying_answer(solution[-1], lie)
    if isinstance(solution, types.FunctionType):
        return lambda *args, **options: lied(lie, solution(*args, **options))
    if isinstance(solution, type):
        methods = {
            name: lying_answer(method, lie)
            for name, method in vars(solution).items()
            if isinstance(method, types.FunctionType) and name != "__init__"
        }
        return type(solution.__name__, (solution,), methods)
    return None
