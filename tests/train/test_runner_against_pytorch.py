"""A whole training against the same one in PyTorch, with its modules, autograd and SGD."""

import numpy as np
import pytest

from minidl.losses import BCELoss
from minidl.models import two_layer_net
from minidl.optim import BatchGD
from minidl.train import Runner
from tests.train.helpers import DEV, TRAIN

torch = pytest.importorskip("torch")
pytestmark = pytest.mark.torch


@pytest.mark.parametrize(("dtype", "tolerance"), [(np.float64, 1e-11), (np.float32, 1e-4)])
def test_losses_and_scores_of_every_epoch_are_pytorchs(dtype, tolerance):
    ours = two_layer_net(2, 5, 1, rng=0, dtype=dtype)
    theirs = torch.nn.Sequential(
        torch.nn.Linear(2, 5), torch.nn.Sigmoid(), torch.nn.Linear(5, 1), torch.nn.Sigmoid()
    ).to(torch.tensor(np.zeros(1, dtype)).dtype)
    with torch.no_grad():
        for parameter, source in zip(theirs.parameters(), ours.parameters(), strict=True):
            parameter.copy_(torch.tensor(source.value.T.reshape(tuple(parameter.shape))))
    runner = Runner(ours, BatchGD(ours, lr=0.5), BCELoss())
    runner.train(TRAIN, DEV, num_epochs=100)

    (X, y), (X_dev, y_dev) = [
        [torch.tensor(a.astype(dtype)) for a in data] for data in (TRAIN, DEV)
    ]
    optimizer, loss_fn = torch.optim.SGD(theirs.parameters(), lr=0.5), torch.nn.BCELoss()
    rows = []
    for _ in range(100):
        p = theirs(X)
        loss = loss_fn(p, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        with torch.no_grad():
            q = theirs(X_dev)
            hits = [((a >= 0.5) == b).double().mean().item() for a, b in ((p, y), (q, y_dev))]
            rows.append([loss.item(), hits[0], loss_fn(q, y_dev).item(), hits[1]])
    history = runner.history
    figures = [history.train_loss, history.train_score, history.dev_loss, history.dev_score]
    np.testing.assert_allclose(np.transpose(figures), rows, rtol=tolerance)
