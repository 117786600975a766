"""The explorer of slips, compared with a loop written out, and with PyTorch's own."""

from __future__ import annotations

import numpy as np
import pytest

from minidl.data import iterate_batches
from minidl.explorers.slips.explorer import NUM_EPOCHS, SlipsExplorer
from minidl.explorers.slips.loop import (
    EVAL,
    GAMMA,
    OPTIMIZER,
    RIGHT,
    SCHEDULER,
    SLIPS,
    SOFTMAX,
    ZERO_GRAD,
    digit_sets,
    epochs,
    network,
)
from minidl.explorers.slips.picture import HIGHEST
from minidl.losses import CrossEntropyLoss
from minidl.optim import SGD
from tests.widgets.helpers import opened

OPTIONS = {"lr": 0.1, "batch_size": 100, "keep_prob": 0.7}


def trained(slip, num_epochs=NUM_EPOCHS, **options):
    found = list(epochs(slip, **{**OPTIONS, **options}, num_epochs=num_epochs))
    return np.array([epoch.loss for epoch in found]), np.array([e.accuracies for e in found])


@pytest.fixture(scope="module")
def explorer():
    with opened(SlipsExplorer, **OPTIONS) as made:
        yield made


def test_the_right_loop_is_plain_training():
    net, order, loss_fn, lr = network(0.7, 0), np.random.default_rng(0), CrossEntropyLoss(), 0.1
    losses = []
    for _ in range(3):
        for X, y in iterate_batches(*digit_sets()[0], 100, rng=order):
            losses.append(loss_fn(net(X), y))
            net.backward(loss_fn.backward())
            SGD(net, lr=lr).step()
        lr *= GAMMA
    found, _ = trained(RIGHT, num_epochs=3)
    np.testing.assert_allclose(found, np.reshape(losses, (3, 10)).mean(axis=1), rtol=1e-12)


def test_to_forget_zero_grad_is_momentum_of_one():
    net, order, loss_fn = network(1.0, 0), np.random.default_rng(0), CrossEntropyLoss()
    heavy, losses = SGD(net, lr=0.1, momentum=1.0), []
    for X, y in iterate_batches(*digit_sets()[0], 100, rng=order):
        losses.append(loss_fn(net(X), y))
        net.backward(loss_fn.backward())
        heavy.step()
    found, _ = trained(ZERO_GRAD, num_epochs=1, keep_prob=1.0)
    assert found[0] == pytest.approx(np.mean(losses), rel=1e-10)


def test_a_second_softmax_keeps_the_loss_above_that_of_the_cheat():
    losses, _ = trained(SOFTMAX, lr=2.0, batch_size=20)
    assert losses.min() > np.log(np.e + 9) - 1


def test_without_eval_looks_differ_and_with_it_they_agree():
    assert np.ptp(trained(EVAL)[1][-1]) > 0
    assert np.ptp(trained(RIGHT)[1], axis=1).max() == 0


def test_a_schedule_that_runs_with_the_batches_stops_the_training():
    losses, _ = trained(SCHEDULER, keep_prob=1.0)
    assert np.ptp(losses[4:]) < 0.01 < losses[4] - trained(RIGHT, keep_prob=1.0)[0][-1]


def test_an_optimizer_of_another_network_moves_nothing():
    _, accuracies = trained(OPTIMIZER)
    assert np.ptp(accuracies) == 0


@pytest.mark.parametrize("slip", SLIPS)
def test_the_picture_shows_both_loops(explorer, slip):
    explorer.set(**{**OPTIONS, "slip": slip})
    artists = explorer.picture.artists
    for place, each in enumerate((RIGHT, slip)):
        losses, accuracies = trained(each)
        x, drawn = artists.losses[place].get_data()
        assert x.tolist() == list(range(1, NUM_EPOCHS + 1))
        np.testing.assert_allclose(drawn, np.minimum(losses, HIGHEST))
        np.testing.assert_allclose(
            artists.accuracies[place].get_ydata(), accuracies.mean(axis=1), rtol=1e-12
        )
    assert artists.looks.get_ydata().tolist() == accuracies.ravel().tolist()


def test_the_sentence_states_both_losses_and_whether_looks_agree(explorer):
    explorer.set(**{**OPTIONS, "slip": EVAL})
    assert "which differ from look to look" in explorer.status
    explorer.set(**{**OPTIONS, "slip": ZERO_GRAD})
    right, slip = (trained(each)[0][-1] for each in (RIGHT, ZERO_GRAD))
    assert f"right loop {right:.2f}, “no zero_grad()” {slip:.2f}." in explorer.status
    assert "the same at each of five looks" in explorer.status


def test_a_network_that_diverges_is_drawn_at_the_edge(explorer):
    explorer.set(slip=ZERO_GRAD, lr=2.0, batch_size=20, keep_prob=0.3)
    assert explorer.picture.artists.losses[1].get_ydata().max() == HIGHEST
    assert not np.isnan(explorer.picture.artists.losses[1].get_ydata()).any()


@pytest.mark.torch
@pytest.mark.parametrize("slip", SLIPS)
def test_pytorch_prints_the_same_losses_with_the_same_slip(slip):
    torch = pytest.importorskip("torch")
    from minidl.interop import to_torch

    class Dropout(torch.nn.Module):  # with minidl's masks
        rng = network(0.7, 0).layers[2].rng

        def forward(self, x):
            if not self.training:
                return x
            return x * torch.tensor((self.rng.random(x.shape) < 0.7) / 0.7)

    net = to_torch(network(0.7, 0))
    net[2] = Dropout()
    held = net if slip != OPTIMIZER else to_torch(network(0.7, 0))
    optimizer, order = torch.optim.SGD(held.parameters(), lr=0.1), np.random.default_rng(0)
    scheduler = torch.optim.lr_scheduler.ExponentialLR(optimizer, GAMMA)
    new_X, new_y = (torch.tensor(array) for array in digit_sets()[1])
    losses, accuracies = [], []
    for _ in range(3):
        net.train()
        for X, y in iterate_batches(*digit_sets()[0], 100, rng=order):
            scores = net(torch.tensor(X))
            scores = torch.softmax(scores, dim=1) if slip == SOFTMAX else scores
            loss = torch.nn.functional.cross_entropy(scores, torch.tensor(y))
            if slip != ZERO_GRAD:
                optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if slip == SCHEDULER:
                scheduler.step()
            losses.append(loss.item())
        if slip != SCHEDULER:
            scheduler.step()
        if slip != EVAL:
            net.eval()
        with torch.no_grad():
            looks = [(net(new_X).argmax(dim=1) == new_y).double().mean() for _ in range(5)]
        accuracies.append([float(look) for look in looks])
    found, own = trained(slip, num_epochs=3)
    np.testing.assert_allclose(found, np.reshape(losses, (3, 10)).mean(axis=1), rtol=1e-9)
    np.testing.assert_allclose(own, accuracies)
