import inspect

import numpy as np
import pytest

from minidl import optim
from minidl.nn import Linear
from minidl.optim import SGD, Optimizer, UpdateRule, by_name
from tests.contracts.walking import classes_in

FINISHED = [
    kind
    for name, kind in classes_in(optim, Optimizer).items()
    if name in optim.__all__ and kind not in (Optimizer, UpdateRule)
]


@pytest.mark.parametrize("kind", FINISHED, ids=lambda kind: kind.__name__)
def test_every_optimizer_has_its_name(kind):
    for name in (kind.__name__, kind.__name__.lower(), kind.__name__.upper()):
        assert type(by_name(name, Linear(2, 1), lr=0.5)) is kind


def test_it_is_the_optimizer_that_the_class_makes():
    models = [Linear(2, 1, rng=0) for _ in "12"]
    options = {"lr": 0.1, "momentum": 0.9, "nesterov": True}
    for model, optimizer in zip(
        models, (by_name("sgd", models[0], **options), SGD(models[1], **options)), strict=True
    ):
        for _ in range(3):
            model(np.ones((4, 2)))
            model.backward(np.ones((4, 1)))
            optimizer.step()
    assert np.array_equal(models[0].params["W"], models[1].params["W"])


@pytest.mark.parametrize(
    ("name", "options", "error", "words"),
    [
        ("adm", {}, ValueError, "expected one of 'sgd', 'adam', .*'adm'; did you mean 'adam'"),
        ("sgd_momentum", {}, ValueError, "expected one of .* received 'sgd_momentum'"),
        ("nothing like it", {}, ValueError, "expected one of .* received 'nothing like it'$"),
        (SGD, {}, TypeError, "name: expected the name of an optimizer, received"),
        (None, {}, TypeError, "name: expected the name of an optimizer, received None"),
        ("sgd", {"learning_rate": 1}, TypeError, "SGD: expected options among lr, .*momentum"),
        ("sgd", {"momentun": 1}, TypeError, "received 'momentun'; did you mean 'momentum'"),
        ("adam", {"momentum": 0.9}, TypeError, "Adam: expected options among lr, betas, eps"),
        ("adam", {"lr": -1}, ValueError, "lr: expected a finite number ≥ 0"),
    ],
)
def test_unknown_names_and_options_are_a_clear_error(name, options, error, words):
    with pytest.raises(error, match=words):
        by_name(name, Linear(2, 1), **options)


def test_what_is_trained_is_no_option():
    assert all(next(iter(inspect.signature(kind).parameters)) == "params" for kind in FINISHED)
