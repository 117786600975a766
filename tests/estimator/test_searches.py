"""Estimators in scikit-learn's pipelines, searches and curves, in one process and in several."""

import numpy as np
import pytest

pytest.importorskip("sklearn")
from scipy.stats import loguniform
from sklearn.experimental import enable_halving_search_cv  # noqa: F401
from sklearn.model_selection import (
    GridSearchCV,
    HalvingRandomSearchCV,
    learning_curve,
)
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from minidl.data import make_moons
from minidl.estimator import MLPClassifier, MLPRegressor

pytestmark = pytest.mark.bridge
X, Y = make_moons(90, noise=0.1, rng=0)
QUICK = {"max_iter": 20, "batch_size": 30, "random_state": 0}


def test_a_pipeline_scales_and_classifies():
    far = 1000 + 100 * X
    pipeline = make_pipeline(StandardScaler(), MLPClassifier((16,), solver="lbfgs", random_state=0))
    assert pipeline.fit(far, Y).score(far, Y) > 0.95
    pipeline.set_params(mlpclassifier__hidden_layer_sizes=(4,)).fit(far, Y)
    assert pipeline[-1].model_.layers[0].output_size == 4


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_grid_finds_the_rate_that_learns(jobs):
    grid = {"learning_rate_init": [1e-6, 0.1], "hidden_layer_sizes": [(8,), 16]}
    search = GridSearchCV(MLPClassifier(**QUICK), grid, cv=2, n_jobs=jobs).fit(X, Y)
    assert search.best_params_["learning_rate_init"] == 0.1
    assert search.best_score_ > 0.8 > search.cv_results_["mean_test_score"].min()
    model = search.best_estimator_.set_params(**search.best_params_).fit(X, Y)
    np.testing.assert_array_equal(search.predict(X), model.predict(X))


def test_candidates_are_halved_with_growing_max_iter():
    search = HalvingRandomSearchCV(
        MLPClassifier((8,), tol=0, batch_size=30),
        {"learning_rate_init": loguniform(1e-5, 1), "alpha": loguniform(1e-6, 1e-1)},
        resource="max_iter",
        n_candidates=6,
        min_resources=3,
        max_resources=27,
        cv=2,
        random_state=0,
    ).fit(X, Y)
    assert search.n_resources_ == [3, 9]
    assert search.n_candidates_ == [6, 2]
    assert search.best_estimator_.n_iter_ == 9
    assert search.best_params_["learning_rate_init"] > 1e-3


@pytest.mark.filterwarnings("ignore:One or more of the test scores are non-finite")
def test_a_candidate_that_diverges_gets_no_score_and_stops_nothing():
    grid = {"learning_rate_init": [0.05, 1e200]}
    search = GridSearchCV(MLPRegressor((8,), solver="sgd", **QUICK), grid, cv=2)
    with pytest.warns(Warning, match="try"):
        search.fit(X, X[:, 0])
    assert np.isnan(search.cv_results_["mean_test_score"]).tolist() == [False, True]
    assert search.best_params_ == {"learning_rate_init": 0.05}


def test_a_learning_curve_has_a_score_for_each_size():
    classifier = MLPClassifier((8,), learning_rate_init=0.1, **QUICK)
    sizes, train, test = learning_curve(
        classifier, X, Y, train_sizes=[10, 40], cv=2, shuffle=True, random_state=0
    )
    assert sizes.tolist() == [10, 40]
    assert train.shape == test.shape == (2, 2)
    assert test[1].mean() > 0.7
