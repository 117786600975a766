"""The clinic's explorer, its picture compared with trainings written out."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.clinic import EXAMINATIONS, PATIENTS, patient_in
from minidl.clinic.training import EPOCHS
from minidl.data import load_digits
from minidl.explorers import ClinicExplorer
from minidl.explorers.clinic.explorer import SUSPECTS
from minidl.explorers.clinic.ordering import NO_TEST, TESTS, written
from minidl.explorers.clinic.picture import USUAL
from minidl.losses import CrossEntropyLoss
from minidl.models import FullyConnectedNet
from minidl.optim import SGD
from tests.widgets.helpers import opened

REPLACED, HEALTHY, UPHILL = 14, 8, 11


def number_of(fault, ward):
    """Return which number a patient has in a ward."""
    (number,) = (n for n in range(1, 17) if patient_in(ward, n).fault == fault)
    return number


@pytest.fixture(scope="module")
def explorer():
    with opened(ClinicExplorer) as made:
        yield made


def healthy_losses(seed):
    """Return train and dev losses of the healthy training, by the library's own parts."""
    images, digits = load_digits()
    chosen = np.random.default_rng(seed).permutation(len(digits))[:700]
    X, y = images[chosen].reshape(-1, 64) / 16, digits[chosen]
    rng = np.random.default_rng(seed)
    net = FullyConnectedNet(64, [32, 32], 10, rng=rng)
    optimizer, loss_fn, losses = SGD(net, lr=0.1), CrossEntropyLoss(), []
    for _ in range(EPOCHS):
        seen = []
        for rows in np.split(rng.permutation(400), 20):
            seen.append(loss_fn(net(X[rows]), y[rows]))
            net.backward(loss_fn.backward())
            optimizer.step()
        losses.append((np.mean(seen), loss_fn(net(X[400:]), y[400:])))
    return np.transpose(losses)


@pytest.mark.parametrize("ward", [0, 3])
def test_the_twin_is_a_training_by_the_librarys_own_parts(explorer, ward):
    number = number_of("drawn with replacement", ward)
    explorer.set(patient=number, ward=ward, twin=True, test=NO_TEST)
    for line, losses in zip(explorer.picture.artists.twin, healthy_losses(ward), strict=True):
        assert line.get_xdata() == pytest.approx(np.arange(1, EPOCHS + 1))
        assert line.get_ydata() == pytest.approx(losses)


def test_without_a_twin_there_is_no_line_of_it(explorer):
    explorer.set(patient=REPLACED, ward=0, twin=False, test=NO_TEST)
    assert all(len(line.get_xdata()) == 0 for line in explorer.picture.artists.twin)


def test_the_signs_are_what_diagnostics_has_measured(explorer):
    explorer.set(patient=6, ward=0, twin=False, test=NO_TEST)
    saturated, dead = explorer.picture.artists.shut
    assert dead.get_ydata() == pytest.approx(100)
    assert (saturated.get_ydata() >= dead.get_ydata()).all()
    first, second, _ = explorer.picture.artists.ratios
    assert max(*first.get_ydata(), *second.get_ydata()) == 1e-6, "a dead layer stops all before it"


@pytest.mark.parametrize("fault", ["none", "drawn with replacement", "dropout in evaluation"])
def test_the_steps_of_what_learns_are_mostly_in_the_grey_band(explorer, fault):
    explorer.set(patient=number_of(fault, 0), ward=0, twin=False, test=NO_TEST)
    ratios = np.array([line.get_ydata() for line in explorer.picture.artists.ratios])
    assert np.mean((ratios > USUAL[0]) & (ratios < USUAL[1])) > 0.9


def test_what_diverges_ends_early_and_stands_at_the_rim(explorer):
    explorer.set(patient=UPHILL, ward=0, twin=True, test=NO_TEST)
    train, _ = explorer.picture.artists.losses
    assert train.get_ydata() == pytest.approx([1000])
    assert len(explorer.picture.artists.twin[0].get_ydata()) == EPOCHS
    assert f"epoch 1 of {EPOCHS}, where it was given up" in explorer.status
    explorer.set(patient=HEALTHY, ward=0, twin=False, test=NO_TEST)
    assert "given up" not in explorer.status


@pytest.mark.parametrize("test", TESTS)
def test_a_test_shows_what_its_examination_finds(explorer, test):
    explorer.set(patient=REPLACED, ward=1, twin=True, test=test, suspect="undecided")
    examine, each = EXAMINATIONS[TESTS[test].name], patient_in(1, REPLACED)
    found = written(examine(each.training, 1)), written(examine(each.healthy, 1))
    artists = explorer.picture.artists
    assert artists.question.get_text() == TESTS[test].question
    assert artists.answer.get_text().startswith(f"{found[0]}  (twin: {found[1]};")
    assert artists.answer.get_text() in explorer.status


@pytest.mark.parametrize(("ward", "number"), [*((0, n) for n in range(1, 17)), (5, 1), (9, 16)])
def test_one_diagnosis_is_right_for_each_patient(explorer, ward, number):
    explorer.set(patient=number, ward=ward, twin=False, test=NO_TEST)
    right = []
    for suspect in ["none", *SUSPECTS]:
        explorer.set(suspect=suspect)
        said = suspect[0].upper() + suspect[1:]  # and "dead ReLUs" keeps its capitals
        right += [suspect] * explorer.status.endswith(f"{said}: that is it.")
        assert suspect in right or explorer.status.endswith(f"{said}: no.")
    assert right == [patient_in(ward, number).fault]
    explorer.set(suspect="tell me")
    told = "It is healthy." if right == ["none"] else f"It is: {right[0]}."
    assert explorer.status.endswith(told)
    explorer.set(suspect="undecided")
    assert right[0] not in explorer.status


@pytest.mark.parametrize("ward", [1, 2, 9])
def test_every_ward_has_every_patient_under_another_number(ward):
    faults = [patient_in(ward, number).fault for number in range(1, 17)]
    assert sorted(faults) == sorted(each.fault for each in PATIENTS)
    assert faults != [each.fault for each in PATIENTS]


def test_a_training_is_shown_as_it_goes_and_at_once_when_it_is_seen_again(explorer):
    explorer.set(patient=1, ward=0, twin=False, test=NO_TEST)
    asked = type(explorer.state)(**{**vars(explorer.state), "ward": 8, "patient": 2})
    first, again = ([view.losses for view in explorer.compute(asked)] for _ in range(2))
    assert [losses.shape for losses in first] == [(2, n + 1) for n in range(EPOCHS)]
    assert len(again) == 1
    assert np.array_equal(again[0], first[-1])
