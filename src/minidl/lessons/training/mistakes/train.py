"""Mistakes that learners make in "Your training loop"."""

from minidl.checking.mistake import Mistake, Mistakes


def labels_first(model, optimizer, loss_fn, *rest):
    def turned(predicts, labels):
        return loss_fn(labels, predicts)

    turned.backward = loss_fn.backward
    return loop_in_order("tbsd")(model, optimizer, turned, *rest)


def loop_in_order(order, *, epochs=0, swap=False):
    """Return a loop: t, d, T record a loss (T: train as dev), f is forward, b back, s a step."""

    def train(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
        losses = {"t": [], "d": []}
        for action in order * (num_epochs + epochs):
            if action == "f":  # forward, without a record
                loss_fn(model(train_set[0]), train_set[1])
            elif action == "t":
                losses["t"].append(loss_fn(model(train_set[0]), train_set[1]))
            elif action in "dT":
                X, y = dev_set if action == "d" else train_set
                losses["d"].append(loss_fn(model(X), y))
            elif action == "b":  # back through whatever was computed last
                model.backward(loss_fn.backward())
            else:
                optimizer.step()
        found = (losses["t"], losses["d"])
        return found[::-1] if swap else found

    return train


def loop_without_lists(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
    for _ in range(num_epochs):
        loss = loss_fn(model(train_set[0]), train_set[1])
        model.backward(loss_fn.backward())
        optimizer.step()
    return loss


def loop_changing(change):
    def train(model, optimizer, loss_fn, train_set, dev_set, num_epochs):
        args = model, optimizer, loss_fn, train_set, dev_set, num_epochs
        losses = loop_in_order("tbsd")(*args)
        change(model, train_set[0])
        return losses

    return train


def centred(model, X):
    X -= X.mean()


NO_BACKWARD = "There are no gradients: `model.backward(loss_fn.backward())` comes before the step."
WRONG_ORDERS = (
    Mistake(
        "learns-from-dev",
        loop_in_order("tdbs"),
        "This network learns from the dev set: `loss_fn.backward()` goes back through "
        "the loss that was computed last, and that was the one on dev.",
    ),
    Mistake(
        "steps-on-dev",
        loop_in_order("tbsdbs"),
        "This network takes a second step in each epoch, on the dev set. Only look at dev.",
    ),
    Mistake(
        "dev-too-early",
        loop_in_order("dtbs"),
        "The dev losses are those before each step; the dev set is to judge the model after it.",
    ),
    Mistake(
        "train-too-late",
        loop_in_order("fbstd"),
        "The train losses are those after each step. Record the one that you call "
        "`loss_fn.backward()` for: it costs nothing extra.",
    ),
    Mistake(
        "swapped",
        loop_in_order("tbsd", swap=True),
        "The two lists are swapped: first train, then dev.",
    ),
    Mistake(
        "labels-first",
        labels_first,
        "The loss takes the predictions first, then the labels: `loss_fn(model(X), y)`.",
    ),
    Mistake(
        "both-on-train",
        loop_in_order("tbsT"),
        "The second list holds losses on the training set, not on the dev set.",
    ),
)
"""Loops that do the right things in a wrong order."""
MISTAKES = Mistakes(
    *WRONG_ORDERS,
    Mistake("not-a-pair", loop_without_lists),
    Mistake(
        "epochs",
        loop_in_order("tbsd", epochs=-1),
        "Expected {epochs} {what} losses for num_epochs = {epochs}, received {size}.",
    ),
    Mistake(
        "no-step",
        loop_in_order("tbd"),
        "The train loss is {loss:.4f} in every epoch: nothing moves. Does each turn "
        "of the loop end with `optimizer.step()`?",
    ),
    Mistake("no-backward", loop_in_order("tsd"), NO_BACKWARD),
    Mistake(
        "epochs",
        lambda *args: loop_in_order("tbsd")(*args[:5], 12),
        "Expected {epochs} {what} losses for num_epochs = {epochs}, received {size}.",
    ),
    Mistake(
        "other-model",
        loop_changing(lambda model, X: model.eval()),
        "The losses are right, but the model that comes back is not as the last step left it, "
        "or no longer in training.",
    ),
    Mistake(
        "changes-the-data",
        loop_changing(centred),
        "The losses are right, but the sets or the learning rate are no longer what they were.",
    ),
)
