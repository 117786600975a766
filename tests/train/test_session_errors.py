"""Training where the session lets NumPy raise: what is harmless stays so, and the state stays."""

import numpy as np

from minidl.losses import BCELoss, BCEWithLogitsLoss
from minidl.models import two_layer_net
from minidl.nn import Linear
from minidl.optim import SGD
from minidl.train import Runner


def trained(loss_fn, model, scale, **options):
    """Return the history of a training whose inputs drive the units far into saturation."""
    X = scale * np.linspace(-1.0, 1.0, 20).reshape(10, 2)
    y = (X[:, :1] > 0).astype(float)
    runner = Runner(model, SGD(model, lr=1e-310, momentum=0.9), loss_fn, **options)
    runner.train((X, y), (X, y), num_epochs=5)
    return runner.history.train_loss


def test_underflow_in_training_does_not_raise_and_changes_nothing():
    for loss_fn, model, options in (
        (BCELoss(), lambda: two_layer_net(2, 3, rng=0), {}),
        (BCEWithLogitsLoss(), lambda: Linear(2, 1, rng=0), {"metric": None}),
    ):
        expected = trained(loss_fn, model(), 1e3, **options)
        with np.errstate(all="raise"):
            before = np.geterr()
            assert trained(loss_fn, model(), 1e3, **options) == expected
            assert np.geterr() == before
