from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest

from minidl.data import make_moons
from minidl.losses import BCELoss
from minidl.models import two_layer_net
from minidl.optim import BatchGD
from minidl.plots import plot_history
from minidl.train import Runner
from minidl.train.history import History


def trained(metric="accuracy", dev=True, **options):
    X, y = make_moons(60, noise=0.2, rng=0)
    y = y.reshape(-1, 1)
    model = two_layer_net(2, 3, rng=0)
    choose = {} if metric == "accuracy" else {"metric": metric}
    runner = Runner(model, BatchGD(model, lr=1.0), BCELoss(), **choose)
    runner.train((X[:40], y[:40]), (X[40:], y[40:]) if dev else None, **options)
    return runner.history


@pytest.mark.parametrize("kind", ["loss", "score"])
def test_the_curves_are_what_was_recorded(kind):
    history = trained(num_epochs=12, eval_epochs=3)
    train, dev = plot_history(history, kind=kind).lines
    assert train.get_label() == "train"
    assert train.get_xdata().tolist() == list(range(1, 13))
    assert train.get_ydata().tolist() == getattr(history, f"train_{kind}")
    assert dev.get_label() == "dev"
    assert dev.get_xdata().tolist() == [3, 6, 9, 12]
    assert dev.get_ydata().tolist() == getattr(history, f"dev_{kind}")
    assert train.get_linestyle() != dev.get_linestyle()


def test_without_a_dev_set_there_is_one_curve():
    assert len(plot_history(trained(dev=False, num_epochs=2)).lines) == 1


def test_curves_can_be_chosen():
    ax = plot_history(trained(num_epochs=2), splits=["dev"])
    assert [line.get_label() for line in ax.lines] == ["dev"]


def test_the_axis_counts_epochs_or_steps():
    assert plot_history(trained(num_epochs=2)).get_xlabel() == "Epoch"
    batches = trained(num_epochs=2, batch_size=10)
    ax = plot_history(batches)
    assert ax.get_xlabel() == "Step"
    assert ax.lines[0].get_xdata().tolist() == [4, 8]


def test_several_runs_share_axes():
    _, ax = plt.subplots()
    for name, color in [("slow", "red"), ("fast", "blue")]:
        assert plot_history(trained(num_epochs=2), ax, label=name, color=color) is ax
    shown = [text.get_text() for text in ax.get_legend().get_texts()]
    assert shown == ["slow, train", "slow, dev", "fast, train", "fast, dev"]
    assert [line.get_color() for line in ax.lines] == ["red", "red", "blue", "blue"]


def test_drawing_changes_nothing_in_the_history():
    history = trained(num_epochs=3)
    before = {name: list(values) for name, values in vars(history).items()}
    plot_history(history)
    assert vars(history) == before


def test_an_empty_history_is_refused():
    with pytest.raises(ValueError, match=r"history with a loss of train or dev.*runner\.train"):
        plot_history(History())


def test_scores_without_a_metric_are_refused():
    with pytest.raises(ValueError, match="with a metric"):
        plot_history(trained(metric=None, num_epochs=2), kind="score")


@pytest.mark.parametrize("options", [{"kind": "accuracy"}, {"splits": ["test"]}])
def test_unknown_choices_are_refused(options):
    with pytest.raises(ValueError, match="expected one of"):
        plot_history(trained(num_epochs=1), **options)


def test_values_are_not_smoothed():
    history = History()
    for step, loss in enumerate([3.0, 1.0, 2.0], start=1):
        history.record_train(step, loss, None)
    np.testing.assert_array_equal(plot_history(history).lines[0].get_ydata(), [3.0, 1.0, 2.0])
