"""minidl's MLPClassifier beside scikit-learn's: time and test accuracy, in one run.

The digits, split at random with the classes in proportion; the same sizes, batches, rate, penalty
and number of epochs, of which none is cut short. Both take turns, and a ratio of their times is
taken of each turn; the accuracies are means over the seeds of the turns, each of which draws the
split too. One BLAS thread for both, which minidl chooses by itself for networks of this size: with
more, scikit-learn's is slower, on a busy machine ten times. Run with
`python -m benchmarks.estimator`.
"""

from __future__ import annotations

import statistics
import time
import warnings
from typing import Any

import numpy as np
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier as TheirClassifier

from minidl.data import load_digits
from minidl.estimator import MLPClassifier
from minidl.threads import one_blas_thread

SEEDS = range(5)
EPOCHS = 50
SETTINGS: dict[str, dict[str, Any]] = {
    "as by default, (100,)": {},
    "(256, 128)": {"hidden_layer_sizes": (256, 128)},
    "(100,), tanh, SGD, batches of 32": {
        "activation": "tanh", "solver": "sgd", "learning_rate_init": 0.01, "batch_size": 32,
    },
}  # fmt: skip


def data(seed: int, dtype: type) -> list[Any]:
    """Return training and test inputs in [0, 1], then labels."""
    X, y = load_digits()
    X = (X.reshape(len(X), -1) / X.max()).astype(dtype)
    return train_test_split(X, y, test_size=0.25, stratify=y, random_state=seed)


def run(kind: Any, settings: dict[str, Any], seed: int, dtype: type) -> tuple[float, float]:
    """Return seconds of a fit and the test accuracy."""
    X, X_test, y, y_test = data(seed, dtype)
    classifier = kind(
        **settings, max_iter=EPOCHS, n_iter_no_change=EPOCHS, tol=0.0, random_state=seed
    )
    begin = time.perf_counter()
    classifier.fit(X, y)
    seconds = time.perf_counter() - begin
    assert classifier.n_iter_ == EPOCHS
    return seconds, classifier.score(X_test, y_test)


def report(settings: dict[str, Any], dtype: type) -> None:
    """Print the ratio of times, and both accuracies."""
    run(MLPClassifier, settings, 0, dtype), run(TheirClassifier, settings, 0, dtype)  # warm up
    ours, theirs = [], []
    for seed in SEEDS:
        ours.append(run(MLPClassifier, settings, seed, dtype))
        theirs.append(run(TheirClassifier, settings, seed, dtype))
    ratios = [a / b for (a, _), (b, _) in zip(ours, theirs, strict=True)]
    scores = [[score for _, score in side] for side in (ours, theirs)]
    low, middle, high = min(ratios), statistics.median(ratios), max(ratios)
    print(f"  time, minidl / scikit-learn {middle:.2f} (from {low:.2f} to {high:.2f})")
    mean, other = map(statistics.fmean, scores)
    error = statistics.stdev(a - b for a, b in zip(*scores, strict=True)) / len(SEEDS) ** 0.5
    print(f"  test accuracy {mean:.4f}, scikit-learn {other:.4f}, difference ± {error:.4f}")


def main() -> None:
    """Print, for each setting, times and accuracies of both."""
    warnings.simplefilter("ignore", ConvergenceWarning)  # the epochs are meant to be few
    for dtype in (np.float64, np.float32):
        for name, settings in SETTINGS.items():
            print(f"{np.dtype(dtype).name}, {name}, {EPOCHS} epochs")
            with one_blas_thread:
                report(settings, dtype)


if __name__ == "__main__":
    main()
