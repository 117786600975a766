"""What the cells of the lesson on tuning do that are switched off, once they are switched on."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.data import DownloadError, load_digits
from tests.lessons.helpers import code_cells


def cell_of(slug: str, switch: str) -> str:
    """Return the code of the cell that has a switch, switched on."""
    (cell,) = [
        cell.source for cell in code_cells(slug) if f"\n{switch} = False" in f"\n{cell.source}"
    ]
    return cell.replace(f"{switch} = False", f"{switch} = True", 1)


def names_of_the_lesson() -> dict[str, object]:
    """Return what the first cell imports."""
    names: dict[str, object] = {}
    exec(code_cells("tuning")[0].source, names)
    return names


@pytest.fixture
def names() -> dict[str, object]:
    images, digits = load_digits()
    return {**names_of_the_lesson(), "X": images[:120].reshape(120, 64) / 16, "y": digits[:120]}


@pytest.mark.bridge
def test_searches_of_scikit_learn_run_on_the_estimator(names, capsys):
    pytest.importorskip("sklearn")
    exec(cell_of("tuning", "TOOLS"), names)
    first, second = capsys.readouterr().out.splitlines()
    assert "'learning_rate_init': 1.0" in first
    assert "'alpha'" in second
    assert names["searcher"].best_estimator_.max_iter >= 16


@pytest.mark.bridge
def test_the_same_search_on_two_workers_finds_the_same(names, capsys):
    pytest.importorskip("sklearn")
    pytest.importorskip("distributed")
    exec(cell_of("tuning", "TOOLS"), names)
    alone = names["GridSearchCV"](names["estimator"], names["grid"], cv=5)
    alone.fit(names["X"], names["y"])
    exec(cell_of("tuning", "CLUSTER"), names)
    found = names["searcher"].cv_results_["mean_test_score"]
    np.testing.assert_allclose(found, alone.cv_results_["mean_test_score"])
    assert str(alone.best_params_) in capsys.readouterr().out


def colour_images(count):
    rng = np.random.default_rng(0)
    return rng.integers(256, size=(count, 32, 32, 3), dtype=np.uint8), np.arange(count) % 10


def test_at_cifars_size_it_trains_on_bytes(names, capsys):
    names["fetch_cifar10"] = lambda: (colour_images(300), colour_images(10))
    exec(cell_of("tuning", "REAL_SIZE"), names)
    assert names["runner"].step == 3
    assert names["large"].dtype == np.uint8
    assert "train loss" in capsys.readouterr().out


def test_without_a_network_it_says_so_and_trains_on_noise(names, capsys):
    def fail():
        raise DownloadError("not here")

    names["fetch_cifar10"] = fail
    exec(cell_of("tuning", "REAL_SIZE").replace("50_000", "200"), names)
    assert names["runner"].step == 2
    assert capsys.readouterr().out.startswith("not here\n")


def test_cifar_takes_the_place_of_the_digits(names):
    names["fetch_cifar10"] = lambda: (colour_images(2000), colour_images(10))
    exec(cell_of("tuning", "CIFAR"), names)
    assert names["X"].shape == (797, 3072)
    assert len(names["sealed"]) == 1000
    assert names["X"].max() == 1
    right = names["right_of"](names["fit_all"](2, names["train"], epochs=1), names["X"], names["y"])
    assert right.shape == (2, 797)
