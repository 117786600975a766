"""The Runner trains what it had no part in: embeddings' losses, searches along a line, tables."""

import numpy as np
import pytest

from minidl.data import load_digits
from minidl.losses import BCELoss, BCEWithLogitsLoss, CrossEntropyLoss, TripletMarginLoss
from minidl.metrics import accuracy
from minidl.models import two_layer_net
from minidl.nn import Embedding, Linear, Sequential
from minidl.optim import LBFGS, SGD
from minidl.train import Runner
from tests.train.helpers import DEV, TRAIN
from tests.train.test_sets import triplets


@pytest.mark.parametrize("batch_size", [None, 8])
def test_the_triplet_loss_is_lowered(batch_size):
    model = Linear(3, 2, rng=0)
    runner = Runner(model, SGD(model, lr=0.05), TripletMarginLoss(), metric=None, rng=0)
    sets = (triplets(), ())
    _, before = runner.evaluate(sets)
    runner.train(sets, sets, num_epochs=60, batch_size=batch_size)
    assert before > 1
    assert runner.history.dev_loss[-1] < 0.1 * before


def of_line_searches():
    model = two_layer_net(2, 3, 1, rng=0)
    optimizer = LBFGS(model, max_iter=4, line_search_fn="strong_wolfe")
    return Runner(model, optimizer, BCELoss())


def test_a_search_along_a_line_gets_further_in_an_epoch_and_goes_on_from_a_checkpoint(tmp_path):
    whole, first, second = (of_line_searches() for _ in "123")
    whole.train(TRAIN, DEV, num_epochs=6)
    first.train(TRAIN, DEV, num_epochs=3)
    first.save_checkpoint(tmp_path / "run.npz")
    second.resume(tmp_path / "run.npz")
    second.train(TRAIN, DEV, num_epochs=3)
    assert second.history == whole.history
    plain = two_layer_net(2, 3, 1, rng=0)
    slow = Runner(plain, SGD(plain, lr=0.5), BCELoss())
    slow.train(TRAIN, num_epochs=6)
    assert whole.history.train_loss[0] == slow.history.train_loss[0]
    assert whole.history.train_loss[-1] < 0.8 * slow.history.train_loss[-1]


@pytest.mark.parametrize("sparse", [False, True])
def test_a_table_is_trained_by_numbers_of_rows(sparse):
    model = Sequential(Embedding(6, 3, sparse=sparse, rng=0), Linear(3, 1, rng=0))
    X = np.random.default_rng(0).integers(6, size=100)
    y = (X > 2).reshape(-1, 1)

    def by_sign(predicts, labels):
        return accuracy(predicts, labels, threshold=0)

    runner = Runner(model, SGD(model, lr=0.5), BCEWithLogitsLoss(), by_sign, rng=0)
    runner.train((X, y), (X, y), num_epochs=20, batch_size=10)
    assert runner.history.dev_score[-1] == 1


def test_classes_are_learned_from_images_as_bytes():
    X, y = load_digits()
    X = X.reshape(len(X), -1)
    model = Linear(64, 10, weight_init=lambda shape, *_: np.zeros(shape))
    runner = Runner(model, SGD(model, lr=0.01), CrossEntropyLoss(), rng=0)
    runner.train((X[:1500], y[:1500]), (X[1500:], y[1500:]), num_epochs=3, batch_size=50)
    assert X.dtype == np.uint8
    assert runner.history.dev_score[-1] > 0.85
