from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest

from minidl.data import make_quadratic
from minidl.plots import fit_report
from minidl.train.history import History

X, Y = make_quadratic(20, noise=0.1, rng=0)
DEV = make_quadratic(9, noise=0.1, rng=1)
XS = np.linspace(-1, 1, 50)
FIT = (XS, XS**2)


def history(train=(1.0, 0.1, 0.04), dev=(0.5, 0.08), every=1, dev_from=2):
    made = History()
    for step, loss in enumerate(train, start=1):
        made.record_train(every * step, loss, None)
    for step, loss in enumerate(dev, start=dev_from):
        made.record_dev(every * step, loss, None)
    return made


def by_label(ax):
    return {line.get_label(): line for line in ax.lines}


def report(made=None, **options):
    return fit_report(history() if made is None else made, X, Y, fit=FIT, **options)


def test_the_losses_stand_on_a_logarithmic_scale_as_recorded():
    left, _ = report()
    lines = by_label(left)
    assert left.get_yscale() == "log"
    assert lines["train"].get_xydata().tolist() == [[1, 1.0], [2, 0.1], [3, 0.04]]
    assert lines["dev"].get_xydata().tolist() == [[2, 0.5], [3, 0.08]]


def test_the_gap_is_dev_minus_train_at_the_last_evaluation():
    left, _ = report()
    assert [text.get_text() for text in left.texts] == ["gap 0.04"]
    assert by_label(left)["_gap"].get_xydata().tolist() == pytest.approx(
        np.array([[3, 0.04], [3, 0.08]])
    )
    assert left.texts[0].xy == pytest.approx((3, np.sqrt(0.04 * 0.08)))


def test_a_gap_below_zero_is_shown_with_its_sign():
    left, _ = report(history(dev=(0.5, 0.01)))
    assert left.texts[0].get_text() == "gap −0.03"


def test_the_gap_is_measured_where_dev_was_evaluated_last():
    made = history(train=(1.0, 0.1, 0.02, 0.001), dev=(0.5, 0.12), dev_from=2)
    left, _ = report(made)
    assert left.texts[0].get_text() == "gap 0.1"
    assert by_label(left)["_gap"].get_xdata().tolist() == [3, 3]


def test_the_shading_reaches_from_curve_to_curve_along_both():
    made = history(train=(1.0, 0.4, 0.1, 0.02, 0.01), dev=())
    made.record_dev(2, 1.0, None)
    made.record_dev(4, 0.25, None)
    left, _ = report(made)
    (shade,) = left.collections
    corners = {tuple(corner) for corner in shade.get_paths()[0].vertices.round(9).tolist()}
    # Half-way between 1 and 0.25 on a logarithmic scale is 0.5.
    assert corners == {(2, 0.4), (3, 0.1), (4, 0.02), (2, 1.0), (3, 0.5), (4, 0.25)}


def test_between_evaluations_by_steps_the_train_loss_is_read_off_its_line():
    made = history(train=(1.0, 0.01), dev=(), every=10)
    made.record_dev(15, 0.3, None)
    left, _ = report(made)
    assert by_label(left)["_gap"].get_ydata().tolist() == pytest.approx([0.1, 0.3])


def test_without_an_evaluation_there_is_no_gap():
    left, _ = report(history(dev=()))
    assert list(by_label(left)) == ["train"]
    assert not left.texts
    assert not left.collections


def test_losses_of_zero_do_not_stop_the_picture():
    for dev, gap in ((0.0, "gap 0"), (0.1, "gap 0.1")):
        left, _ = report(history(train=(1.0, 0.0), dev=(0.5, dev), dev_from=1))
        assert left.texts[0].get_text() == gap
        left.figure.canvas.draw()
        assert left.get_ylim()[0] > 0.01


@pytest.mark.parametrize(
    ("train", "expected"),
    [((0.5, 0.02), {"0.02", "0.05", "0.1", "0.2", "0.5"}), ((1.0, 1e-4), {"1", "0.1", "0.01"})],
)
def test_ticks_are_plain_numbers(train, expected):
    left, _ = report(history(train=train, dev=()))
    left.figure.canvas.draw()
    low, high = left.get_ylim()
    shown = {label.get_text() for label in left.get_yticklabels() if low < label._y < high}
    assert expected <= shown
    assert not any("$" in text for text in shown)


def test_the_samples_and_the_curve_are_drawn_as_given():
    _, right = report(dev=DEV)
    lines = by_label(right)
    assert np.array_equal(lines["train"].get_xydata(), np.column_stack([X[:, 0], Y]))
    assert np.array_equal(lines["dev"].get_xydata(), np.column_stack([DEV[0][:, 0], DEV[1]]))
    assert np.array_equal(lines["fit"].get_xydata(), np.column_stack(FIT))
    looks = {(line.get_marker(), line.get_markerfacecolor()) for line in lines.values()}
    assert len(looks) == 3


def test_no_dev_sample_and_no_legend_covers_a_training_sample():
    _, right = report(dev=DEV)
    lines = by_label(right)
    assert lines["dev"].get_zorder() < lines["train"].get_zorder() < lines["fit"].get_zorder()
    assert lines["dev"].get_markersize() < lines["train"].get_markersize()
    right.figure.canvas.draw()
    assert right.get_legend().get_window_extent().y0 >= right.get_window_extent().y1 - 1


def test_without_a_dev_set_its_samples_are_missing():
    assert list(by_label(report()[1])) == ["train", "fit"]


def test_the_curve_runs_from_left_to_right_whatever_the_order():
    order = np.random.default_rng(0).permutation(50)
    _, right = fit_report(history(), X, Y, fit=(XS[order], XS[order] ** 2))
    assert np.array_equal(by_label(right)["fit"].get_xydata(), np.column_stack(FIT))


def test_columns_are_taken_as_rows_are():
    columns = [part.reshape(-1, 1) for part in (X, Y, *FIT, *DEV)]
    x, y, xs, predictions, *dev = columns
    _, right = fit_report(history(), x, y, fit=(xs, predictions), dev=tuple(dev))
    _, same = report(dev=DEV)
    for label, line in by_label(right).items():
        assert np.array_equal(line.get_xydata(), by_label(same)[label].get_xydata())


def test_reports_share_a_figure():
    figure, grid = plt.subplots(2, 2)
    for axes in grid:
        assert report(axes=axes) == tuple(axes)
    assert figure.axes == list(grid.ravel())
    assert plt.get_fignums() == [figure.number]


def test_nothing_that_was_given_is_changed():
    made = history()
    before = {name: list(values) for name, values in vars(made).items()}
    parts = [np.array(part) for part in (X, Y, *FIT)]
    for part in parts:
        part.setflags(write=False)
    fit_report(made, *parts[:2], fit=tuple(parts[2:]))
    assert vars(made) == before


def test_an_empty_history_is_refused():
    with pytest.raises(ValueError, match=r"history with a loss of train or dev.*runner\.train"):
        report(History())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"fit": (XS, XS[:3])}, r"fit: expected .* shape \(N,\) or \(N, 1\), .*\(50,\) and \(3,\)"),
        ({"fit": (XS, np.ones((50, 2)))}, r"fit: expected .*received \(50,\) and \(50, 2\)"),
        ({"fit": ([], [])}, r"fit: expected .*received \(0,\) and \(0,\)"),
        ({"dev": (1.0, 2.0)}, r"dev: expected .*received \(\) and \(\)"),
        ({"axes": [None]}, "axes: expected a pair, received 1"),
    ],
)
def test_shapes_that_do_not_match_are_refused(options, words):
    with pytest.raises(ValueError, match=words):
        fit_report(history(), X, Y, **{"fit": FIT, **options})


@pytest.mark.parametrize("fit", [XS, None, lambda x: x])
def test_a_fit_that_is_no_pair_is_refused(fit):
    with pytest.raises(TypeError, match="fit: expected a pair of arrays, received"):
        fit_report(history(), X, Y, fit=fit)
