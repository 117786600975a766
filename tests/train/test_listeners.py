import numpy as np
import pytest

from minidl.metrics import mean_absolute_error, r2_score
from minidl.train import BestModel, DevPredictions, EarlyStopping, Listener, LogLines
from minidl.train.listeners.base import HOOKS
from tests.train.helpers import DEV, TRAIN, Diary, make_runner


class Scripted(Listener):
    """Puts losses and scores of its own into the dev history, in place of the measured ones."""

    def __init__(self, losses=(), scores=()):
        self.losses, self.scores = list(losses), list(scores)

    def on_evaluate_end(self, runner):
        if self.losses:
            runner.history.dev_loss[-1] = self.losses.pop(0)
        if self.scores:
            runner.history.dev_score[-1] = self.scores.pop(0)


# The mechanism


def test_hooks_come_in_their_order_with_what_they_promise():
    diary = Diary()
    make_runner(rng=0, listeners=[diary]).train(TRAIN, DEV, num_epochs=2, batch_size=32)
    epoch = [
        ("on_epoch_begin", 0, 0),
        ("on_step_end", 1, 0),
        ("on_step_end", 2, 0),
        ("on_evaluate_begin", 2, 0),
        ("on_evaluate_end", 2, 1),
        ("on_epoch_end", 2, 1),
    ]
    second = [(hook, step + 2, evaluations + 1) for hook, step, evaluations in epoch]
    assert diary.pages == [("on_train_begin", 0, 0), *epoch, *second, ("on_train_end", 4, 2)]


def test_an_evaluation_by_steps_belongs_to_its_step():
    diary = Diary()
    make_runner(rng=0, listeners=[diary]).train(TRAIN, DEV, num_epochs=1, eval_steps=1)
    hooks = [page[0] for page in diary.pages]
    assert hooks[2:5] == ["on_evaluate_begin", "on_evaluate_end", "on_step_end"]


def test_listeners_are_called_in_the_order_given():
    first, second = Diary("a "), Diary("b ")
    second.pages = first.pages
    make_runner(listeners=[first, second]).train(TRAIN, num_epochs=1)
    hooks = [page[0] for page in first.pages]
    assert hooks[::2] == [f"a {hook[2:]}" for hook in hooks[1::2]]


def test_the_history_has_the_epoch_when_it_ends():
    class Check(Listener):
        def on_epoch_end(self, runner):
            assert len(runner.history.train_loss) == runner.epoch

    make_runner(listeners=[Check()]).train(TRAIN, num_epochs=3)


def test_a_listener_added_later_is_called_too():
    runner, diary = make_runner(), Diary()
    runner.train(TRAIN, num_epochs=1)
    runner.listeners.append(diary)
    runner.train(TRAIN, num_epochs=1)
    assert diary.pages[0] == ("on_train_begin", 1, 0)


def test_the_end_is_told_to_all_even_when_a_later_listener_fails_at_the_beginning():
    class Broken(Listener):
        def on_train_begin(self, runner):
            raise OSError("no disk")

    diary = Diary()
    with pytest.raises(OSError, match="no disk"):
        make_runner(listeners=[diary, Broken()]).train(TRAIN, num_epochs=1)
    assert [page[0] for page in diary.pages] == ["on_train_begin", "on_train_end"]


def test_every_hook_of_the_base_does_nothing():
    listener = Listener()
    for hook in HOOKS:
        assert getattr(listener, hook)(None) is None
    assert listener.state_dict() == {}


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("on_epoch_ends", "; did you mean on_epoch_end?"),
        ("on_train_start", "on_train_"),
        ("on_batch_end", "expected hooks among on_train_begin, on_epoch_begin"),
        ("on_anything_else_at_all", "received on_anything_else_at_all$"),
    ],
)
def test_a_misspelt_hook_is_an_error_when_the_class_is_defined(name, hint):
    with pytest.raises(TypeError, match=rf"Bell: expected hooks .*{hint}|Bell: {hint}"):
        type("Bell", (Listener,), {name: lambda self, runner: None})


def test_other_methods_are_free():
    type("Bell", (Listener,), {"only": 1, "ring": lambda self: None, "once": 2})


@pytest.mark.parametrize(
    ("listener", "words"),
    [(print, "received <built-in"), (Diary, "try adding parentheses"), ("log", "received 'log'")],
)
def test_what_is_no_listener_is_refused(listener, words):
    with pytest.raises(TypeError, match=f"Runner: expected listeners, .*{words}"):
        make_runner(listeners=[listener])


# Stopping


class StopAt(Listener):
    def __init__(self, step):
        self.step = step

    def on_step_end(self, runner):
        if runner.step == self.step:
            runner.stop("enough")


def test_stop_ends_training_after_the_step():
    runner = make_runner(rng=0, listeners=[StopAt(4)])
    runner.train(TRAIN, DEV, num_epochs=10, batch_size=16)
    assert (runner.epoch, runner.step, runner.stop_reason) == (1, 4, "enough")
    assert len(runner.history.train_loss) == 1


def test_stop_at_the_last_step_of_an_epoch_lets_it_end():
    diary = Diary()
    runner = make_runner(rng=0, listeners=[StopAt(6), diary])
    runner.train(TRAIN, DEV, num_epochs=10, batch_size=16)
    assert (runner.epoch, runner.step, runner.under_way) == (2, 6, None)
    assert len(runner.history.dev_loss) == 2
    assert [hook for hook, *_ in diary.pages[-2:]] == ["on_epoch_end", "on_train_end"]


def test_an_epoch_that_goes_on_begins_once_and_ends_once():
    diary = Diary()
    runner = make_runner(rng=0, listeners=[StopAt(4), diary])
    runner.train(TRAIN, num_epochs=10, batch_size=16)
    runner.train(TRAIN, num_epochs=1, batch_size=16)
    hooks = [hook for hook, *_ in diary.pages]
    assert hooks.count("on_epoch_begin") == hooks.count("on_epoch_end") == 2


def test_a_new_training_forgets_the_reason():
    runner = make_runner(listeners=[StopAt(1)])
    runner.train(TRAIN, num_epochs=5)
    runner.train(TRAIN, num_epochs=5)
    assert (runner.epoch, runner.stop_reason) == (6, None)


@pytest.mark.parametrize(
    ("options", "losses", "epochs"),
    [
        ({"patience": 2}, [3, 2, 1, 1, 1, 0], 5),
        ({"patience": 2}, [3, 2, 4, 1, 4, 4, 0], 6),
        ({"patience": 1}, [3, 3, 2], 2),
        ({"patience": 3}, [9, 8, 7, 6, 5, 4, 3, 2], 8),
        ({"patience": 1, "warm_up": 3}, [1, 2, 3, 4, 0], 4),
        ({"patience": 2, "warm_up": 3}, [1, 2, 3, 0.5, 4, 4, 0], 6),
        ({"patience": 10, "warm_up": 10}, [1] + 19 * [2] + [0], 20),
    ],
)
def test_early_stopping_counts_evaluations_without_improvement(options, losses, epochs):
    stopping = EarlyStopping(**options)
    runner = make_runner(listeners=[Scripted(losses), stopping])
    runner.train(TRAIN, DEV, num_epochs=len(losses))
    assert runner.epoch == epochs
    assert (runner.stop_reason is None) == (epochs == len(losses) and losses[-1] == min(losses))
    if runner.stop_reason:
        assert runner.stop_reason == f"the dev loss has not improved for {options['patience']} " + (
            "evaluations"
        )


@pytest.mark.parametrize("options", [{"patience": 0}, {"patience": 1.5}, {"warm_up": -1}])
def test_patience_that_is_no_count_is_refused(options):
    with pytest.raises((ValueError, TypeError), match=f"{next(iter(options))}: expected"):
        EarlyStopping(**options)


class AtEvaluations(Listener):
    """One of a user's own that would never be called without a dev set."""

    def on_train_begin(self, runner):
        raise AssertionError

    def on_evaluate_end(self, runner):
        raise AssertionError


@pytest.mark.parametrize(
    "listener", [EarlyStopping(), BestModel(), DevPredictions(), AtEvaluations()]
)
def test_a_listener_that_needs_a_dev_set_says_so_before_training(listener):
    runner = make_runner(listeners=[Diary(), listener])
    kind = type(listener).__name__
    words = f"^{kind}: expected a dev_set in train, received none, .* never act; try train"
    for call in (runner.train, runner.epochs):
        with pytest.raises(ValueError, match=words):
            call(TRAIN, num_epochs=5)
    assert (runner.epoch, runner.listeners[1].pages) == (0, [])


@pytest.mark.parametrize("listener", [Diary(), LogLines(10), Listener()])
def test_one_that_acts_at_other_moments_too_needs_none(listener):
    runner = make_runner(listeners=[listener])
    runner.train(TRAIN, num_epochs=1)
    assert runner.epoch == 1


# The best model


def test_the_best_score_starts_below_every_score():
    assert BestModel().score == -np.inf
    runner = make_runner(metric=lambda predicts, labels: -1e300)
    runner.train(TRAIN, DEV, num_epochs=2)
    assert runner.best.score == -1e300
    assert runner.best.step == 1


@pytest.mark.parametrize(
    ("scores", "step"), [([0.5, 0.7, 0.6], 2), ([0.5, 0.5, 0.5], 1), ([0.0, 0.0, 0.1], 3)]
)
def test_the_best_model_is_the_first_with_the_highest_score(scores, step):
    runner = make_runner()
    runner.listeners.insert(0, Scripted(scores=scores))
    states = []
    runner.listeners.append(
        type(
            "S",
            (Listener,),
            {"on_evaluate_end": lambda self, runner: states.append(runner.model.state_dict())},
        )()
    )
    runner.train(TRAIN, DEV, num_epochs=3)
    assert (runner.best.score, runner.best.step) == (max(scores), step)
    runner.best.restore(runner)
    for name, array in runner.model.state_dict().items():
        assert np.array_equal(array, states[step - 1][name])


def test_without_a_metric_the_lowest_loss_is_best():
    runner = make_runner(metric=None)
    runner.listeners.insert(0, Scripted(losses=[0.5, 0.3, 0.4]))
    runner.train(TRAIN, DEV, num_epochs=3)
    assert (runner.best.score, runner.best.step) == (-0.3, 2)


@pytest.mark.parametrize(
    ("metric", "score", "step"), [(mean_absolute_error, -0.2, 3), (r2_score, 0.5, 1)]
)
def test_of_an_error_the_lowest_is_best(metric, score, step):
    runner = make_runner(metric=metric)
    runner.listeners.insert(0, Scripted(scores=[0.5, 0.3, 0.2, 0.4]))
    runner.train(TRAIN, DEV, num_epochs=4)
    assert (runner.best.score, runner.best.step) == (score, step)


@pytest.mark.parametrize(
    ("metric", "higher_is_better", "score", "step"),
    [
        (lambda predicts, labels: 0.0, False, -0.2, 3),
        (lambda predicts, labels: 0.0, True, 0.5, 1),
        (lambda predicts, labels: 0.0, None, 0.5, 1),
        (mean_absolute_error, True, 0.5, 1),
        (r2_score, False, -0.2, 3),
    ],
)
def test_the_runner_can_be_told_which_score_is_the_better_one(
    metric, higher_is_better, score, step
):
    runner = make_runner(metric=metric, higher_is_better=higher_is_better)
    runner.listeners.insert(0, Scripted(scores=[0.5, 0.3, 0.2, 0.4]))
    runner.train(TRAIN, DEV, num_epochs=4)
    assert (runner.best.score, runner.best.step) == (score, step)


@pytest.mark.parametrize(("value", "error"), [("yes", TypeError), (1, TypeError)])
def test_better_is_yes_or_no(value, error):
    with pytest.raises(error, match=r"higher_is_better: expected True, False or None, received"):
        make_runner(higher_is_better=value)


def test_without_a_metric_there_is_no_better_score():
    with pytest.raises(ValueError, match="higher_is_better: expected None without a metric"):
        make_runner(metric=None, higher_is_better=True)


def test_a_score_of_nan_is_never_best():
    runner = make_runner()
    runner.listeners.insert(0, Scripted(scores=[np.nan, 0.1, np.nan]))
    runner.train(TRAIN, DEV, num_epochs=3)
    assert (runner.best.score, runner.best.step) == (0.1, 2)


def test_the_best_model_does_not_interfere_with_training():
    plain, kept = make_runner(), make_runner()
    plain.train(TRAIN, num_epochs=20)
    kept.train(TRAIN, DEV, num_epochs=20)
    for a, b in zip(plain.model.parameters(), kept.model.parameters(), strict=True):
        assert np.array_equal(a.value, b.value)


def test_without_an_evaluation_there_is_nothing_to_restore():
    runner = make_runner()
    runner.train(TRAIN, num_epochs=1)
    with pytest.raises(RuntimeError, match="expected an evaluated model, received none; try train"):
        runner.best.restore(runner)


def test_save_dir_holds_the_best_model(tmp_path):
    runner = make_runner()
    runner.listeners.insert(0, Scripted(scores=[0.1, 0.9, 0.2, 0.3]))
    runner.train(TRAIN, DEV, num_epochs=4, save_dir=tmp_path / "best")
    other = make_runner(seed=1)
    other.load_model(tmp_path / "best")
    runner.best.restore(runner)
    assert np.array_equal(other.predict(DEV[0]), runner.predict(DEV[0]))


def test_save_dir_holds_the_best_model_of_an_earlier_training_too(tmp_path):
    runner, other = make_runner(), make_runner(seed=1)
    runner.listeners.insert(0, Scripted(scores=[0.9, 0.2, 0.3]))
    runner.train(TRAIN, DEV, num_epochs=1)
    best = runner.predict(DEV[0])
    runner.train(TRAIN, DEV, num_epochs=1)
    _, loss = runner.evaluate(TRAIN)
    runner.train(TRAIN, DEV, num_epochs=1, save_dir=tmp_path / "best")
    other.load_model(tmp_path / "best")
    assert np.array_equal(other.predict(DEV[0]), best)
    assert runner.history.train_loss[2] == loss  # and training goes on with the last model


def test_a_later_training_without_save_dir_saves_nothing(tmp_path):
    runner = make_runner(metric=None)
    runner.train(TRAIN, DEV, num_epochs=1, save_dir=tmp_path)
    before = (tmp_path / "model.json").read_bytes()
    runner.train(TRAIN, DEV, num_epochs=5)
    assert (tmp_path / "model.json").read_bytes() == before


# The predictions on the dev set


def test_dev_predictions_are_those_of_each_evaluation_and_cost_no_pass_more():
    passes, kept = [], DevPredictions()
    runner = make_runner(rng=0, listeners=[kept])
    forward = runner.model.forward
    runner.model.forward = lambda x: (passes.append(len(x)), forward(x))[1]
    now = []
    runner.listeners.append(
        type("Now", (Listener,), {"on_evaluate_end": lambda _, r: now.append(forward(DEV[0]))})()
    )
    runner.train(TRAIN, DEV, num_epochs=3, batch_size=16, eval_steps=4)
    assert kept.steps == runner.history.dev_steps == [4, 8]
    assert passes.count(20) == 2
    for predicts, expected in zip(kept.predicts, now, strict=True):
        assert np.array_equal(predicts, expected)


def test_the_last_evaluation_is_there_for_listeners_and_not_kept():
    seen = []

    class Look(Listener):
        def on_evaluate_begin(self, runner):
            assert runner.evaluation is None

        def on_evaluate_end(self, runner):
            seen.append(runner.evaluation)

    runner = make_runner(listeners=[Look()])
    runner.train(TRAIN, DEV, num_epochs=2)
    assert runner.evaluation is None
    assert [found.loss for found in seen] == runner.history.dev_loss
    assert [found.score for found in seen] == runner.history.dev_score
    assert all(np.array_equal(found.labels, DEV[1]) for found in seen)


def test_dev_predictions_go_on_from_a_checkpoint(tmp_path):
    whole, first, second = (make_runner(listeners=[DevPredictions()]) for _ in "123")
    whole.train(TRAIN, DEV, num_epochs=4)
    first.train(TRAIN, DEV, num_epochs=2)
    first.save_checkpoint(tmp_path / "run.npz")
    second.resume(tmp_path / "run.npz")
    second.train(TRAIN, DEV, num_epochs=2)
    (_, expected), (_, kept) = whole.listeners, second.listeners
    assert kept.steps == expected.steps == [1, 2, 3, 4]
    assert np.array_equal(kept.predicts, expected.predicts)


# Words on the screen


def test_log_lines_are_printed_at_the_first_epoch_and_every_so_many(capsys):
    runner = make_runner()
    runner.train(TRAIN, DEV, num_epochs=7, log_epochs=3)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[1] for line in lines] == ["1", "3", "6"]
    h = runner.history
    assert lines[1] == (
        f"epoch     3   train loss {h.train_loss[2]:.4f}   train score {h.train_score[2]:.4f}   "
        f"dev loss {h.dev_loss[2]:.4f}   dev score {h.dev_score[2]:.4f}"
    )


def test_without_log_epochs_nothing_is_printed(capsys):
    make_runner(listeners=[StopAt(2)]).train(TRAIN, DEV, num_epochs=3)
    assert capsys.readouterr() == ("", "")


def test_log_lines_leave_out_what_there_is_not(capsys):
    make_runner(metric=None, listeners=[LogLines()]).train(TRAIN, num_epochs=1)
    printed = capsys.readouterr().out
    assert printed.startswith("epoch     1   train loss 0.")
    assert "score" not in printed
    assert "dev" not in printed


@pytest.mark.parametrize(
    ("options", "epochs"),
    [
        ({"eval_epochs": 2}, [2, 4]),
        ({"eval_steps": 4, "batch_size": 16}, [2, 3, 4]),  # steps 4, 8 and 12; an epoch has 3
        ({"eval_steps": 1, "batch_size": 16}, [1, 2, 3, 4]),
    ],
)
def test_log_lines_show_no_figures_of_an_earlier_epoch(capsys, options, epochs):
    make_runner(rng=0).train(TRAIN, DEV, num_epochs=4, log_epochs=1, **options)
    lines = capsys.readouterr().out.splitlines()
    assert [int(line.split()[1]) for line in lines if "dev loss" in line] == epochs


def test_log_lines_say_why_training_stopped(capsys):
    make_runner(listeners=[StopAt(2)]).train(TRAIN, num_epochs=9, log_epochs=5)
    assert capsys.readouterr().out.splitlines()[-1] == "stopped after epoch 2: enough"
