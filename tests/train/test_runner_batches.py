import itertools

import numpy as np
import pytest

from tests.train.helpers import DEV, TRAIN, Diary, make_runner


class Spy:
    """A model that notes which samples it is trained on, by their first feature."""

    def __init__(self, runner):
        self.batches, forward = [], runner.model.forward

        def noting(X):
            if runner.model.training:
                self.batches.append(X[:, 0].tolist())
            return forward(X)

        runner.model.forward = noting


def spied(num_epochs=1, **options):
    runner = make_runner(rng=0)
    spy = Spy(runner)
    runner.train(TRAIN, DEV, num_epochs=num_epochs, **options)
    return runner, spy.batches


def test_the_whole_set_in_its_order_is_one_step():
    runner, batches = spied(3)
    assert batches == [TRAIN[0][:, 0].tolist()] * 3
    assert runner.step == 3


@pytest.mark.parametrize(("batch_size", "sizes"), [(16, [16, 16, 8]), (40, [40]), (100, [40])])
def test_mini_batches_hold_every_sample_once_an_epoch(batch_size, sizes):
    runner, batches = spied(batch_size=batch_size)
    assert [len(batch) for batch in batches] == sizes
    assert sorted(itertools.chain(*batches)) == sorted(TRAIN[0][:, 0].tolist())
    assert runner.history.train_steps == [len(sizes)]


def test_mini_batches_are_shuffled_anew_by_the_runners_generator():
    _, batches = spied(2, batch_size=40)
    assert batches[0] != batches[1] != TRAIN[0][:, 0].tolist()
    assert spied(2, batch_size=40)[1] == batches


def test_a_seed_decides_the_whole_run():
    runs = [spied(3, batch_size=16)[0].history for _ in range(2)]
    assert runs[0] == runs[1]


def test_an_epochs_loss_and_score_are_means_over_samples_and_not_over_batches():
    runner = make_runner(rng=0)
    losses, scores, loss_fn = [], [], runner.loss_fn

    def noting_loss(predicts, labels):
        losses.append(len(labels) * type(loss_fn)()(predicts, labels))
        return loss_fn(predicts, labels)

    def noting_metric(predicts, labels):
        score = float(((predicts >= 0.5) == labels).mean())
        scores.append(len(labels) * score)
        return score

    noting_loss.backward = loss_fn.backward
    runner.loss_fn, runner.metric = noting_loss, noting_metric
    runner.train(TRAIN, num_epochs=1, batch_size=16)
    assert runner.history.train_loss == [pytest.approx(sum(losses) / 40)]
    assert runner.history.train_score == [pytest.approx(sum(scores) / 40)]


def test_inputs_and_labels_are_shuffled_together():
    runner = make_runner(rng=0)
    seen, loss_fn, labels_of = [], runner.loss_fn, dict(zip(TRAIN[0][:, 0], TRAIN[1], strict=True))
    spy = Spy(runner)

    def noting(predicts, labels):
        seen.append(labels)
        return loss_fn(predicts, labels)

    noting.backward = loss_fn.backward
    runner.loss_fn = noting
    runner.train(TRAIN, num_epochs=1, batch_size=16)
    for xs, labels in zip(spy.batches, seen, strict=True):
        assert np.array_equal([labels_of[x] for x in xs], labels)


@pytest.mark.parametrize(
    ("options", "steps"),
    [
        ({}, [1, 2, 3, 4, 5, 6]),
        ({"eval_epochs": 2}, [2, 4, 6]),
        ({"eval_epochs": 4}, [4]),
        ({"eval_epochs": 6}, [6]),
        ({"batch_size": 16}, [3, 6, 9, 12, 15, 18]),
        ({"batch_size": 16, "eval_epochs": 3}, [9, 18]),
        ({"batch_size": 16, "eval_steps": 4}, [4, 8, 12, 16]),
        ({"batch_size": 16, "eval_steps": 7, "eval_epochs": 2}, [7, 14]),
        ({"eval_steps": 2}, [2, 4, 6]),
        ({"eval_steps": 6}, [6]),
    ],
)
def test_the_dev_set_is_evaluated_when_it_should_be(options, steps):
    diary = Diary()
    runner = make_runner(rng=0, listeners=[diary])
    runner.train(TRAIN, DEV, num_epochs=6, **options)
    assert runner.history.dev_steps == steps
    assert len(runner.history.dev_loss) == len(runner.history.dev_score) == len(steps)
    assert [step for hook, step, _ in diary.pages if hook == "on_evaluate_begin"] == steps


def test_evaluations_keep_their_rhythm_over_several_trainings():
    runner = make_runner()
    runner.train(TRAIN, DEV, num_epochs=3, eval_epochs=2)
    runner.train(TRAIN, DEV, num_epochs=3, eval_epochs=2)
    assert runner.history.dev_steps == [2, 4, 6]


def test_a_last_part_that_is_shorter_than_the_interval_is_trained_as_in_one_training():
    whole, parts = make_runner(), make_runner()
    whole.train(TRAIN, DEV, num_epochs=11, eval_epochs=5)
    for num_epochs in (8, 2, 1):
        parts.train(TRAIN, DEV, num_epochs=num_epochs, eval_epochs=5)
    assert parts.history.dev_steps == [5, 10]
    assert parts.history == whole.history


def test_steps_count_from_the_first_training_too():
    runner = make_runner(rng=0)
    for _ in range(3):
        runner.train(TRAIN, DEV, num_epochs=1, batch_size=16, eval_steps=5 if runner.step else 3)
    assert runner.history.dev_steps == [3, 5]
    runner = make_runner(rng=0)
    runner.train(TRAIN, num_epochs=1, batch_size=16)
    runner.train(TRAIN, DEV, num_epochs=1, batch_size=16, eval_steps=5)
    assert runner.history.dev_steps == [5]


def test_a_dev_set_that_comes_later_and_would_not_be_evaluated_is_refused_too():
    runner = make_runner()
    runner.train(TRAIN, num_epochs=7)
    with pytest.raises(ValueError, match=r"eval_epochs: expected at most 2, .* received 5"):
        runner.train(TRAIN, DEV, num_epochs=2, eval_epochs=5)
    assert runner.epoch == 7


def test_evaluating_more_often_does_not_change_training():
    often, seldom = make_runner(rng=0), make_runner(rng=0)
    often.train(TRAIN, DEV, num_epochs=6, batch_size=16, eval_steps=1)
    seldom.train(TRAIN, num_epochs=6, batch_size=16)
    assert often.history.train_loss == seldom.history.train_loss
