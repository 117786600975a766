"""What the estimators promise beyond scikit-learn's checks."""

import pickle

import numpy as np
import pytest

pytest.importorskip("sklearn")
from sklearn.base import clone
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier as TheirClassifier

from minidl.data import load_digits, make_moons
from minidl.estimator import MLPClassifier, MLPRegressor
from minidl.estimator.network import ACTIVATIONS, SOLVERS
from minidl.nn import Linear
from minidl.train.divergence import DivergenceError

pytestmark = pytest.mark.bridge
X, Y = make_moons(120, noise=0.1, rng=0)
LINE = np.linspace(-1, 1, 60).reshape(-1, 1)
PARABOLA = LINE[:, 0] ** 2
QUICK = {"max_iter": 5, "random_state": 0}
KINDS = [(MLPClassifier, Y), (MLPRegressor, X[:, 0] ** 2)]
both = pytest.mark.parametrize(("kind", "y"), KINDS, ids=["classifier", "regressor"])


# Parameters


@pytest.mark.parametrize("activation", ACTIVATIONS)
def test_every_activation_learns_the_moons(activation):
    classifier = MLPClassifier((16,), activation, solver="lbfgs", random_state=0)
    expected = 0.8 if activation == "identity" else 0.95
    assert classifier.fit(X, Y).score(X, Y) > expected
    names = [type(layer) for layer in classifier.model_.layers]
    between = ACTIVATIONS[activation][0]
    assert names == [Linear, *([between] if between else []), Linear]


@pytest.mark.parametrize("solver", SOLVERS)
def test_every_solver_learns_a_parabola(solver):
    regressor = MLPRegressor(
        (16,), "tanh", solver=solver, learning_rate_init=0.02, batch_size=10, tol=0, random_state=0
    )
    assert regressor.fit(LINE, PARABOLA).score(LINE, PARABOLA) > 0.85


@pytest.mark.parametrize(("sizes", "shapes"), [
    ((), [(2, 2)]), (7, [(2, 7), (7, 2)]), ([4, 3], [(2, 4), (4, 3), (3, 2)]),
    (np.array([4, 3]), [(2, 4), (4, 3), (3, 2)]),
])  # fmt: skip
def test_hidden_sizes_are_those_asked_for(sizes, shapes):
    model = MLPClassifier(sizes, **QUICK).fit(X, Y).model_
    assert [p.value.shape for p in model.parameters() if p.name.endswith("W")] == shapes


@pytest.mark.parametrize(("parameter", "value", "words"), [
    ("hidden_layer_sizes", (5, 0), r"hidden_layer_sizes\[1\]: expected at least 1, received 0"),
    ("hidden_layer_sizes", [[5]], "hidden_layer_sizes: expected one number a layer"),
    ("hidden_layer_sizes", "5", "hidden_layer_sizes: expected a whole number"),
    ("hidden_layer_sizes", 2.5, "hidden_layer_sizes: expected a whole number"),
    ("activation", "ReLU", "activation: expected .*relu.*, received 'ReLU'"),
    ("solver", "Adam", "solver: expected .*adam.*, received 'Adam'"),
    ("alpha", -1, "alpha: expected a finite number ≥ 0, received -1"),
    ("alpha", float("nan"), "alpha: expected a finite number"),
    ("batch_size", 0, "batch_size: expected at least 1, received 0"),
    ("batch_size", "all", "batch_size: expected a whole number"),
    ("learning_rate_init", 0, "learning_rate_init: expected a finite number > 0"),
    ("max_iter", 0, "max_iter: expected at least 1, received 0"),
    ("max_iter", True, "max_iter: expected a whole number"),
    ("momentum", 1.0, "momentum: expected"),
    ("nesterovs_momentum", 1, "nesterovs_momentum: expected True or False"),
    ("tol", -1e-3, "tol: expected a finite number ≥ 0"),
    ("early_stopping", "yes", "early_stopping: expected True or False"),
    ("validation_fraction", 1, "validation_fraction: expected"),
    ("n_iter_no_change", 0, "n_iter_no_change: expected at least 1"),
    ("warm_start", 1, "warm_start: expected True or False"),
    ("verbose", 2, "verbose: expected True or False"),
    ("random_state", "seed", "expected"),
])  # fmt: skip
@both
def test_a_parameter_out_of_its_range_is_refused_by_fit(kind, y, parameter, value, words):
    estimator = kind(**{parameter: value})
    with pytest.raises((TypeError, ValueError), match=words):
        estimator.fit(X, y)
    assert not hasattr(estimator, "model_")


@both
def test_a_parameter_set_between_two_fits_counts(kind, y):
    estimator = kind((4,), **QUICK).fit(X, y)
    estimator.set_params(hidden_layer_sizes=(3, 2), max_iter=2, activation="tanh").fit(X, y)
    assert (len(estimator.model_.layers), estimator.n_iter_) == (5, 2)


def test_alpha_means_what_it_means_to_scikit_learn():
    """The penalty stands beside the sum of a batch's losses: one step on a set twice as large."""
    shrunk = []
    for X_, y_ in ((X, Y), (np.tile(X, (2, 1)), np.tile(Y, 2))):
        settings = {"solver": "sgd", "momentum": 0.0, "batch_size": 1000, "max_iter": 1}
        plain, penalized = (
            MLPClassifier((), alpha=alpha, random_state=0, **settings).fit(X_, y_).model_
            for alpha in (0, 10)
        )
        shrunk.append(plain.layers[0].params["W"] - penalized.layers[0].params["W"])
    np.testing.assert_allclose(shrunk[0], 2 * shrunk[1], rtol=1e-9)
    start = MLPClassifier((), alpha=0, random_state=0, learning_rate_init=1e-300, **{
        **settings, "max_iter": 1}).fit(X, Y).model_.layers[0].params["W"]  # fmt: skip
    np.testing.assert_allclose(shrunk[0], 1e-3 * 10 / len(X) * start, rtol=1e-9)


@both
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_dtype_of_the_samples_is_kept(kind, y, dtype):
    estimator = kind((4,), **QUICK).fit(X.astype(dtype), y)
    assert {p.value.dtype for p in estimator.model_.parameters()} == {np.dtype(dtype)}
    method = "predict_proba" if kind is MLPClassifier else "predict"
    assert getattr(estimator, method)(X.astype(dtype)).dtype == dtype


@both
@pytest.mark.parametrize(
    "state", [7, lambda: np.random.RandomState(7), lambda: np.random.default_rng(7)]
)
def test_the_random_state_decides_everything(kind, y, state):
    fits = [
        kind(
            (4,),
            max_iter=3,
            early_stopping=True,
            random_state=state() if callable(state) else state,
        )
        for _ in range(2)
    ]
    ours, again = (one.fit(X, y).model_.state_dict() for one in fits)
    assert all(np.array_equal(ours[name], again[name]) for name in ours)
    other = kind((4,), max_iter=3, early_stopping=True, random_state=8).fit(X, y).model_
    assert not np.array_equal(other.state_dict()["fc1.W"], ours["fc1.W"])


# Early stopping and warm start


def test_training_ends_when_the_loss_no_longer_improves():
    classifier = MLPClassifier((), tol=0.5, n_iter_no_change=3, random_state=0).fit(X, Y)
    assert classifier.n_iter_ == 5  # the first improves on nothing, then more than 3 do not
    assert classifier.validation_scores_ is None


def test_early_stopping_keeps_the_weights_that_were_best_on_the_part_set_aside():
    rng = np.random.default_rng(0)
    noisy = np.where(rng.random(120) < 0.3, 1 - Y, Y)
    settings = {"learning_rate_init": 0.1, "random_state": 0, "early_stopping": True,
                "validation_fraction": 0.25, "n_iter_no_change": 30}  # fmt: skip
    classifier = MLPClassifier((50,), **settings).fit(X, noisy)
    scores = classifier.validation_scores_
    assert len(scores) == classifier.n_iter_ < 200
    assert classifier.loss_curve_[-1] < classifier.loss_curve_[scores.index(max(scores))]
    best = scores.index(max(scores)) + 1
    stopped_there = MLPClassifier((50,), **{**settings, "max_iter": best}).fit(X, noisy)
    for name, array in classifier.model_.state_dict().items():
        np.testing.assert_array_equal(array, stopped_there.model_.state_dict()[name])


def test_a_regressors_validation_scores_are_negative_errors():
    regressor = MLPRegressor((8,), early_stopping=True, validation_fraction=0.01, **QUICK)
    scores = regressor.fit(LINE, PARABOLA).validation_scores_
    assert len(scores) == 5
    assert all(score < 0 for score in scores)
    assert scores[-1] > scores[0]


def test_the_part_set_aside_has_the_classes_in_proportion(monkeypatch):
    seen = []
    monkeypatch.setattr(
        "minidl.estimator.held_out.train_test_split",
        lambda *arrays, **options: seen.append(options) or train_test_split(*arrays, **options),
    )
    settings = {"early_stopping": True, **QUICK}
    MLPClassifier((), **settings).fit(X, Y)
    assert seen[-1]["stratify"] is not None
    rare = np.where(np.arange(120) == 5, 2, Y)  # a class of one sample cannot be in both parts
    assert MLPClassifier((), **settings).fit(X, rare).classes_.tolist() == [0, 1, 2]
    assert seen[-1]["stratify"] is None


@both
def test_a_warm_start_goes_on_from_the_last_weights(kind, y):
    cold, warm = (kind((4,), warm_start=warm, **QUICK).fit(X, y) for warm in (False, True))
    first = warm.loss_curve_[:]
    cold.fit(X, y)
    warm.fit(X, y)
    assert cold.loss_curve_ == first
    assert warm.loss_curve_[:5] == first
    assert warm.loss_curve_[5] < first[-1]
    assert (cold.n_iter_, warm.n_iter_) == (5, 10)


@both
def test_a_warm_start_refuses_another_network(kind, y):
    estimator = kind((4,), warm_start=True, **QUICK).fit(X, y)
    before = estimator.model_
    with pytest.raises(ValueError, match="expected the network of the last fit"):
        estimator.set_params(hidden_layer_sizes=(5,)).fit(X, y)
    with pytest.raises(ValueError, match="3 features, but MLP"):
        estimator.set_params(hidden_layer_sizes=(4,)).fit(np.ones((120, 3)), y)
    assert estimator.model_ is before
    estimator.set_params(learning_rate_init=0.5, solver="sgd").fit(X, y)
    assert estimator.n_iter_ == 10


def test_a_warm_start_refuses_other_classes():
    classifier = MLPClassifier((4,), warm_start=True, **QUICK).fit(X, Y)
    with pytest.raises(ValueError, match=r"expected the classes of the last fit, \[0 1\]"):
        classifier.fit(X, Y + 1)
    assert classifier.classes_.tolist() == [0, 1]


@both
def test_a_fit_that_diverges_leaves_what_was_there(kind, y):
    estimator = kind((4,), solver="sgd", warm_start=True, **QUICK).fit(X, y)
    before = estimator.predict(X)
    with pytest.raises(DivergenceError, match="try"):
        estimator.set_params(learning_rate_init=1e300, alpha=1e6).fit(1e3 * X, y)
    np.testing.assert_array_equal(estimator.predict(X), before)


@both
@pytest.mark.parametrize(
    "wrong",
    [{"hidden_layer_sizes": 0}, {"solver": "sgd", "learning_rate_init": 1e300, "alpha": 1e6}],
    ids=["a parameter", "a divergence"],
)
def test_a_failed_fit_on_other_samples_leaves_what_was_known_of_the_first_ones(kind, y, wrong):
    estimator = kind((4,), **QUICK).fit(X, y)
    before, known = estimator.predict(X), set(vars(estimator))
    wider = np.column_stack([1e3 * X, X[:, 0]])
    with pytest.raises((ValueError, DivergenceError)):
        estimator.set_params(**wrong).fit(wider, y)
    assert estimator.n_features_in_ == 2
    assert set(vars(estimator)) == known
    np.testing.assert_array_equal(estimator.predict(X), before)


@both
def test_a_first_fit_that_fails_leaves_an_estimator_unfitted(kind, y):
    estimator = kind(0, **QUICK)
    with pytest.raises(ValueError, match="hidden_layer_sizes"):
        estimator.fit(X, y)
    assert vars(estimator) == vars(kind(0, **QUICK))


# Data as people have them


def test_labels_may_be_texts():
    names = np.array(["inner", "outer"])[Y]
    classifier = MLPClassifier((16,), learning_rate_init=0.05, random_state=0).fit(X, names)
    assert classifier.classes_.tolist() == ["inner", "outer"]
    assert (classifier.predict(X) == names).mean() > 0.95
    numbered = MLPClassifier((16,), learning_rate_init=0.05, random_state=0).fit(X, Y)
    np.testing.assert_array_equal(classifier.predict_proba(X), numbered.predict_proba(X))
    objects = MLPClassifier((16,), **QUICK).fit(X, names.astype(object).tolist())
    assert set(objects.predict(X)) <= {"inner", "outer"}


def test_probabilities_go_with_the_classes():
    classifier = MLPClassifier((16,), learning_rate_init=0.05, random_state=0).fit(X, Y - 7)
    p = classifier.predict_proba(X)
    np.testing.assert_allclose(p.sum(axis=1), 1)
    np.testing.assert_array_equal(classifier.classes_[p.argmax(axis=1)], classifier.predict(X))
    np.testing.assert_allclose(np.exp(classifier.predict_log_proba(X)), p)
    assert classifier.predict_log_proba(1e4 * X).min() == -np.inf


def test_one_class_is_refused_and_so_is_one_sample_to_classify():
    for X_, y_ in ((X, np.zeros(120)), (X[:1], Y[:1])):
        with pytest.raises(ValueError, match="expected at least two classes, received one class"):
            MLPClassifier().fit(X_, y_)


def test_one_sample_is_enough_for_a_regressor_but_not_to_set_apart():
    regressor = MLPRegressor((4,), learning_rate_init=0.1, tol=0, random_state=0)
    assert abs(regressor.fit([[1.0]], [3.0]).predict([[1.0]])[0] - 3) < 0.5
    with pytest.raises(ValueError, match="expected at least 2 samples with early_stopping"):
        regressor.set_params(early_stopping=True).fit([[1.0]], [3.0])
    regressor.fit([[1.0], [2.0]], [3.0, 4.0])


@both
def test_what_cannot_be_learned_from_is_refused(kind, y):
    from scipy.sparse import csr_matrix

    with pytest.raises(TypeError, match=r"dense data is required.*toarray"):
        kind().fit(csr_matrix(X), y)
    with pytest.raises(ValueError, match="NaN"):
        kind().fit(np.where(X > 1, np.nan, X), y)
    with pytest.raises(ValueError, match="inconsistent numbers of samples"):
        kind().fit(X, y[:-1])
    with pytest.raises(ValueError, match="2D array"):
        kind().fit(X[:, 0], y)
    with pytest.raises(ValueError, match="3"):
        kind().fit(X.reshape(60, 2, 2), y[:60])
    with pytest.raises(ValueError, match="0 sample"):
        kind().fit(X[:0], y[:0])
    fitted = kind((4,), **QUICK).fit(X, y)
    with pytest.raises(TypeError, match="dense data is required"):
        fitted.predict(csr_matrix(X))
    with pytest.raises(ValueError, match=r"3 features, but MLP.* is expecting 2"):
        fitted.predict(np.ones((1, 3)))


def test_labels_that_are_no_classes_are_refused():
    with pytest.raises(ValueError, match="continuous"):
        MLPClassifier().fit(X, X[:, 0])
    with pytest.raises(ValueError, match="y should be a 1d array"):
        MLPClassifier().fit(X, np.eye(2, dtype=int)[Y])


@pytest.mark.parametrize("early", [False, True])
def test_a_regressor_learns_several_columns_at_once(early):
    y = np.column_stack([PARABOLA, -PARABOLA, LINE[:, 0]])
    regressor = MLPRegressor(
        (20,), "tanh", solver="lbfgs", early_stopping=early, tol=0, random_state=0
    )
    assert regressor.fit(LINE, y).predict(LINE).shape == (60, 3)
    assert regressor.score(LINE, y) > 0.9
    assert regressor.fit(LINE, y[:, :1]).predict(LINE).shape == (60, 1)
    assert regressor.fit(LINE, y[:, 0]).predict(LINE).shape == (60,)


@both
def test_a_frame_gives_names_that_are_remembered(kind, y):
    pd = pytest.importorskip("pandas")
    frame = pd.DataFrame(X, columns=["width", "height"])
    estimator = kind((4,), **QUICK).fit(frame, pd.Series(y))
    assert estimator.feature_names_in_.tolist() == ["width", "height"]
    np.testing.assert_array_equal(
        estimator.predict(frame), kind((4,), **QUICK).fit(X, y).predict(X)
    )
    with pytest.raises(ValueError, match="feature names should match"):
        estimator.predict(frame[["height", "width"]])


@both
def test_the_users_arrays_stay_as_they_are(kind, y):
    given, labels = np.asfortranarray(X.copy()), y.copy()
    given.flags.writeable = labels.flags.writeable = False
    estimator = kind((4,), early_stopping=True, **QUICK).fit(given, labels)
    np.testing.assert_array_equal(given, X)
    np.testing.assert_array_equal(labels, y)
    before = estimator.predict(given)
    before[:] = 0
    assert estimator.predict(given).any()


# Copies


@both
def test_a_pickle_predicts_the_same_and_can_go_on(kind, y):
    estimator = kind((4,), warm_start=True, **QUICK).fit(X, y)
    copy = pickle.loads(pickle.dumps(estimator))
    np.testing.assert_array_equal(copy.predict(X), estimator.predict(X))
    assert copy.fit(X, y).n_iter_ == 10
    assert estimator.n_iter_ == 5


@both
@pytest.mark.parametrize("early", [False, True])
def test_a_pickle_holds_the_network_and_little_else(kind, y, early):
    X_ = np.random.default_rng(0).standard_normal((120, 200))
    estimator = kind((300,), early_stopping=early, **QUICK).fit(X_, y)
    weights = sum(p.value.nbytes for p in estimator.model_.parameters())
    assert len(pickle.dumps(estimator)) < 1.05 * weights


@both
def test_a_clone_is_unfitted_and_has_the_parameters(kind, y):
    estimator = kind(7, "tanh", alpha=0.1, **QUICK).fit(X, y)
    copy = clone(estimator)
    assert copy.get_params() == estimator.get_params()
    assert not hasattr(copy, "model_")


def test_verbose_prints_a_line_an_epoch(capsys):
    MLPClassifier((4,), verbose=True, max_iter=2).fit(X, Y)
    assert capsys.readouterr().out.count("train loss") == 2
    MLPClassifier((4,), max_iter=2).fit(X, Y)
    assert capsys.readouterr().out == ""


# Beside scikit-learn's


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_digits_are_learned_as_well_as_by_scikit_learns():
    images, labels = load_digits()
    X_, X_test, y_, y_test = train_test_split(
        images.reshape(-1, 64) / 16, labels, stratify=labels, random_state=0
    )
    ours, theirs = (
        kind((64,), learning_rate_init=0.01, max_iter=12, random_state=0).fit(X_, y_)
        for kind in (MLPClassifier, TheirClassifier)
    )
    assert ours.score(X_test, y_test) > 0.955
    assert ours.score(X_test, y_test) > theirs.score(X_test, y_test) - 0.01
