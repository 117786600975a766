"""Optimizers on the gradients of an embedding, which name a few rows, some of them twice."""

import numpy as np
import pytest

from minidl.nn import Embedding, Linear, Sequential
from minidl.optim import Adagrad, Adam, SparseAdam

SIZE = (7, 3)


def looked_up(step):
    """Return rows and their gradients; the last row is never among them."""
    rng = np.random.default_rng(step)
    return rng.integers(0, SIZE[0] - 1, size=4), rng.standard_normal((4, SIZE[1]))


def train(kind, steps, **options):
    table = Embedding(*SIZE, sparse=options.pop("sparse", True), rng=0)
    optimizer = kind(table, lr=0.1, **options)
    for step in range(steps):
        rows, grad = looked_up(step)
        table(rows)
        table.backward(grad)
        optimizer.step()
    return table.params["W"]


def test_rows_that_are_not_looked_up_rest_as_they_do_not_under_adam():
    start = Embedding(*SIZE, rng=0).params["W"]
    looked_up_last = set(looked_up(4)[0])
    for kind, rests in ((SparseAdam, True), (Adam, False)):
        before, after = (train(kind, steps, sparse=rests) for steps in (4, 5))
        others = [row for row in range(6) if row not in looked_up_last]
        assert np.array_equal(before[others], after[others]) == rests
        assert np.array_equal(after[6], start[6])
        assert not np.array_equal(before[list(looked_up_last)], after[list(looked_up_last)])


def test_with_all_rows_in_every_step_it_is_adam_but_for_where_epsilon_stands():
    tables = {}
    for kind, sparse in ((SparseAdam, True), (Adam, False)):
        table = Embedding(*SIZE, sparse=sparse, rng=0)
        optimizer = kind(table)
        for step in range(5):
            table(np.arange(SIZE[0]))
            table.backward(np.random.default_rng(step).standard_normal(SIZE))
            optimizer.step()
        tables[kind] = table.params["W"]
    np.testing.assert_allclose(tables[SparseAdam], tables[Adam], rtol=1e-6)
    assert not np.allclose(tables[SparseAdam], tables[Adam], rtol=1e-11, atol=0)


def test_an_array_as_the_gradient_is_refused_before_anything_changes():
    table, fc = Embedding(*SIZE, sparse=True, rng=0, name="emb"), Linear(3, 1, rng=0, name="fc")
    optimizer = SparseAdam(Sequential(table, fc))
    before = table.params["W"].copy()
    fc.backward(np.ones_like(fc(table([1, 2]))))
    table.backward(np.ones((2, 3)))
    words = r"SparseAdam: expected a sparse gradient of fc\.W, .* received an array; try Adam"
    with pytest.raises(TypeError, match=words):
        optimizer.step()
    assert np.array_equal(table.params["W"], before)
    assert optimizer.state == {}


@pytest.mark.torch
@pytest.mark.parametrize(
    ("kind", "options"),
    [
        (SparseAdam, {}),
        (SparseAdam, {"betas": (0.5, 0.9), "eps": 1e-3, "maximize": True}),
        (Adagrad, {"lr_decay": 0.1, "initial_accumulator_value": 0.5}),
    ],
)
def test_the_rows_go_pytorchs_way(kind, options):
    torch = pytest.importorskip("torch")
    start = Embedding(*SIZE, rng=0).params["W"]
    weight = torch.tensor(start.copy(), requires_grad=True)
    optimizer = getattr(torch.optim, kind.__name__)([weight], lr=0.1, **options)
    for step in range(20):
        rows, grad = looked_up(step)
        with torch.sparse.check_sparse_tensor_invariants():
            weight.grad = torch.sparse_coo_tensor(rows[None], grad, SIZE)
            optimizer.step()
    np.testing.assert_allclose(
        train(kind, 20, **options), weight.detach().numpy(), rtol=1e-12, atol=1e-12
    )
