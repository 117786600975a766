"""What source E's Solver does, done by the Runner, and what it got wrong."""

import numpy as np
import pytest

from minidl.data import ArrayDataset, DataLoader, TransformedDataset
from minidl.data.transforms import Compose, RandomHorizontalFlip, ToArray
from minidl.losses import CrossEntropyLoss, MSELoss
from minidl.models import FullyConnectedNet, TwoLayerNet
from minidl.nn import Linear
from minidl.optim import by_name
from minidl.schedules import ExponentialLR
from minidl.train import DivergenceError, Listener, LRScheduler, Runner, StepLosses
from tests.train.helpers import DEV, TRAIN, make_runner

RNG = np.random.default_rng(0)
CENTRES = 2 * RNG.standard_normal((3, 6))
Y, DEV_Y = RNG.integers(0, 3, 90), RNG.integers(0, 3, 40)
X, DEV_X = (CENTRES[y] + RNG.standard_normal((len(y), 6)) for y in (Y, DEV_Y))


def solver(rule="sgd", lr=0.1, listeners=(), **options):
    net = TwoLayerNet(6, 8, 3, reg=1e-3, rng=0)
    optimizer = by_name(rule, net, lr=lr, **options)
    return Runner(net, optimizer, CrossEntropyLoss(), listeners=listeners, rng=0)


@pytest.mark.parametrize(
    ("rule", "lr", "options"),
    [("sgd", 0.1, {}), ("sgd", 0.05, {"momentum": 0.9}), ("rmsprop", 0.01, {}), ("adam", 0.01, {})],
    ids=str,
)
def test_it_learns_by_each_update_rule(rule, lr, options):
    runner = solver(rule, lr, **options)
    runner.train((X, Y), (DEV_X, DEV_Y), num_epochs=15, batch_size=16, score_samples=50)
    assert runner.history.train_score[-1] > 0.9
    assert runner.best.score > 0.85


def test_the_rate_decays_each_epoch():
    runner = solver(lr=0.1, listeners=[LRScheduler(ExponentialLR(gamma=0.5))])
    runner.train((X, Y), num_epochs=4, batch_size=30)
    assert runner.history.lr == [0.1, 0.05, 0.025, 0.0125]


def test_the_best_model_is_kept_aside_and_training_goes_on_from_its_own():
    class Trail(Listener):
        def on_evaluate_end(self, runner):
            scores.append(runner.history.dev_score[-1])
            models.append(runner.model.state_dict())

    def rising_and_falling(predicts, labels):
        return [0.2, 0.5, 0.9, 0.4][len(scores)] if len(labels) == 40 else 0.0

    scores, models = [], []
    runner, unseen = solver(listeners=[Trail()]), solver()
    runner.metric = rising_and_falling
    runner.train((X, Y), (DEV_X, DEV_Y), num_epochs=4, batch_size=16)
    unseen.train((X, Y), num_epochs=4, batch_size=16)
    for name, array in runner.model.state_dict().items():
        assert np.array_equal(array, unseen.model.state_dict()[name])  # nothing was put back
    runner.best.restore(runner)
    for name, array in runner.model.state_dict().items():
        assert np.array_equal(array, models[2][name])


def test_an_epochs_samples_are_drawn_without_replacement():
    seen = []

    class Counting(ArrayDataset):
        def batch(self, rows):
            seen.append(np.arange(90)[rows])
            return super().batch(rows)

    runner = solver()
    runner.train(DataLoader(Counting(X, Y), 16, shuffle=True, rng=1), num_epochs=2)
    first, second = np.concatenate(seen[:6]), np.concatenate(seen[6:])
    assert sorted(first) == sorted(second) == list(range(90))
    assert list(first) != list(second)


def test_the_loss_of_every_step_can_be_kept():
    step_losses = StepLosses()
    runner, by_hand = solver(listeners=[step_losses]), solver()
    runner.train((X, Y), (DEV_X, DEV_Y), num_epochs=2, batch_size=40, eval_steps=1)
    expected = []
    for _ in range(2):
        order = by_hand.rng.permutation(90)
        for rows in (order[:40], order[40:80], order[80:]):
            expected.append(by_hand.train_step(X[rows], Y[rows])[0])
    assert step_losses.steps == [1, 2, 3, 4, 5, 6]
    assert step_losses.losses == expected
    assert runner.history.train_loss[1] == pytest.approx(np.dot(expected[3:], [40, 40, 10]) / 90)


# The train score on a sample


def test_without_a_sample_the_train_score_is_the_mean_over_the_batches():
    runner = make_runner()
    before, _ = runner.evaluate(TRAIN)
    runner.train(TRAIN, num_epochs=1)
    assert runner.history.train_score == [before]


def test_a_sample_of_all_is_the_score_at_the_epochs_end_in_evaluation_mode():
    net = FullyConnectedNet(6, [8], 3, normalization="batch", keep_prob=0.5, rng=0)
    runner = Runner(net, by_name("sgd", net, lr=0.1), CrossEntropyLoss(), rng=0)
    for _ in range(3):
        runner.train((X, Y), num_epochs=1, batch_size=16, score_samples=1000)
        assert runner.history.train_score[-1] == runner.evaluate((X, Y))[0]
    assert net.training


def test_a_sample_is_another_one_in_each_epoch_and_has_nobody_twice():
    samples = []

    def score(predicts, labels):
        if len(labels) == 20:
            samples.append(labels.ravel().tolist())
        return 0.0

    net = Linear(2, 1, rng=0)
    runner = Runner(net, by_name("sgd", net, lr=1e-6), MSELoss(), score)
    numbered = TRAIN[0], np.arange(40.0).reshape(-1, 1)
    runner.train(numbered, num_epochs=3, score_samples=20)
    assert [len(set(sample)) for sample in samples] == [20, 20, 20]
    assert len({tuple(sample) for sample in samples}) == 3


@pytest.mark.parametrize("as_loader", [False, True])
def test_a_sample_changes_nothing_else(as_loader):
    runners = make_runner(rng=0), make_runner(rng=0)
    for runner, samples in zip(runners, (None, 7), strict=True):
        loader = DataLoader(ArrayDataset(*TRAIN), 16, shuffle=True, rng=1, drop_last=True)
        options = {} if as_loader else {"batch_size": 16}
        data = loader if as_loader else TRAIN
        runner.train(data, DEV, num_epochs=3, score_samples=samples, **options)
    one, other = (runner.history for runner in runners)
    assert one.train_loss == other.train_loss
    assert one.dev_loss == other.dev_loss
    assert one.train_score != other.train_score


@pytest.mark.parametrize("look", ["sample", "evaluate"])
def test_a_look_at_the_train_set_takes_nothing_from_what_random_transforms_draw(look):
    def losses_of(look):
        rng = np.random.default_rng(1)
        images = np.arange(48, dtype=np.uint8).reshape(12, 2, 2)
        augmented = Compose([RandomHorizontalFlip(rng=rng), ToArray(np.float64)])
        data = TransformedDataset(ArrayDataset(images, np.arange(12) % 3), augmented)
        loader = DataLoader(data, batch_size=5, shuffle=True, rng=rng)
        net = TwoLayerNet(4, 5, 3, rng=0)
        runner = Runner(net, by_name("sgd", net, lr=0.1), CrossEntropyLoss())
        for _ in runner.epochs(loader, num_epochs=3, score_samples=7 if look == "sample" else None):
            if look == "evaluate":
                assert runner.evaluate(loader) == runner.evaluate(loader)
        return runner.history.train_loss

    assert losses_of(None) == losses_of(look)


def test_a_resumed_training_scores_the_same_samples(tmp_path):
    whole, first, second = (make_runner(rng=0) for _ in "123")
    options = {"batch_size": 16, "score_samples": 5}
    whole.train(TRAIN, num_epochs=4, **options)
    first.train(TRAIN, num_epochs=2, **options)
    first.save_checkpoint(tmp_path / "run.npz")
    second.resume(tmp_path / "run.npz")
    second.train(TRAIN, num_epochs=2, **options)
    assert second.history == whole.history


def test_an_interrupt_while_a_sample_is_scored_leaves_the_epoch_under_way():
    runner, interrupted = make_runner(), make_runner()
    real = interrupted.model.forward

    def forward(x):
        if not interrupted.model.training:
            raise KeyboardInterrupt
        return real(x)

    interrupted.model.forward = forward
    with pytest.raises(KeyboardInterrupt):
        interrupted.train(TRAIN, num_epochs=2, score_samples=10)
    assert (interrupted.epoch, interrupted.step) == (0, 1)
    assert interrupted.history.train_loss == []
    del interrupted.model.forward
    interrupted.train(TRAIN, num_epochs=2, score_samples=10)
    runner.train(TRAIN, num_epochs=2, score_samples=10)
    assert interrupted.history == runner.history


def test_a_model_that_diverges_is_named_and_its_epoch_recorded():
    runner = make_runner(lr=1.0)
    step = runner.optimizer.step

    def spoil():
        step()
        runner.model.layers[0].params["W"][:] = np.nan

    runner.optimizer.step = spoil
    with pytest.raises(DivergenceError, match="expected a finite loss, received nan in epoch 1"):
        runner.train(TRAIN, num_epochs=1, score_samples=10)
    assert len(runner.history.train_loss) == len(runner.history.train_score) == 1


@pytest.mark.parametrize(
    ("options", "error", "words"),
    [
        ({"score_samples": 0}, ValueError, "score_samples: expected at least 1"),
        ({"score_samples": 0.5}, TypeError, "score_samples: expected a whole number"),
        ({"score_samples": True}, TypeError, "score_samples: expected a whole number"),
        ({"log_steps": 0}, ValueError, "log_steps: expected at least 1"),
        ({"log_steps": "all"}, TypeError, "log_steps: expected a whole number"),
    ],
)
def test_arguments_that_will_not_do_are_refused_before_anything_happens(options, error, words):
    runner = make_runner()
    with pytest.raises(error, match=words):
        runner.train(TRAIN, num_epochs=1, **options)
    assert runner.step == 0


def test_a_sample_needs_a_metric():
    with pytest.raises(ValueError, match="score_samples: expected None without a metric, receiv"):
        make_runner(metric=None).train(TRAIN, num_epochs=1, score_samples=10)


# Lines by steps


def test_lines_come_every_so_many_steps(capsys):
    runner = make_runner(rng=0)
    runner.train(TRAIN, DEV, num_epochs=2, batch_size=16, log_steps=2)
    lines = capsys.readouterr().out.splitlines()
    assert [line[:10] for line in lines] == [f"step {n:5d}" for n in (1, 2, 4, 6)]


def test_a_steps_line_has_the_loss_of_the_epoch_so_far_and_the_evaluation_after_it(capsys):
    losses = []

    class Steps(Listener):
        def on_step_end(self, runner):
            losses.append(runner.under_way.loss / runner.under_way.samples)

    runner = make_runner(rng=0, listeners=[Steps()])
    runner.train(TRAIN, DEV, num_epochs=1, batch_size=16, eval_steps=2, log_steps=1)
    found = runner.history
    dev = f"   dev loss {found.dev_loss[0]:.4f}   dev score {found.dev_score[0]:.4f}"
    assert capsys.readouterr().out.splitlines() == [
        f"step {n:5d}   train loss {loss:.4f}" + (dev if n == 2 else "")
        for n, loss in zip((1, 2, 3), losses, strict=True)
    ]
    assert losses[-1] == pytest.approx(found.train_loss[0])


def test_lines_by_epochs_and_steps_say_once_why_training_stopped(capsys):
    class Enough(Listener):
        def on_epoch_end(self, runner):
            runner.stop("enough")

    make_runner(listeners=[Enough()]).train(TRAIN, num_epochs=3, log_epochs=1, log_steps=1)
    starts = [line.split()[0] for line in capsys.readouterr().out.splitlines()]
    assert starts == ["step", "epoch", "stopped"]
