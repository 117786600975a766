"""The explorer of a search, its map compared with networks that a Runner trains one by one."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.explorers import SearchExplorer
from minidl.explorers.search import explorer as room
from minidl.explorers.search import trials as trials_module
from minidl.explorers.search.explorer import FINER, GRID, RANDOM, SEEDS, SIDES
from minidl.explorers.search.picture import TOP
from minidl.explorers.search.trials import (
    FINENESS,
    WHOLE,
    around,
    first_network,
    grid_trials,
    moons_sets,
    random_trials,
    train,
)
from minidl.losses import BCEWithLogitsLoss
from minidl.optim import BatchGD
from minidl.penalties import L2
from minidl.train import Listener, Runner
from minidl.widgets.explorer import State
from tests.widgets.helpers import opened

QUICK = {"budget": 16, "epochs": 100}


class OnGrid(Listener):
    """Rounds the weights after each step, as the search does."""

    def on_step_end(self, runner):
        for parameter in runner.model.parameters():
            parameter.value = np.round(parameter.value * FINENESS) / FINENESS


def dev_loss(rate, l2, weights, *, points, epochs):
    """Return the dev loss of a network that learned alone."""
    train, dev = moons_sets(points)
    model = first_network(weights)
    optimizer, loss_fn = BatchGD(model, lr=rate), BCEWithLogitsLoss()
    runner = Runner(model, optimizer, loss_fn, None, listeners=[OnGrid()], penalties=[L2(l2)])
    runner.train(train, num_epochs=epochs)
    return runner.evaluate(dev)[1]


@pytest.fixture(scope="module")
def explorer():
    with opened(SearchExplorer, **QUICK) as made:
        yield made


# Where it looks


@pytest.mark.parametrize("budget", SIDES)
@pytest.mark.parametrize("how", [GRID, RANDOM])
def test_a_search_has_as_many_trials_as_its_budget(how, budget):
    assert len(room.first_trials(State(how=how, budget=budget, seed=0)).rates) == budget


def test_a_finer_search_spends_half_of_its_budget_on_the_whole_map(explorer):
    explorer.reset(how=FINER)
    assert len(explorer.view.losses) == 16
    inside = [
        np.log10(part[8:]).min() >= low - 1e-9 and np.log10(part[8:]).max() <= high + 1e-9
        for part, (low, high) in zip(explorer.view.trials, explorer.view.window, strict=False)
    ]
    assert inside == [True, True]
    assert explorer.view.trials.rates[:8].tolist() == grid_trials(4, 2).rates.tolist()


def test_a_grid_covers_the_map_with_equal_cells():
    trials = grid_trials(4, 5)
    assert len(np.unique(trials.rates.round(9))) == 4
    assert len(np.unique(trials.l2.round(9))) == 5
    for part, sizes, (low, high) in zip(trials[:2], trials[2:], WHOLE, strict=True):
        assert np.log10(part.min()) - sizes[0] / 2 == pytest.approx(low)
        assert np.log10(part.max()) + sizes[0] / 2 == pytest.approx(high)


def test_random_places_are_as_likely_in_each_factor_of_ten():
    trials = random_trials(4000, seed=0)
    for part, (low, high) in zip(trials[:2], WHOLE, strict=True):
        counts, _ = np.histogram(np.log10(part), range(int(low), int(high) + 1))
        assert counts.sum() == 4000
        assert (abs(counts - counts.mean()) < 5 * np.sqrt(counts.mean())).all()
    assert random_trials(5, 1).rates.tolist() != random_trials(5, 2).rates.tolist()


@pytest.mark.parametrize("place", [(0.01, 1e-5), (100, 1), (1, 0.003), (0.02, 0.9)])
def test_a_window_is_a_quarter_of_each_side_and_on_the_map(place):
    for (start, end), (low, high), at in zip(around(*place), WHOLE, np.log10(place), strict=True):
        assert end - start == pytest.approx((high - low) / 4)
        assert low - 1e-9 <= start <= at + 1e-9
        assert at - 1e-9 <= end <= high + 1e-9


# What it finds


def test_the_map_shows_what_each_network_comes_to_alone(explorer):
    explorer.reset()
    trials, losses = explorer.view.trials, explorer.view.losses
    for k in (0, 5, 9, 10, 12):
        alone = dev_loss(trials.rates[k], trials.l2[k], 0, points=1, epochs=100)
        assert losses[k] == pytest.approx(alone, rel=1e-6), k
    assert explorer.picture.artists.cells.get_array().tolist() == losses.tolist()


def test_the_repeats_are_the_five_best_from_other_weights(explorer):
    explorer.reset(seed=3)
    view = explorer.view
    assert view.losses[view.top].tolist() == sorted(view.losses)[:TOP]
    assert view.repeats.shape == (TOP, len(SEEDS))
    for place, number in ((0, 0), (0, 4), (3, 2)):
        rate, l2 = (part[view.top[place]] for part in view.trials[:2])
        alone = dev_loss(rate, l2, SEEDS[number], points=3, epochs=100)
        assert view.repeats[place, number] == pytest.approx(alone, rel=1e-6)
    artists = explorer.picture.artists
    assert artists.repeats.get_xdata().tolist() == view.repeats.ravel().tolist()
    assert artists.means.get_xdata() == pytest.approx(view.repeats.mean(axis=1))
    assert artists.found.get_xdata().tolist() == view.losses[view.top].tolist()


@pytest.mark.slow
def test_a_finer_search_gains_less_than_one_of_them_can_show(explorer):
    around_the_best = {"budget": 36, "epochs": 300, "around_best": True}
    means = np.zeros((2, 10))
    for row, how in enumerate((GRID, FINER)):
        for points in range(10):
            *_, view = explorer.compute(State(how=how, seed=points, **around_the_best))
            means[row, points] = view.repeats[0].mean()
    left = means[0] - means[1]
    error = left.std(ddof=1) / np.sqrt(len(left))
    assert (left.mean().round(3), error.round(3)) == (0.016, 0.008)
    assert left.std(ddof=1) > left.mean()


def test_a_setting_stands_in_one_row_with_its_star_and_its_dots(explorer):
    explorer.reset()
    artists = explorer.picture.artists
    (lines,) = artists.found.axes.collections
    edges = [segment[0, 1] for segment in lines.get_segments()]
    heights = {
        "setting": [name.get_position()[1] for name in artists.names],
        "star": artists.found.get_ydata(),
        "mean": artists.means.get_ydata(),
        "dots": artists.repeats.get_ydata().reshape(TOP, -1)[:, 0],
    }
    for what, ups in heights.items():
        assert np.searchsorted(edges, ups).tolist() == list(range(TOP)), what


def test_a_difference_in_the_last_digit_does_not_grow(monkeypatch):
    rates, l2 = np.array([1.8, 3.2, 5.6]), np.full(3, 1e-3)
    *_, (_, losses) = train(rates, l2, [0, 1, 2], moons_sets(1), 300)

    def nearly(seed):
        network = first_network(seed)
        for parameter in network.parameters():
            parameter.value *= 1 + 2e-15
        return network

    monkeypatch.setattr(trials_module, "first_network", nearly)
    *_, (_, again) = train(rates, l2, [0, 1, 2], moons_sets(1), 300)
    np.testing.assert_allclose(again, losses, rtol=1e-9)


def test_networks_that_diverge_are_crossed_out_and_never_the_best():
    with opened(SearchExplorer, budget=16, epochs=1000) as made:
        bad = ~np.isfinite(made.view.losses)
        assert bad.any()
        assert not bad[made.view.top].any()
        x, y = made.picture.artists.failed.get_data()
        assert x.tolist() == made.view.trials.rates[bad].tolist()
        assert y.tolist() == made.view.trials.l2[bad].tolist()
        assert (x * y > 2).all()  # where a step by the penalty alone overshoots: αλ > 2


def test_other_points_give_another_map(explorer):
    explorer.reset()
    first = explorer.view.losses
    explorer.set(seed=2)
    assert not np.allclose(explorer.view.losses, first)


# What it says


def test_the_sentence_states_the_best_and_how_much_of_it_is_noise(explorer):
    explorer.reset()
    view = explorer.view
    again, best = view.repeats[0], view.losses.min()
    near = (view.losses <= best + again.std(ddof=1)).sum() - 1
    assert f"dev loss {best:.3f}." in explorer.status
    assert f"weights: {again.mean():.3f} ± {again.std(ddof=1):.3f}." in explorer.status
    assert explorer.status.endswith(f"of the best: {near} of the 15 others.")
    assert explorer.status.startswith("16 trials, epoch 100 of 100: the best has rate ")


def test_the_map_fills_while_the_networks_train(explorer):
    explorer.reset()
    explorer._before = None
    views = list(explorer.compute(explorer.state))
    search = [view for view in views if view.repeats is None]
    assert [view.epoch for view in search][:3] == [0, 10, 20]
    assert len({view.losses[9] for view in search}) > 5
    said = explorer.sentence(explorer.state, search[2])
    assert said.startswith("16 trials, epoch 20 of 100: ")
    assert "other first weights" not in said


# The window


def test_around_the_best_the_window_is_where_the_coarse_search_found_it(explorer):
    explorer.reset(how=FINER)
    coarse = explorer.view.losses[:8]
    rates, l2 = grid_trials(4, 2)[:2]
    assert explorer.view.window == around(rates[coarse.argmin()], l2[coarse.argmin()])
    x, y = explorer.picture.artists.window.get_data()
    assert np.log10([min(x), max(x)]) == pytest.approx(explorer.view.window.rate)
    assert np.log10([min(y), max(y)]) == pytest.approx(explorer.view.window.l2)


def test_a_slider_moves_the_window_and_makes_the_search_finer(explorer):
    explorer.reset()
    assert explorer.picture.artists.window.get_xdata() == []
    explorer.set(l2=0.1)
    assert (explorer.state.how, explorer.state.around_best) == (FINER, False)
    assert explorer.view.window == around(1.0, 0.1)


def press(explorer, rate, l2):
    """Press the map at a place, as a page tells."""
    picture = explorer.picture
    x, y = picture.artists.cells.axes.transData.transform((rate, l2)) / picture.pixel_ratio
    explorer.frame.live._handle_custom_msg({"click": [x, picture.height - y]}, [])
    explorer.refresh(to_the_end=True)


def test_pressing_the_map_moves_the_window_there(explorer):
    explorer.reset()
    press(explorer, 10.0, 1e-3)
    assert vars(explorer.state) == {
        **QUICK, "how": FINER, "seed": 1, "around_best": False, "rate": 10.0, "l2": 1e-3,
    }  # fmt: skip
    assert explorer.view.window == around(10.0, 1e-3)
    explorer.frame.live._handle_custom_msg({"click": [1.0, 1.0]}, [])  # beside the map
    assert explorer.state.rate == 10.0


def test_a_window_that_moves_leaves_the_coarse_search_as_it_was(explorer, monkeypatch):
    explorer.reset(how=FINER)
    trained = []
    train = room.train
    monkeypatch.setattr(
        room, "train", lambda rates, *a: trained.append(len(rates)) or train(rates, *a)
    )
    coarse = explorer.view.losses[:8].tolist()
    explorer.set(rate=0.1)
    assert explorer.view.losses[:8].tolist() == coarse
    assert trained == [8, TOP * len(SEEDS)]
    explorer.set(seed=2)
    assert trained[2:] == [8, 8, TOP * len(SEEDS)]
