"""What the Runner trains on: arrays, tuples of arrays, data sets, loaders."""

import copy

import numpy as np
import pytest

from minidl.data import ArrayDataset, DataLoader, Dataset
from minidl.losses import BCELoss, MSELoss
from minidl.models import logistic_regression
from minidl.nn import Linear, Logistic, Sequential
from minidl.op import Op
from minidl.optim import BatchGD
from minidl.train import CheckpointError, Listener, Runner
from tests.train.helpers import DEV, TRAIN, make_runner
from tests.train.test_checkpoint import everything, noisy_runner


class OneByOne(Dataset):
    """The samples of the training set, one by one."""

    def __init__(self, data=TRAIN):
        self.X, self.y = data

    def __len__(self):
        return len(self.X)

    def __getitem__(self, index):
        return self.X[index], self.y[index]


class Shaken(OneByOne):
    """The same with noise drawn anew each time, as augmentation does."""

    def __init__(self, seed):
        super().__init__()
        self.rng = np.random.default_rng(seed)

    def __getitem__(self, index):
        return self.X[index] + 0.1 * self.rng.standard_normal(2), self.y[index]

    def state_dict(self):
        return {"rng": self.rng.bit_generator.state}

    def load_state_dict(self, state):
        self.rng.bit_generator.state = state["rng"]


class StatelessShaken(Shaken):
    """The same for one who knows nothing of a state."""

    def load_state_dict(self, state):
        raise ValueError(f"expected no state, received {state}")


class Watch(Op):
    """The identity, which notes what comes in while training."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def forward(self, x):
        self.seen.append(x)
        return x

    def backward(self, grad):
        return grad


class StopAt(Listener):
    def __init__(self, step=None):
        self.step = step

    def on_step_end(self, runner):
        if runner.step == self.step:
            runner.stop("enough")


# Data sets and loaders


@pytest.mark.parametrize("batch_size", [None, 16])
@pytest.mark.parametrize("wrap", [lambda X, y: ArrayDataset(X, y), lambda *data: OneByOne(data)])
def test_a_data_set_trains_as_its_arrays_do(wrap, batch_size):
    plain, wrapped = (make_runner(rng=0) for _ in "12")
    options = {"num_epochs": 4, "batch_size": batch_size}
    plain.train(TRAIN, DEV, **options)
    wrapped.train(wrap(*TRAIN), wrap(*DEV), **options)
    assert wrapped.history == plain.history
    assert everything(wrapped) == everything(plain)
    assert wrapped.evaluate(wrap(*DEV)) == plain.evaluate(DEV)


@pytest.mark.parametrize("method", ["__getitem__", "batch"])
def test_what_a_data_set_makes_of_its_arrays_is_what_trains(method):
    def lifted(self, rows):
        X, y = getattr(ArrayDataset, method)(self, rows)
        return X + 1, y

    Lifted = type("Lifted", (ArrayDataset,), {method: lifted})
    made, plain = make_runner(rng=0), make_runner(rng=0)
    made.train(Lifted(*TRAIN), num_epochs=2, batch_size=16)
    plain.train((TRAIN[0] + 1, TRAIN[1]), num_epochs=2, batch_size=16)
    assert everything(made) == everything(plain)
    assert made.evaluate(Lifted(*DEV)) == plain.evaluate((DEV[0] + 1, DEV[1]))


def test_a_loader_trains_as_arrays_and_a_batch_size_do():
    plain, other = make_runner(rng=3), make_runner()
    plain.train(TRAIN, DEV, num_epochs=4, batch_size=16)
    loader = DataLoader(ArrayDataset(*TRAIN), 16, shuffle=True, rng=3)
    other.train(loader, DataLoader(ArrayDataset(*DEV), 7), num_epochs=4)
    assert other.history.train_loss == plain.history.train_loss
    np.testing.assert_allclose(other.history.dev_loss, plain.history.dev_loss, rtol=1e-12)


def test_a_loader_may_keep_the_order_and_leave_a_last_batch_out():
    runner = make_runner()
    loader = DataLoader(ArrayDataset(*TRAIN), 16, drop_last=True)
    runner.train(loader, num_epochs=2)
    assert runner.history.train_steps == [2, 4]
    by_hand = make_runner()
    losses = [by_hand.train_step(TRAIN[0][i : i + 16], TRAIN[1][i : i + 16])[0] for i in (0, 16)]
    assert runner.history.train_loss[0] == pytest.approx(np.mean(losses), rel=1e-12)


def test_a_loader_comes_with_a_batch_size_of_its_own():
    words = r"batch_size: expected none with a DataLoader, .* \(8\), received 4; try leaving it out"
    with pytest.raises(ValueError, match=words):
        make_runner().train(DataLoader(OneByOne(), 8), num_epochs=1, batch_size=4)


def test_numbers_that_are_not_finite_are_found_in_the_batch_that_brings_them():
    X = TRAIN[0].copy()
    X[20] = np.nan
    runner = make_runner()
    with pytest.raises(ValueError, match=r"train_set: X: expected finite .* index \(4, 0\)"):
        runner.train(DataLoader(OneByOne((X, TRAIN[1])), 8), num_epochs=1)
    assert runner.step == 2
    with pytest.raises(ValueError, match="data: X: expected finite"):
        runner.evaluate(OneByOne((X, TRAIN[1])))


@pytest.mark.parametrize("batch", [np.zeros(2), (np.zeros(2),), (1, 2, 3), None])
def test_batches_that_are_no_pairs_are_refused(batch):
    loader = DataLoader(OneByOne(), 8, collate_fn=lambda samples: batch)
    with pytest.raises(TypeError, match=r"train_set: expected batches \(X, y\), received"):
        make_runner().train(loader, num_epochs=1)


def test_an_empty_data_set_is_refused():
    with pytest.raises(ValueError, match="train_set: expected at least one sample, received none"):
        make_runner().train(OneByOne((TRAIN[0][:0], TRAIN[1][:0])), num_epochs=1)


# Going on in the middle of an epoch


def shaken_runner(step=None, seed=0):
    runner = noisy_runner(seed, listeners=[StopAt(step)], stops=False)
    return runner, DataLoader(Shaken(seed), 16, shuffle=True, rng=seed + 5)


@pytest.mark.parametrize("step", range(1, 12))
def test_stopping_and_going_on_is_one_training_bit_for_bit(step):
    (whole, all_batches), (runner, loader) = shaken_runner(), shaken_runner(step)
    whole.train(all_batches, num_epochs=4)
    runner.train(loader, num_epochs=4)
    assert runner.step == step
    runner.train(loader, num_epochs=4 - runner.epoch)
    assert everything(runner) == everything(whole)


@pytest.mark.parametrize("step", [*range(1, 12), None])
def test_a_checkpoint_holds_the_state_of_loader_and_data_set(step, tmp_path):
    (whole, all_batches), (first, loader) = shaken_runner(), shaken_runner(step)
    whole.train(all_batches, num_epochs=6)
    first.train(loader, num_epochs=4)
    first.save_checkpoint(tmp_path / "run.npz")
    again, another = shaken_runner(seed=8)
    again.train(another, num_epochs=1)
    again.resume(tmp_path / "run.npz")
    again.save_checkpoint(tmp_path / "copy.npz")  # before a loader has taken its state over
    second, other = shaken_runner(seed=9)
    second.train(other, num_epochs=1)
    second.resume(tmp_path / "copy.npz")
    second.train(other, num_epochs=6 - second.epoch)
    assert everything(second) == everything(whole)
    assert other.state_dict() == all_batches.state_dict()


def test_a_loader_that_shares_a_generator_goes_on_with_it(tmp_path):
    def build(seed, shared=True):
        runner = noisy_runner(seed, stops=False)
        rng = runner.model.layers[0].rng if shared else np.random.default_rng(0)
        return runner, DataLoader(OneByOne(), 16, shuffle=True, rng=rng)

    (whole, all_batches), (first, loader), (second, other) = build(0), build(0), build(4)
    whole.train(all_batches, num_epochs=5)
    first.train(loader, num_epochs=3)
    first.save_checkpoint(tmp_path / "run.npz")
    second.resume(tmp_path / "run.npz")
    second.train(other, num_epochs=2)
    assert everything(second) == everything(whole)
    third, stranger = build(4, shared=False)
    third.resume(tmp_path / "run.npz")
    words = r"draws from the generator of 'model\.noise1' .* received one with that of 'loader'"
    with pytest.raises(CheckpointError, match=words):
        third.train(stranger, num_epochs=2)


def test_the_state_waits_for_the_right_loader_where_a_wrong_one_is_refused(tmp_path):
    (runner, loader), (other, other_loader) = shaken_runner(), shaken_runner(seed=1)
    runner.train(loader, num_epochs=1)
    runner.save_checkpoint(tmp_path / "run.npz")
    other.resume(tmp_path / "run.npz")
    with pytest.raises(CheckpointError, match="expected a loader that draws from the generator"):
        other.train(DataLoader(Shaken(1), 16, shuffle=True, rng=other.rng), num_epochs=1)
    with pytest.raises(CheckpointError, match="expected the loader of which the checkpoint holds"):
        other.train(DataLoader(StatelessShaken(1), 16, shuffle=True, rng=6), num_epochs=1)
    runner.train(loader, num_epochs=1)
    other.train(other_loader, num_epochs=1)
    assert everything(other) == everything(runner)


def test_a_training_under_way_goes_back_to_a_checkpoint_with_its_loader(tmp_path):
    (runner, loader), (other, other_loader) = shaken_runner(), shaken_runner(seed=1)
    epochs = runner.epochs(loader, num_epochs=9)
    next(epochs)
    runner.save_checkpoint(tmp_path / "run.npz")
    next(epochs)
    after_two = copy.deepcopy(everything(runner))
    next(epochs)
    runner.resume(tmp_path / "run.npz")
    next(epochs)
    assert everything(runner) == after_two
    runner.save_checkpoint(tmp_path / "run.npz")
    next(epochs)
    other.resume(tmp_path / "run.npz")
    other.train(other_loader, num_epochs=1)
    assert everything(other) == everything(runner)


def test_a_loader_of_another_size_is_left_as_it_is(tmp_path):
    (first, loader), (second, _) = shaken_runner(step=1), shaken_runner(seed=1)
    first.train(loader, num_epochs=1)
    first.save_checkpoint(tmp_path / "run.npz")
    second.resume(tmp_path / "run.npz")
    other, twin = (DataLoader(Shaken(2), 8, shuffle=True, rng=2) for _ in "12")
    second.train(other, num_epochs=1)
    assert second.step == 6
    list(twin)
    assert other.state_dict() == twin.state_dict()


# Kinds of numbers


class Table(Op):
    """Rows of a table, looked up by number."""

    def __init__(self, rows):
        super().__init__()
        self.params["W"] = np.linspace(-1, 1, rows).reshape(rows, 1)

    def forward(self, x):
        assert x.dtype.kind in "iu", x.dtype
        self.save_for_backward(x)
        return self.params["W"][x]

    def backward(self, grad):
        self.grads["W"] = np.zeros_like(self.params["W"])
        np.add.at(self.grads["W"], self.saved_for_backward(), grad)


def test_whole_numbers_reach_the_model_as_they_are():
    model = Table(5)
    runner = Runner(model, BatchGD(model, lr=1.0), MSELoss(), metric=None, rng=0)
    X, y = np.array([0, 1, 2, 3, 4, 4]), np.arange(6.0).reshape(-1, 1)
    runner.train((X, y), (X, y), num_epochs=60, batch_size=3)
    np.testing.assert_allclose(runner.predict([1, 3]), [[1], [3]], atol=0.1)
    assert runner.evaluate((X.tolist(), y))[1] == runner.history.dev_loss[-1]


def test_labels_reach_loss_and_metric_as_they_are():
    kinds = []

    def noting(predicts, labels):
        kinds.append(labels.dtype)
        return 0.0

    runner = make_runner(metric=noting)
    data = (TRAIN[0], TRAIN[1].astype(np.int8))
    runner.train(data, data, num_epochs=1, batch_size=16)
    assert set(kinds) == {np.dtype(np.int8)}


@pytest.mark.parametrize("batch_size", [None, 5])
def test_images_stay_bytes_until_the_model_sees_them(batch_size):
    watch = Watch()
    model = Linear(4, 1, dtype=np.float32, rng=0)
    forward = model.forward
    model.forward = lambda x: forward(watch(x))
    X = np.arange(80, dtype=np.uint8).reshape(20, 4)
    runner = Runner(model, BatchGD(model, lr=1e-6), MSELoss(), metric=None, rng=0)
    runner.train((X, np.zeros((20, 1))), num_epochs=1, batch_size=batch_size)
    assert {x.dtype for x in watch.seen} == {np.dtype(np.uint8)}
    if batch_size is None:
        assert np.shares_memory(watch.seen[0], X)


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_numbers_with_fractions_take_on_the_models_dtype_once(dtype):
    model = logistic_regression(2, rng=0, dtype=dtype)
    runner = Runner(model, BatchGD(model, lr=0.5), BCELoss())
    seen, forward, loss_fn = [], model.forward, runner.loss_fn

    def noting(predicts, labels):
        seen.append(labels)
        return loss_fn(predicts, labels)

    noting.backward = loss_fn.backward
    runner.loss_fn = noting
    model.forward = lambda x: (seen.append(x), forward(x))[1]
    runner.train(TRAIN, num_epochs=3)
    assert {array.dtype for array in seen} == {np.dtype(dtype)}
    owners = {id(array.base if array.base is not None else array) for array in seen}
    assert len(owners) == 2  # the same inputs and the same labels in every epoch


@pytest.mark.parametrize("wrap", [lambda data: data, lambda data: DataLoader(data, 16)])
def test_a_batch_takes_on_the_models_dtype_before_the_first_layer(wrap):
    watch = Watch()
    model = Sequential(watch, Linear(2, 1, rng=0, dtype=np.float32), Logistic())
    runner = Runner(model, BatchGD(model, lr=0.1), BCELoss(), listeners=[labels := Labels()])
    runner.train(wrap(OneByOne()), wrap(OneByOne(DEV)), num_epochs=1)
    runner.evaluate(wrap(OneByOne(DEV)))
    assert {x.dtype for x in [*watch.seen, *labels.seen]} == {np.dtype(np.float32)}


class Labels(Listener):
    """Notes the labels of each evaluation."""

    def __init__(self):
        self.seen = []

    def on_evaluate_end(self, runner):
        self.seen.append(runner.evaluation.labels)


# Several inputs, several labels


class Triplet:
    """max(0, |a − p|² − |a − n|² + margin), the mean over samples; no labels."""

    margin = 1.0

    def __call__(self, anchors, positives, negatives):
        self.parts = anchors, positives, negatives
        near, far = (((anchors - other) ** 2).sum(axis=1) for other in (positives, negatives))
        self.losses = np.maximum(0, near - far + self.margin)
        return float(self.losses.mean())

    def backward(self):
        a, p, n = self.parts
        factor = 2 * (self.losses > 0)[:, None] / len(a)
        return factor * (n - p), factor * (p - a), factor * (a - n)


def triplets(N=30):
    """Two features say the class, the third is noise that is much larger."""
    rng = np.random.default_rng(0)
    classes = rng.integers(2, size=N)

    def draw(labels):
        noise = 3 * rng.standard_normal((N, 1))
        return np.hstack([np.eye(2)[labels] + 0.1 * rng.standard_normal((N, 2)), noise])

    return draw(classes), draw(classes), draw(1 - classes)


@pytest.mark.parametrize("batch_size", [None, 8])
def test_a_loss_on_three_embeddings_is_lowered_by_one_pass_a_step(batch_size):
    passes = []
    model = Linear(3, 2, rng=0)
    forward = model.forward
    model.forward = lambda x: (passes.append(len(x)), forward(x))[1]
    runner = Runner(model, BatchGD(model, lr=0.02), Triplet(), metric=None, rng=0)
    sets = (triplets(), ())
    before = runner.evaluate(sets)[1]
    passes.clear()
    runner.train(sets, num_epochs=60, batch_size=batch_size)
    assert passes == [3 * n for n in ([30] if batch_size is None else [8, 8, 8, 6])] * 60
    assert runner.evaluate(sets)[1] < 0.2 * before


def test_its_gradient_is_that_of_the_three_passes_added():
    model, twin = Linear(3, 2, rng=0), Linear(3, 2, rng=0)
    runner = Runner(model, BatchGD(model, lr=0.1), Triplet(), metric=None)
    runner.train((triplets(), ()), num_epochs=1)
    loss, expected = Triplet(), np.zeros_like(twin.params["W"])
    loss(*[twin(x) for x in triplets()])
    for x, grad in zip(triplets(), loss.backward(), strict=True):
        twin(x)
        twin.backward(grad)
        expected -= 0.1 * twin.grads["W"]
    np.testing.assert_allclose(
        model.params["W"], Linear(3, 2, rng=0).params["W"] + expected, rtol=1e-12
    )


def test_samples_of_a_data_set_may_have_several_inputs_too():
    parts = triplets()

    class Triplets(Dataset):
        def __len__(self):
            return 30

        def __getitem__(self, index):
            return tuple(part[index] for part in parts), ()

    runs = []
    for data in ((parts, ()), Triplets()):
        model = Linear(3, 2, rng=0)
        runner = Runner(model, BatchGD(model, lr=0.1), Triplet(), metric=None, rng=0)
        runner.train(data, data, num_epochs=3, batch_size=8)
        runs.append(runner.history)
    assert runs[0] == runs[1]


class Weighted:
    """A squared error with a weight for each sample as its third input."""

    def __call__(self, predicts, labels, weights):
        self.parts = predicts, labels, weights
        return float((weights * (predicts - labels) ** 2).sum() / weights.sum())

    def backward(self):
        predicts, labels, weights = self.parts
        slope = 2 * weights * (predicts - labels) / weights.sum()
        return slope, -slope  # of the labels too


def test_several_labels_are_handed_to_loss_and_metric_one_by_one():
    rng = np.random.default_rng(0)
    X = rng.standard_normal((20, 2))
    y = X @ [[1.0], [-2.0]]
    weights = (np.arange(20) < 10)[:, None] * 1.0
    wrong = np.where(weights > 0, y, 100.0)  # of samples without weight
    model = Linear(2, 1, rng=0)
    shapes = []

    def metric(predicts, labels, weights):
        shapes.append((predicts.shape, labels.shape, weights.shape))
        return -float(abs(weights * (predicts - labels)).max())

    runner = Runner(model, BatchGD(model, lr=0.2), Weighted(), metric)
    runner.train((X, (wrong, weights)), (X, (wrong, weights)), num_epochs=200)
    np.testing.assert_allclose(model.params["W"], [[1], [-2]], atol=1e-3)
    assert set(shapes) == {((20, 1),) * 3}
    assert runner.history.train_score[-1] > -0.01 > runner.history.train_score[0]


def test_a_weighted_loss_of_a_whole_set_is_not_the_mean_of_its_batches():
    X, y = np.zeros((4, 2)), np.array([[0.0], [0.0], [3.0], [3.0]])
    weights = np.array([[9.0], [0.0], [1.0], [0.0]])
    model = Linear(2, 1, rng=0)
    runner = Runner(model, BatchGD(model, lr=0.2), Weighted(), metric=None)
    dataset = ArrayDataset(X, (y, weights))
    assert runner.evaluate(DataLoader(dataset, 2))[1] == pytest.approx(0.9)
    assert runner.evaluate(dataset)[1] == pytest.approx(0.9)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (((np.zeros((4, 3)), np.zeros((3, 3))), ()), r"inputs, received \(4, 3\) and \(3, 3\) and"),
        (((), ()), "as many labels as inputs, received none and none"),
        ((np.zeros((4, 3)), (np.zeros(4), np.zeros(2))), r"received \(4, 3\) and \(4,\) and \(2,"),
        ((np.zeros((4, 3)), (np.zeros(4), "text")), r"train_set: y\[1\]: expected an array of rea"),
        (((np.zeros((4, 3)), np.zeros((4, 2))), ()), r"one shape, .* \(4, 3\) and \(4, 2\)"),
    ],
)
def test_tuples_that_do_not_fit_are_refused(data, words):
    model = Linear(3, 2, rng=0)
    runner = Runner(model, BatchGD(model, lr=0.1), Triplet(), metric=None)
    with pytest.raises((ValueError, TypeError), match=words):
        runner.train(data, num_epochs=1)
