"""A search on a cluster of two workers, one of which dies in the middle."""

import os
import signal
import sys
from functools import partial
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("sklearn")
pytest.importorskip("distributed")
import cloudpickle
import joblib
from distributed import Client, LocalCluster
from sklearn.model_selection import GridSearchCV

from minidl.data import make_moons
from minidl.estimator import MLPClassifier

pytestmark = pytest.mark.bridge
X, Y = make_moons(90, noise=0.1, rng=0)
GRID = {"learning_rate_init": [1e-6, 0.01, 0.1]}


@pytest.fixture
def cluster():
    """Two workers, each a process of its own with a nurse that starts another if it dies."""
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True}
    with LocalCluster(**options, dashboard_address=":0") as cluster, Client(cluster) as client:
        yield client


def accuracy_of_a_worker_that_dies_once(estimator, X, y, *, folder):
    """Return the accuracy, but end the process if it is the first ever to ask."""
    Path(folder, str(os.getpid())).touch()
    try:
        Path(folder, "died").mkdir()
        os.kill(os.getpid(), signal.SIGKILL)
    except FileExistsError:
        pass
    return estimator.score(X, y)


def test_a_search_on_a_cluster_survives_a_killed_worker(cluster, tmp_path):
    cloudpickle.register_pickle_by_value(sys.modules[__name__])
    scoring = partial(accuracy_of_a_worker_that_dies_once, folder=str(tmp_path))
    classifier = MLPClassifier((8,), batch_size=30, max_iter=20, random_state=0)
    # Each worker gets a copy of what is listed; of other arrays one has the only one.
    with joblib.parallel_config("dask", scatter=[X, Y]):
        found = GridSearchCV(classifier, GRID, cv=2, scoring=scoring).fit(X, Y)
    alone = GridSearchCV(classifier, GRID, cv=2).fit(X, Y)
    for key in ("mean_test_score", "split0_test_score", "split1_test_score"):
        np.testing.assert_array_equal(found.cv_results_[key], alone.cv_results_[key])
    pids = {int(path.name) for path in tmp_path.iterdir() if path.name != "died"}
    assert (tmp_path / "died").exists()
    assert os.getpid() not in pids
    assert len(pids) >= 2
