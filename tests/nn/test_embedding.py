import numpy as np
import pytest

from minidl.nn import Embedding, Linear, Sequential
from minidl.sparse import SparseGradient

X = np.array([[1, 4, 0], [4, 4, 2]])


def test_a_row_is_looked_up_for_each_index():
    words = Embedding(5, 2, rng=0)
    y = words(X)
    assert y.shape == (2, 3, 2)
    for place in np.ndindex(X.shape):
        assert np.array_equal(y[place], words.params["W"][X[place]])


def test_it_is_a_linear_layer_of_one_hot_rows():
    words, fc = Embedding(5, 2, rng=0), Linear(5, 2, bias=False, rng=0)
    assert np.array_equal(words.params["W"], fc.params["W"])
    assert np.allclose(words(X), fc(np.eye(5)[X]))
    g = np.random.default_rng(1).standard_normal((2, 3, 2))
    words.backward(g)
    fc.backward(g)
    assert np.allclose(words.grads["W"], fc.grads["W"])


@pytest.mark.parametrize("dtype", [np.uint8, np.int32, np.int64])
def test_an_index_may_be_of_any_integer_type_and_shape(dtype):
    words = Embedding(5, 2, rng=0)
    assert np.array_equal(words(X.astype(dtype)), words(X))
    assert np.array_equal(words(dtype(3)), words.params["W"][3])


def test_the_gradients_of_a_row_add_up():
    words = Embedding(5, 1, rng=0)
    words(X)
    words.backward(np.array([[[1.0], [2.0], [4.0]], [[8.0], [16.0], [32.0]]]))
    assert words.grads["W"].ravel().tolist() == [4, 1, 32, 0, 26]


def test_a_sparse_gradient_holds_the_rows_looked_up_and_no_others():
    dense, sparse = (Embedding(1000, 2, sparse=sparse, rng=0) for sparse in (False, True))
    g = np.random.default_rng(1).standard_normal((2, 3, 2))
    for words in (dense, sparse):
        words(X)
        words.backward(g)
    gradient = sparse.grads["W"]
    assert isinstance(gradient, SparseGradient)
    assert gradient.indices.tolist() == X.ravel().tolist()
    assert gradient.values.size == g.size
    assert np.array_equal(gradient.to_dense(), dense.grads["W"])


def test_an_optimizer_sees_the_sparse_gradient_as_it_is():
    words = Embedding(5, 2, sparse=True, rng=0)
    words(X)
    words.backward(np.ones((2, 3, 2)))
    (parameter,) = words.parameters()
    assert parameter.grad is words.grads["W"]


@pytest.mark.parametrize("sparse", [False, True])
def test_the_row_of_the_padding_starts_at_zero_and_stays_there(sparse):
    words = Embedding(5, 2, padding_idx=4, sparse=sparse, rng=0)
    assert not words.params["W"][4].any()
    assert np.array_equal(words.params["W"][:4], Embedding(5, 2, rng=0).params["W"][:4])
    words(X)
    words.backward(np.ones((2, 3, 2)))
    gradient = words.grads["W"].to_dense() if sparse else words.grads["W"]
    assert gradient[:, 0].tolist() == [1, 1, 1, 0, 0]


@pytest.mark.torch
@pytest.mark.parametrize("padding_idx", [None, 4])
def test_padding_and_sparse_gradients_are_pytorchs(padding_idx):
    torch = pytest.importorskip("torch")
    words = Embedding(5, 2, padding_idx=padding_idx, sparse=True, rng=0)
    W = torch.tensor(words.params["W"], requires_grad=True)
    theirs = torch.nn.functional.embedding(torch.tensor(X), W, padding_idx, sparse=True)
    g = np.random.default_rng(1).standard_normal((2, 3, 2))
    theirs.backward(torch.tensor(g))
    assert np.array_equal(words(X), theirs.detach().numpy())
    words.backward(g)
    # There, the padding's rows stay in the sparse gradient, but as zeros.
    np.testing.assert_allclose(words.grads["W"].to_dense(), W.grad.to_dense().numpy(), rtol=1e-14)


def test_the_fans_are_those_of_the_linear_layer():
    calls = []

    def spy(shape, fan_in, fan_out, rng):
        calls.append((shape, fan_in, fan_out))
        return np.zeros(shape)

    Embedding(5, 2, weight_init=spy)
    assert calls == [((5, 2), 5, 2)]


def test_a_network_may_begin_with_it():
    model = Sequential(Embedding(5, 2, rng=0, name="words"), Linear(2, 3, rng=0, name="fc"))
    assert model(X).shape == (2, 3, 3)
    assert model.backward(np.ones((2, 3, 3))) is None
    assert model.layers[0].grads["W"].any()


@pytest.mark.parametrize(
    ("x", "words"),
    [
        (
            [[0.0]],
            r"^Embedding 'words': expected whole numbers as indices, .*; try x.astype\(int\)",
        ),
        ([[True]], r"^Embedding 'words': expected whole numbers as indices, received"),
        (
            [[0, 1], [7, 2]],
            r"^Embedding 'words': expected indices from 0 to 4, received 7 at \(1, 0",
        ),
        ([[0, -1]], r"^Embedding 'words': expected indices from 0 to 4, received -1 at \(0, 1\)"),
        (
            np.array([2**64 - 1], np.uint64),
            r"expected indices from 0 to 4, received 18446744073709551",
        ),
    ],
)
def test_what_is_no_index_is_named_with_its_place(x, words):
    with pytest.raises((TypeError, ValueError), match=words):
        Embedding(5, 2, name="words")(x)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"num_embeddings": 0}, "num_embeddings: expected at least 1, received 0"),
        ({"embedding_dim": 2.0}, "embedding_dim: expected a whole number"),
        ({"padding_idx": 5}, "padding_idx: expected indices from 0 to 4, received 5"),
        ({"padding_idx": -1}, "padding_idx: expected indices from 0 to 4, received -1"),
        ({"dtype": int}, "dtype: expected float64 or float32"),
        ({"weight_init": lambda *_: np.ones((2, 5))}, r"expected initial values of shape \(5, 2\)"),
    ],
)
def test_arguments_out_of_range_are_refused(arguments, words):
    with pytest.raises((TypeError, ValueError), match=words):
        Embedding(**{"num_embeddings": 5, "embedding_dim": 2} | arguments)


def test_it_shows_its_arguments():
    assert repr(Embedding(5, 2)) == "Embedding(5, 2)"
    assert repr(Embedding(5, 2, padding_idx=0, sparse=True)) == (
        "Embedding(5, 2, padding_idx=0, sparse=True)"
    )
