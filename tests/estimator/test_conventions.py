"""scikit-learn's own checks of an estimator, none of them expected to fail."""

import numpy as np
import pytest

pytest.importorskip("sklearn")
from sklearn.base import clone
from sklearn.utils.estimator_checks import parametrize_with_checks

from minidl.estimator import MLPClassifier, MLPRegressor

pytestmark = [
    pytest.mark.bridge,
    pytest.mark.filterwarnings("ignore::sklearn.exceptions.SkipTestWarning"),
]
QUICK = {"learning_rate_init": 0.05, "max_iter": 40, "random_state": 0}
SETTINGS = [
    {},
    {
        **QUICK, "hidden_layer_sizes": (16, 8), "activation": "tanh", "solver": "sgd",
        "alpha": 0.01, "batch_size": 30,
    },
    {**QUICK, "hidden_layer_sizes": 12, "early_stopping": True, "solver": "rmsprop"},
]  # fmt: skip
# A second fit that goes on gives the same predictions, as they ask, where the first has come to
# the end.
TO_THE_END = {"solver": "lbfgs", "alpha": 0, "tol": 0, "max_iter": 300, "warm_start": True}
ESTIMATORS = [
    *(kind(**settings) for settings in SETTINGS for kind in (MLPClassifier, MLPRegressor)),
    MLPClassifier((20,), **TO_THE_END),
    MLPRegressor((), **TO_THE_END),
]


@pytest.fixture
def numpys_global_generator_stays_as_it_was():
    """Put it back: some of their checks draw from it."""
    before = np.random.get_state()  # noqa: NPY002
    yield
    np.random.set_state(before)  # noqa: NPY002


@parametrize_with_checks(ESTIMATORS)
def test_scikit_learns_check_passes(estimator, check):
    check(estimator)


@pytest.mark.parametrize("estimator", ESTIMATORS[:2], ids=lambda one: type(one).__name__)
def test_a_check_finds_what_is_wrong(estimator, monkeypatch):
    """The checks do look at this class."""
    from sklearn.utils import estimator_checks

    monkeypatch.setattr(type(estimator), "predict", lambda self, X: np.zeros(len(X)))
    name = type(estimator).__name__
    with pytest.raises(AssertionError, match=r"fit|Estimator should raise"):
        estimator_checks.check_estimators_unfitted(name, clone(estimator))
