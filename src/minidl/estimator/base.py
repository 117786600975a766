"""What the estimators share: their parameters, and how they are fitted."""

from __future__ import annotations

import copy
from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator
from sklearn.utils.validation import check_is_fitted, validate_data

from minidl.estimator.held_out import hold_out
from minidl.estimator.network import SOLVERS, check_hidden_sizes, make_network
from minidl.estimator.no_improvement import NoImprovement
from minidl.estimator.random_state import generator_of
from minidl.losses import Loss
from minidl.nn import Sequential
from minidl.penalties import L2
from minidl.train import Runner
from minidl.train.arrays import batches_of_inputs
from minidl.train.evaluation import predict_all
from minidl.train.training_run import Metric
from minidl.validation import (
    check_bool,
    check_choice,
    check_positive_int,
    check_real,
)

Array = npt.NDArray[Any]


class MLP(BaseEstimator):  # type: ignore[misc] # it has no types
    """The base of the estimators: a network of affine layers, trained in mini-batches.

    A subclass says which loss, and what its labels are to the network.

    Parameters
    ----------
    hidden_layer_sizes : int or sequence of int
        Units of each hidden layer; () for none.
    activation : str
        Between the layers: "identity", "logistic", "tanh", "relu" or, beyond scikit-learn's,
        "elu", "leaky_relu", "softplus", "swish".
    solver : {"adam", "sgd", "lbfgs", "rmsprop"}
        The optimizer. "lbfgs" takes the whole set in each step, whatever `batch_size`.
    alpha : float
        The weight of ½·alpha·ΣW² beside the sum of a batch's losses, ≥ 0.
    batch_size : int or "auto"
        Samples a step, "auto" for at most 200; no more than there are.
    learning_rate_init : float
        The rate, > 0; it stays what it is. "lbfgs" searches for its own.
    max_iter : int
        Epochs at most in one `fit`.
    random_state : int, numpy.random.RandomState, numpy.random.Generator or None
        Where initial weights, shuffling and the validation part come from. None draws them
        anew, without NumPy's global state.
    tol : float
        The gain that counts as an improvement, ≥ 0.
    verbose : bool
        Whether a line is printed for each epoch.
    warm_start : bool
        Whether `fit` goes on from the weights of the last one, with a fresh optimizer.
    momentum : float
        Of "sgd", in [0, 1).
    nesterovs_momentum : bool
        Of "sgd", where there is a momentum.
    early_stopping : bool
        Whether a part of the samples is set aside, training ends when that has nothing to gain,
        and the best weights on it are kept.
    validation_fraction : float
        The share of that part, in (0, 1).
    n_iter_no_change : int
        Training ends after more than so many epochs in a row without an improvement of `tol`, of
        the training loss or, with `early_stopping`, on the part set aside.
    """

    loss_fn: ClassVar[type[Loss]]
    metric: ClassVar[Metric | None] = None

    def __init__(
        self,
        hidden_layer_sizes: int | Sequence[int] = (100,),
        activation: str = "relu",
        *,
        solver: str = "adam",
        alpha: float = 1e-4,
        batch_size: int | str = "auto",
        learning_rate_init: float = 1e-3,
        max_iter: int = 200,
        random_state: Any = None,
        tol: float = 1e-4,
        verbose: bool = False,
        warm_start: bool = False,
        momentum: float = 0.9,
        nesterovs_momentum: bool = True,
        early_stopping: bool = False,
        validation_fraction: float = 0.1,
        n_iter_no_change: int = 10,
    ) -> None:
        self.hidden_layer_sizes = hidden_layer_sizes
        self.activation = activation
        self.solver = solver
        self.alpha = alpha
        self.batch_size = batch_size
        self.learning_rate_init = learning_rate_init
        self.max_iter = max_iter
        self.random_state = random_state
        self.tol = tol
        self.verbose = verbose
        self.warm_start = warm_start
        self.momentum = momentum
        self.nesterovs_momentum = nesterovs_momentum
        self.early_stopping = early_stopping
        self.validation_fraction = validation_fraction
        self.n_iter_no_change = n_iter_no_change

    # What fit does once X and y are checked

    def _goes_on(self) -> bool:
        """Whether `fit` continues an earlier one."""
        return check_bool(self.warm_start, "warm_start") and hasattr(self, "model_")

    def _fit(self, X: Array, y: Array, outputs: int, classes: Array | None = None) -> None:
        """Train a network on labels as the loss wants them; nothing changes if that fails."""
        rng = generator_of(self.random_state)
        model = self._network(X, outputs, rng)
        train, dev = self._set_apart(X, y, classes, rng)
        runner = self._runner(model, len(train[0]), rng)
        runner.train(
            train,
            dev,
            num_epochs=check_positive_int(self.max_iter, "max_iter"),
            batch_size=self._batch_size(len(train[0])),
            log_epochs=1 if check_bool(self.verbose, "verbose") else None,
        )
        if dev is not None:
            runner.best.restore(runner)
        model.zero_grad()
        model.forget()
        model.eval()
        self._keep(model, runner)

    def _network(self, X: Array, outputs: int, rng: np.random.Generator) -> Sequential:
        hidden = check_hidden_sizes(self.hidden_layer_sizes)
        fresh = make_network([X.shape[1], *hidden, outputs], self.activation, rng, X.dtype)
        if not self._goes_on():
            return fresh
        if repr(fresh) != repr(self.model_):
            raise ValueError(
                f"{type(self).__name__}: expected the network of the last fit with "
                f"warm_start=True, received parameters of another:\n{fresh!r}\nin place of\n"
                f"{self.model_!r}\ntry warm_start=False"
            )
        return copy.deepcopy(self.model_)

    def _set_apart(
        self, X: Array, y: Array, classes: Array | None, rng: np.random.Generator
    ) -> tuple[tuple[Array, Array], tuple[Array, Array] | None]:
        """Return training and dev set, the classes in both in one proportion where that can be."""
        share = check_real(
            self.validation_fraction, "validation_fraction", low=0, high=1,
            low_inclusive=False, high_inclusive=False,
        )  # fmt: skip
        if not check_bool(self.early_stopping, "early_stopping"):
            return (X, y), None
        if len(X) < 2:
            raise ValueError(
                f"{type(self).__name__}: expected at least 2 samples with early_stopping, "
                f"received n_samples={len(X)}; try early_stopping=False"
            )
        return hold_out(X, y, share, classes, rng)

    def _runner(self, model: Sequential, N: int, rng: np.random.Generator) -> Runner:
        make = SOLVERS[check_choice(self.solver, "solver", SOLVERS)]
        lr = check_real(self.learning_rate_init, "learning_rate_init", low=0, low_inclusive=False)
        momentum = check_real(self.momentum, "momentum", low=0, high=1, high_inclusive=False)
        nesterov = check_bool(self.nesterovs_momentum, "nesterovs_momentum")
        alpha = check_real(self.alpha, "alpha", low=0)
        patience = check_positive_int(self.n_iter_no_change, "n_iter_no_change")
        return Runner(
            model,
            make(model, lr=lr, momentum=momentum, nesterov=nesterov),
            self.loss_fn(),
            self.metric if self.early_stopping else None,
            listeners=[NoImprovement(patience, check_real(self.tol, "tol", low=0))],
            penalties=[L2(alpha / self._batch_size(N))] if alpha else [],
            rng=rng,
        )

    def _batch_size(self, N: int) -> int:
        if self.solver == "lbfgs":
            return N
        if isinstance(self.batch_size, str) and self.batch_size == "auto":
            return min(200, N)
        return min(check_positive_int(self.batch_size, "batch_size"), N)

    def _keep(self, model: Sequential, runner: Runner) -> None:
        """Set what is known after training."""
        before: list[float] = self.loss_curve_ if self._goes_on() else []
        self.model_ = model
        self.loss_curve_: list[float] = before + runner.history.train_loss
        self.n_iter_ = len(self.loss_curve_)
        self.validation_scores_: list[float] | None = None
        if self.early_stopping:
            losses = [-loss for loss in runner.history.dev_loss]
            self.validation_scores_ = runner.history.dev_score or losses

    # Using it

    def _outputs(self, X: Any) -> Array:
        """Return the network's outputs, one row a sample."""
        check_is_fitted(self)
        X = validate_data(self, X, reset=False, dtype=[np.float64, np.float32])
        weights = self.model_.layers[0].params["W"]
        outputs, _ = predict_all(
            self.model_, batches_of_inputs(X.astype(weights.dtype, copy=False))
        )
        return np.ascontiguousarray(outputs)
