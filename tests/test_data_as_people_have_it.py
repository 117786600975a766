"""Data in whatever people keep them: each kind works as an array does, or is refused with advice.

Where they enter (a layer, a loss, a metric, a Runner, batches …) times what they come in.
"""

import numpy as np
import pytest

from minidl import numerics
from minidl.data import ArrayDataset, StandardScaler, iterate_batches, train_dev_test_split
from minidl.losses import BCEWithLogitsLoss, CrossEntropyLoss, MSELoss
from minidl.metrics import accuracy, mean_absolute_error, r2_score
from minidl.nn import BatchNorm1d, Linear, Softplus, Tanh
from minidl.optim import BatchGD
from minidl.train import Runner

X = np.array([[1.0, 0.5], [0.0, -1.0], [1.0, 2.0]])
LABELS = np.array([[1.0], [0.0], [1.0]])


class Frame:
    """What a frame is to NumPy: an object with columns, whose rows no number picks."""

    def __init__(self, values, dtype=None):
        self._values = np.array(values, dtype=dtype)

    def __len__(self):
        return len(self._values)

    def __getitem__(self, key):
        raise KeyError(key)

    def __array__(self, dtype=None, copy=None):
        return self._values.astype(dtype or self._values.dtype)


def pandas_frame(**options):
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(X, columns=["a", "b"], **options)
    return frame.set_axis([7, 5, 9])  # an index that counts otherwise


def mixed_pandas_frame():
    frame = pandas_frame()
    return frame.assign(a=frame["a"].astype(bool))


def torch_tensor():
    return pytest.importorskip("torch").tensor(X)


MIXED = [[True, 0.5], [False, -1.0], [True, 2.0]]
KINDS = {
    "lists": X.tolist,
    "list of tuples": lambda: list(map(tuple, X.tolist())),
    "list of rows": lambda: list(X),
    "matrix": lambda: X.view(np.matrix),
    "masked without a mask": lambda: np.ma.masked_array(X),
    "masked nowhere": lambda: np.ma.masked_array(X, mask=np.zeros(X.shape, bool)),
    "recarray": lambda: X.view(np.recarray),
    "objects": lambda: X.astype(object),
    "booleans and floats": lambda: np.array(MIXED, dtype=object),
    "frame": lambda: Frame(X),
    "frame of booleans and floats": lambda: Frame(MIXED, object),
    "pandas": pandas_frame,
    "pandas of booleans and floats": mixed_pandas_frame,
    "pandas Float64": lambda: pandas_frame(dtype="Float64"),
    "torch": torch_tensor,
}


def layer(kind):
    """Return an entrance: a layer's pass forward and back, the gradient coming in kind too."""

    def through(x):
        op = kind()
        return op(x), op.backward(x)

    return through


def runner(outputs=1):
    model = Linear(2, outputs, rng=0)
    return Runner(model, BatchGD(model, lr=0.1), MSELoss(), metric=mean_absolute_error)


def trained(x):
    teacher = runner()
    teacher.train((x, LABELS), (x, LABELS), num_epochs=2)
    return teacher.history.dev_loss, teacher.predict(x)


def labelled_by(x):
    teacher = runner(outputs=2)
    teacher.train((X, x), num_epochs=2)
    return teacher.history.train_loss


def loss(kind, *others):
    def through(x):
        loss_fn = kind()
        return loss_fn(x, *others or (x,)), loss_fn.backward()

    return through


def scaled(x):
    scaler = StandardScaler().fit(x)
    return scaler.transform(x), scaler.inverse_transform(x)


ENTRANCES = {
    "tanh": layer(Tanh),
    "softplus": layer(Softplus),
    "linear": layer(lambda: Linear(2, 2, rng=0)),
    "batch norm": layer(lambda: BatchNorm1d(2)),
    "squared error": loss(MSELoss, X[::-1]),
    "its labels": lambda x: MSELoss()(X[::-1], x),
    "cross-entropy of logits": loss(BCEWithLogitsLoss, np.eye(3)[:, :2]),
    "cross-entropy": loss(CrossEntropyLoss, [0, 1, 0]),
    "accuracy": lambda x: accuracy(x, [0, 1, 0]),
    "mean absolute error": lambda x: mean_absolute_error(x, X[::-1]),
    "r2_score": lambda x: r2_score(X[::-1], x),
    "train": trained,
    "labels of train": labelled_by,
    "evaluate": lambda x: runner().evaluate((x, LABELS)),
    "predict": lambda x: runner().predict(x),
    "batches": lambda x: list(iterate_batches(x, LABELS, 2, rng=0)),
    "split": lambda x: train_dev_test_split(x, LABELS, sizes=(1, 1, 1), rng=0),
    "data set": lambda x: ArrayDataset(x, LABELS)[1],
    "scaler": scaled,
    "sigmoid": numerics.sigmoid,
    "softmax": numerics.softmax,
    "log_softmax": numerics.log_softmax,
    "log_sum_exp": numerics.log_sum_exp,
    "numerics.softplus": numerics.softplus,
}
every_entrance = pytest.mark.parametrize("entrance", ENTRANCES.values(), ids=list(ENTRANCES))


def assert_same(found, expected):
    if isinstance(expected, tuple | list):
        assert len(found) == len(expected)
        for part, right in zip(found, expected, strict=True):
            assert_same(part, right)
        return
    assert type(found) is type(expected)
    np.testing.assert_array_equal(found, expected)


@every_entrance
@pytest.mark.parametrize("kind", KINDS.values(), ids=list(KINDS))
def test_it_is_taken_as_an_array_is(entrance, kind):
    assert_same(entrance(kind()), entrance(X))


REFUSED = {
    "masked": (lambda: np.ma.masked_greater(X, 1.5), ValueError, r"1 masked entry.*filled"),
    "masked in a list": (lambda: list(np.ma.masked_greater(X, 1.5)), ValueError, "masked.*filled"),
    "text": (lambda: X.astype(str), TypeError, r"np\.unique"),
    "text among numbers": (lambda: [[1.0, "a"]] * 3, TypeError, r"np\.unique"),
    "None among numbers": (lambda: [[1.0, None]] * 3, TypeError, r"\(0, 1\).*dropna"),
    "rows that differ": (lambda: [[1.0], [1.0, 2.0], [0.0]], TypeError, "rows of equal length"),
    "complex": (lambda: X + 0j, TypeError, r"x\.real"),
    "fields": (lambda: np.zeros(3, "f8,f8"), TypeError, "structured_to_unstructured"),
    "columns by name": (lambda: {"a": [1.0]}, TypeError, "column_stack"),
    "times": (lambda: X.astype("m8[s]"), TypeError, "timedelta64"),
}


@pytest.mark.parametrize("entrance", [ENTRANCES[name] for name in ("tanh", "sigmoid", "scaler")])
@pytest.mark.parametrize(("kind", "error", "words"), REFUSED.values(), ids=list(REFUSED))
def test_what_is_no_array_of_numbers_is_refused_with_advice(entrance, kind, error, words):
    with pytest.raises(error, match=words):
        entrance(kind())


@every_entrance
def test_masked_entries_are_refused_wherever_arrays_enter(entrance):
    with pytest.raises(ValueError, match=r"masked entr.*filled"):
        entrance(np.ma.masked_greater(X, 1.5))


def test_missing_numbers_of_pandas_are_refused_with_advice():
    pandas = pytest.importorskip("pandas")
    column = pandas.DataFrame({"a": [1.5, pandas.NA]}, dtype=object)
    with pytest.raises(TypeError, match=r"index \(1, 0\).*dropna"):
        Tanh()(column)


@pytest.mark.parametrize("labels", [[1, 0], (1, 0), np.array([1, 0], object), [True, False]])
def test_one_hot_takes_classes_however_they_are_listed(labels):
    assert numerics.one_hot(labels, 2).tolist() == [[0, 1], [1, 0]]


def test_whole_numbers_are_numbers_to_the_formulas():
    whole = np.array([[-1000, 0, 1000]])
    for name in ("sigmoid", "softplus", "softmax", "log_softmax", "log_sum_exp"):
        formula = getattr(numerics, name)
        assert_same(formula(whole), formula(whole.astype(float)))


@pytest.mark.parametrize("sizes", [(0.6, 0.2, 0.2), [0.6, 0.2, 0.2], (3, 1, 1)])
def test_the_sizes_of_a_split_may_be_an_array(sizes):
    x = np.arange(5.0).reshape(5, 1)
    expected = train_dev_test_split(x, x, sizes=sizes, rng=0)
    assert_same(train_dev_test_split(x, x, sizes=np.array(sizes), rng=0), expected)
