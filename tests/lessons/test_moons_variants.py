"""The checks of the lesson "Moons" on answers that are half done or nearly right."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.exercises import exercise
from minidl.nn import Linear, Logistic
from minidl.op import Op


class Unfinished(Op):
    """The blank of the lesson: two layers and dots, and a `forward` that returns nothing."""

    def __init__(self, D, H, M, *, rng=None):
        super().__init__()
        rng = np.random.default_rng(rng)
        self.layers = [Linear(D, H, rng=rng), Logistic(), *self.rest(H, M, rng)]

    def rest(self, H, M, rng):
        return [...]

    def forward(self, x): ...


class WithLayers(Unfinished):
    def rest(self, H, M, rng):
        return [Linear(H, M, rng=rng), Logistic()]


class WithForward(Unfinished):
    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class LoopWithoutReturn(WithLayers):
    def forward(self, x):
        for layer in self.layers:
            x = layer(x)


class NotImplementedYet(WithLayers):
    def forward(self, x):
        raise NotImplementedError


class DotsTakenOut(WithForward):
    def rest(self, H, M, rng):
        return []


def test_a_network_with_neither_layers_nor_forward_is_not_attempted():
    assert exercise("moons/network")(Unfinished).status == "not attempted"


@pytest.mark.parametrize(
    ("network", "diagnosis", "words"),
    [
        (WithForward, "layers-missing", "put the other two layers in place of the dots"),
        (WithLayers, "no-output", "`forward` gives nothing back"),
        (LoopWithoutReturn, "no-output", "does it end with `return`?"),
        (NotImplementedYet, "not-implemented", "is not written yet"),
        (DotsTakenOut, "layers", "found Linear, Logistic"),
    ],
)
def test_a_half_done_network_is_told_which_half_is_missing(network, diagnosis, words):
    outcome = exercise("moons/network")(network)
    assert outcome.diagnosis == diagnosis
    assert words in outcome.text


@pytest.mark.parametrize("at_once", [True, False])
def test_coordinates_that_were_reshaped_into_rows_are_recognized(at_once):
    def two_arcs(n):
        t = np.linspace(0, np.pi, n)
        outer, inner = [np.cos(t), np.sin(t)], [1 - np.cos(t), 0.5 - np.sin(t)]
        if at_once:
            X = np.concatenate([outer, inner], axis=1).reshape(2 * n, 2)
        else:
            X = np.concatenate([np.reshape(arc, (n, 2)) for arc in (outer, inner)])
        return X, np.repeat([0, 1], n)

    assert exercise("moons/arcs")(two_arcs).diagnosis == "reshaped"


def test_a_prediction_that_was_rounded_away_is_not_called_clipped():
    def infinite(p, y):
        return -np.mean(np.log(1 - np.abs(y - p)))

    assert exercise("moons/log-of-zero")(infinite).diagnosis == "counts-as-0"


def test_a_switch_between_the_terms_is_refused_where_the_label_lies_between():
    def switched(p, y):
        log_p, log_q = np.maximum(np.log(p), -100), np.maximum(np.log(1 - p), -100)
        return -np.mean(np.where(y == 1, log_p, log_q))

    outcome = exercise("moons/log-of-zero")(switched)
    assert outcome.diagnosis == "one-term"
    assert "0.3" in outcome.text


def test_a_cut_at_zero_alone_is_refused_however_it_is_made():
    def replaced(p, y):
        log_p, log_q = (np.nan_to_num(np.log(each), neginf=-100) for each in (p, 1 - p))
        return -np.mean(y * log_p + (1 - y) * log_q)

    outcome = exercise("moons/log-of-zero")(replaced)
    assert outcome.diagnosis == "only-zero-cut"
    assert "p = [[1e-50]]" in outcome.text


def test_a_prediction_that_is_moved_instead_is_right_if_it_cuts_at_the_same_place():
    def moved(p, y):
        least = np.exp(-100)
        return -np.mean(
            y * np.log(np.maximum(p, least)) + (1 - y) * np.log(np.maximum(1 - p, least))
        )

    assert exercise("moons/log-of-zero")(moved).right
