"""Mistakes that learners make in "Find two faults: the best of nothing"."""

import numpy as np

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.training.mistakes.train import NO_BACKWARD


def best_with(
    start=-np.inf, *, better=np.greater, copy=True, first=1, sign=-1, inside=False, back=True
):
    def train_best(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
        best_score, best_epoch, best_state = start, 0, model.state_dict()
        for epoch in range(first, num_epochs + first):
            loss_fn(model(train_set[0]), train_set[1])
            if back:
                model.backward(loss_fn.backward())
            optimizer.step()
            score = sign * loss_fn(model(dev_set[0]), dev_set[1])
            if better(score, best_score):
                best_score, best_epoch = score, epoch
                views = {p.name: p.value for p in model.parameters()}
                best_state = model.state_dict() if copy else views
            if inside:
                model.load_state_dict(best_state)
        model.load_state_dict(best_state)
        return best_score, best_epoch

    return train_best


def best_as_a_loss(*args):
    score, epoch = best_with()(*args)
    return -score, epoch


def best_swapped(*args):
    return best_with()(*args)[::-1]


def best_of_untrained(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
    state = model.state_dict()
    found = best_with()(model, optimizer, loss_fn, train_set, dev_set, num_epochs)
    model.load_state_dict(state)
    return found


def best_score_only(*args):
    return best_with()(*args)[0]


def best_with_the_untrained(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
    untrained = -loss_fn(model(dev_set[0]), dev_set[1])
    return best_with(untrained)(model, optimizer, loss_fn, train_set, dev_set, num_epochs)


def best_until_worse(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
    best_score, best_epoch, best_state = -np.inf, 0, model.state_dict()
    for epoch in range(1, num_epochs + 1):
        loss_fn(model(train_set[0]), train_set[1])
        model.backward(loss_fn.backward())
        optimizer.step()
        score = -loss_fn(model(dev_set[0]), dev_set[1])
        if score > best_score:
            best_score, best_epoch, best_state = score, epoch, model.state_dict()
        else:
            break
    model.load_state_dict(best_state)
    return best_score, best_epoch


def best_changing(change):
    def train_best(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
        found = best_with()(model, optimizer, loss_fn, train_set, dev_set, num_epochs)
        change(model, dev_set[0])
        return found

    return train_best


def centred(model, X):
    X -= X.mean()


def nudge_gradients(model, X):
    for parameter in model.parameters():
        parameter.grad += 1e-3


STEPS = (
    "With num_epochs = {epochs} it takes {steps} steps. One an epoch is asked for, in every epoch: "
    "a better one may follow a worse one."
)
MISTAKES = Mistakes(
    Mistake(
        "keeps-the-worst", best_with(np.inf, better=np.less), "This is the lowest score of all."
    ),
    Mistake(
        "keeps-the-last",
        best_with(better=lambda score, best: True),
        "This is the last score, not the highest.",
    ),
    Mistake("score-sign", best_as_a_loss, "This is the loss; the score is minus the loss."),
    Mistake(
        "starts-too-high",
        best_with(-1000.0),
        "With scores around {around} it reports epoch {epoch} instead of {best}: there "
        "are scores below your first best one. Which number is below all of them?",
    ),
    Mistake(
        "starts-too-high",
        best_with(np.inf),
        "Nothing beats infinity. Start below every score.",
    ),
    Mistake("score-sign", best_with(sign=1), "This is a loss, and the highest one."),
    Mistake(
        "starts-at-zero",
        best_with(0.0),
        "No epoch counts as the best: the scores here run from {lowest:.4f} to {highest:.4f}, "
        "and none of them is above 0.",
    ),
    Mistake(
        "untrained-counts",
        best_with_the_untrained,
        "This is the untrained network's score, which no epoch has beaten. Only epochs count: "
        "start below every score.",
    ),
    Mistake(
        "epoch-count",
        best_with(first=0),
        "Expected best_epoch {best}, counting from 1, received {epoch:g}.",
    ),
    Mistake(
        "not-restored",
        best_with(copy=False),
        "The best score is {score:.4f}, but the model that comes back scores "
        "{last:.4f}: it is the last one. Keep a copy (`model.state_dict()`), since "
        "training changes the arrays themselves, and load it at the end.",
    ),
    Mistake(
        "back-to-the-start", best_of_untrained, "The model that comes back is the untrained one."
    ),
    Mistake("not-a-pair", best_score_only),
    Mistake(
        "swapped",
        best_swapped,
        "The two results are swapped: first the best score, then its epoch.",
    ),
    Mistake(
        "put-back-too-early",
        best_with(inside=True),
        "Where the dev losses should be {losses}, then higher ones, it reports epoch "
        "{epoch} instead of {best}: the first epoch that is worse is undone, and so is "
        "every one after it. Put the best back once, when the loop has ended.",
    ),
    Mistake("steps", best_until_worse, STEPS),
    Mistake("steps", lambda *args: best_with()(*args[:5], 12), STEPS),
    Mistake(
        "changes-the-data",
        best_changing(centred),
        "Your code changes the points or the learning rate that it is given; whoever passed them "
        "still needs them as they were.",
    ),
    Mistake(
        "other-mode",
        best_changing(lambda model, X: model.eval()),
        "The model comes back in evaluation mode. Leave it in training.",
    ),
    Mistake(
        "other-gradients",
        best_changing(nudge_gradients),
        "The gradients in the model are not those of the last step: leave them to `backward`.",
    ),
    Mistake(
        "small-rises",
        best_with(better=lambda score, best: score > best and not np.isclose(score, best)),
        "Where the score rises by half a millionth in every epoch, it reports epoch {epoch} "
        "instead of {best}: a score that is only a little higher counts, too.",
    ),
    Mistake(
        "last-of-equals",
        best_with(better=np.greater_equal),
        "Epochs {best} and {later} have the same score, and none has a higher one. The first of "
        "equals counts: its number and its weights are to come back.",
    ),
    Mistake("no-backward", best_with(back=False), NO_BACKWARD),
)
