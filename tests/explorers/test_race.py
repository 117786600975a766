"""The race: landscapes against finite differences, ways against rules written out, fair rates."""

from __future__ import annotations

import asyncio
import itertools

import numpy as np
import pytest

from minidl.explorers.race import network
from minidl.explorers.race.explorer import FIRST, RaceExplorer
from minidl.explorers.race.landscapes import LANDSCAPES
from minidl.explorers.race.racers import GOAL, RACERS, STEPS, arrival, run
from minidl.explorers.race.rates import RATES
from minidl.explorers.race.search import GRID, height_in_noise, steps_needed
from minidl.explorers.race.session import RaceSession
from minidl.gradcheck import numerical_gradient
from minidl.losses import BCELoss
from minidl.models import two_layer_net
from minidl.optim import Adam, SparseAdam
from minidl.parameter import Parameter
from tests.widgets.helpers import opened, put

EVERY_LANDSCAPE = pytest.mark.parametrize("landscape", LANDSCAPES.values(), ids=LANDSCAPES)


@pytest.fixture(scope="module")
def race():
    with opened(RaceExplorer) as made:
        yield made


@EVERY_LANDSCAPE
def test_the_slope_of_a_landscape_is_what_differences_measure(landscape):
    points = np.random.default_rng(0).uniform(-1.5, 1.5, (5, 2))
    for point in (*points, np.array(landscape.start)):
        measured = numerical_gradient(lambda p: float(landscape.loss(p)), point.copy())
        np.testing.assert_allclose(landscape.slope(point), measured, rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(landscape.slope(points), [landscape.slope(p) for p in points])


@EVERY_LANDSCAPE
def test_a_valley_is_the_lowest_place(landscape):
    left, right, bottom, top = landscape.extent
    x, y = np.random.default_rng(0).uniform((left, bottom), (right, top), (2000, 2)).T
    assert landscape.loss(np.stack([x, y], axis=-1)).min() >= landscape.lowest
    for valley in landscape.valleys:
        np.testing.assert_allclose(landscape.slope(np.array(valley)), 0, atol=1e-12)
        assert landscape.share_left(np.array(valley)) == pytest.approx(0, abs=1e-12)
    assert landscape.share_left(np.array(landscape.start)) == 1


def test_the_turned_ravine_is_the_ravine_turned():
    ravine, turned = LANDSCAPES["ravine"], LANDSCAPES["turned"]
    turn = np.array([[1, 1], [-1, 1]]) / np.sqrt(2)  # by 45 degrees
    np.testing.assert_allclose(turn.T @ ravine.start, turned.start)
    points = np.random.default_rng(0).normal(size=(9, 2))
    np.testing.assert_allclose(turned.loss(points @ turn), ravine.loss(points))


@pytest.mark.parametrize("name", ["SGD", "momentum"])
def test_who_has_one_rate_for_all_does_not_notice_the_turn(name):
    noise = np.zeros((STEPS, 2))
    one, other = (
        LANDSCAPES[key].share_left(run(name, LANDSCAPES[key], 0.004, noise))
        for key in ("ravine", "turned")
    )
    np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-12)


def test_momentum_runs_as_the_formula_says():
    landscape = LANDSCAPES["beale"]
    noise = landscape.noise(20, rng=3)
    x, v = np.array(landscape.start), 0.0
    for step in range(20):
        v = 0.9 * v + landscape.slope(x) + noise[step]
        x = x - 0.002 * v
    np.testing.assert_allclose(run("momentum", landscape, 0.002, noise)[-1], x, rtol=1e-12)


def test_averaged_descent_is_descent_and_in_the_second_half_the_mean_of_its_way():
    landscape = LANDSCAPES["beale"]
    noise = landscape.noise(STEPS, rng=3)
    x, way = np.array(landscape.start), [landscape.start]
    for step in range(STEPS):
        eta = 0.01 / (1 + 1e-4 * 0.01 * step) ** 0.75
        x = (1 - 1e-4 * eta) * x - eta * (landscape.slope(x) + noise[step])
        way.append(x)
    first = STEPS // 2 + 2  # PyTorch's t0 is off by two
    means = [np.mean(way[first : end + 1], axis=0) for end in range(first, STEPS + 1)]
    expected = [*way[:first], *means]
    np.testing.assert_allclose(run("ASGD", landscape, 0.01, noise), expected, rtol=1e-6)


def test_sparse_adam_cannot_run_here_since_it_takes_sparse_gradients_only():
    grads = {"x": np.ones(2)}
    optimizer = SparseAdam([Parameter("x", "x", {"x": np.ones(2)}, grads)], lr=0.1)
    with pytest.raises(TypeError, match="sparse"):
        optimizer.step()


def test_the_slice_is_one_of_a_network_that_was_trained():
    X, y = network.points()
    model, loss_fn = two_layer_net(2, 3, rng=2), BCELoss()
    optimizer = Adam(model, lr=0.1)
    for _ in range(600):
        loss_fn(model(X), y)
        model.backward(loss_fn.backward())
        optimizer.step()
    for name, value in model.state_dict().items():
        np.testing.assert_allclose(network.TRAINED[name], value, atol=0.006)
    model.load_state_dict(network.TRAINED)
    first, second = (model.state_dict()[name] for name in ("fc1.W", "fc2.W"))
    for x, y_weight in ((first[0, 0], second[0, 0]), (7.0, -2.0), (-30.0, 20.0)):
        first[0, 0], second[0, 0] = x, y_weight
        model.load_state_dict(model.state_dict() | {"fc1.W": first, "fc2.W": second})
        np.testing.assert_allclose(network.loss(np.array([x, y_weight])), loss_fn(model(X), y))


def test_lbfgs_looks_at_one_gradient_a_step():
    looked = []
    bowl = LANDSCAPES["bowl"]
    spied = type(bowl)(**{**vars(bowl), "slope": lambda p: (looked.append(1), bowl.slope(p))[1]})
    run("LBFGS", spied, 1.0, np.zeros((7, 2)))
    assert len(looked) == 7


def test_an_arrival_is_for_good():
    bowl = LANDSCAPES["bowl"]
    inside, outside = np.array([0.01, 0.0]), np.array([1.0, 0.0])
    assert bowl.share_left(inside) < GOAL < bowl.share_left(outside)
    assert arrival(bowl, np.array([outside, inside, outside, inside, inside])) == 3
    assert arrival(bowl, np.array([inside, outside])) is None


def test_there_is_a_rate_for_everyone_everywhere():
    assert RATES.keys() == LANDSCAPES.keys()
    for rates in RATES.values():
        assert rates.keys() == RACERS.keys()
        assert {rate for pair in rates.values() for rate in pair} <= set(GRID)


SEARCHED = [
    *itertools.product(["ravine", "turned", "beale"], ["SGD", "RMSprop", "Adam", "Rprop"]),
    *itertools.product(["network"], ["SGD", "ASGD", "AdamW"]),
]


@pytest.mark.parametrize(("key", "name"), SEARCHED)
def test_neither_neighbour_of_a_stored_rate_is_better(key, name):
    landscape, (calm, noisy) = LANDSCAPES[key], RATES[key][name]
    judges = ((lambda rate: steps_needed(name, landscape, rate)[0], calm),
              (lambda rate: height_in_noise(name, landscape, rate), noisy))  # fmt: skip
    with np.errstate(all="ignore"):
        for judge, best in judges:
            place = GRID.index(best)
            for rate in (*GRID[max(place - 1, 0) : place], *GRID[place + 1 : place + 2]):
                assert judge(best) <= 1.02 * judge(rate)  # other processors round otherwise


def test_the_picture_shows_each_way_up_to_the_step_and_the_whole_curve(race):
    put(race, landscape="beale", step=25, noise=2)
    landscape = LANDSCAPES["beale"]
    for place, name in enumerate(RACERS):
        way = race.picture.artists.ways[place].get_xydata()
        curve = race.picture.artists.curves[place].get_ydata()
        if name not in FIRST:
            assert len(way) == len(curve) == 0
            continue
        alone = run(name, landscape, RATES["beale"][name][1], landscape.noise(STEPS, rng=2))
        assert len(way) == 26 or np.abs(alone[len(way)]).max() >= 1e3
        np.testing.assert_allclose(way, alone[: len(way)])
        np.testing.assert_allclose(curve[:26], landscape.share_left(alone[:26]).clip(1e-7, 1e3))
        head = race.picture.artists.heads[place].get_xydata()
        np.testing.assert_allclose(head, way[-1:])


def test_a_factor_multiplies_every_rate():
    best, tenfold = (RaceSession("bowl", FIRST, noise=0, factor=f).rates for f in (1, 10))
    assert tenfold == {name: 10 * rate for name, rate in best.items()}


def test_the_noise_is_the_same_for_all_and_another_one_for_another_seed():
    one, again, other = (
        RaceSession("bowl", ["SGD"], noise=seed, factor=1).ways["SGD"] for seed in (1, 1, 2)
    )
    assert np.array_equal(one, again)
    assert not np.array_equal(one, other)


def test_the_sentence_names_the_first_to_arrive_first(race):
    put(race, landscape="ravine", step=STEPS)
    session = RaceSession("ravine", FIRST, noise=0, factor=1)
    first = min(FIRST, key=lambda name: session.arrived[name])
    assert f"without noise: {first} (rate " in race.status
    assert f"arrived in step {session.arrived[first]}" in race.status


def test_nobody_has_to_run(race):
    put(race, **dict.fromkeys(RACERS, False))
    assert race.error == ""
    assert race.status.endswith("nobody runs.")


def test_only_those_who_run_stand_out_in_the_legend(race):
    put(race, **dict.fromkeys(RACERS, False) | {"Adam": True, "SGD": True})
    entries = race.picture.artists.entries.artists
    clear = {word.get_text() for line, word in entries if line.get_alpha() == word.get_alpha() == 1}
    assert clear == {"Adam", "SGD"}
    assert len(entries) == len(RACERS)


def test_who_runs_away_is_said_to(race):
    put(race, landscape="rosenbrock", factor=10, step=STEPS)
    assert race.error == ""
    assert "SGD has run away" in race.status


def test_a_press_takes_a_step_and_the_slider_goes_anywhere(race):
    put(race, step=10)
    race.take_a_step()
    assert race.state.step == race.session.step == 11
    race.set(step=150)
    assert race.session.step == 150
    assert race.picture.artists.now.get_xdata()[0] == 150


def test_it_plays_to_the_end_and_from_there_again_from_the_start(race, monkeypatch):
    monkeypatch.setattr("minidl.widgets.player.FRAMES", 10_000)
    monkeypatch.setattr("minidl.widgets.player.PAUSE", 0)
    monkeypatch.setattr("minidl.widgets.player.AHEAD", 10_000)

    async def play(until):
        race.play()
        while race.playing and race.session.step != until:
            await asyncio.sleep(0)
        race.pause()

    put(race, step=STEPS - 3, landscape="bowl")
    asyncio.run(play(until=None))
    assert race.state.step == STEPS
    asyncio.run(play(until=2))
    assert race.session.step == 2
