"""Mistakes that learners make in the exercises on regularization, by diagnosis."""

import numpy as np

from minidl.op import Op
from minidl.train import Listener

GIVEN = {}


def epoch_with(combine, *, step=True, after=False):
    """Return an epoch that reports `combine(losses, sizes)`."""

    def train_epoch(model, optimizer, loss_fn, batches):
        losses, sizes = [], []
        for X, y in batches:
            loss = loss_fn(model(X), y)
            model.backward(loss_fn.backward())
            if step:
                optimizer.step()
            losses.append(loss_fn(model(X), y) if after else loss)
            sizes.append(len(X))
        return combine(np.array(losses), np.array(sizes))

    return train_epoch


def weighted(losses, sizes):
    return losses @ sizes / sizes.sum()


def epoch_of_the_whole(model, optimizer, loss_fn, batches):
    batches = list(batches)
    epoch_with(weighted)(model, optimizer, loss_fn, batches)
    X, y = (np.concatenate(part) for part in zip(*batches, strict=True))
    return loss_fn(model(X), y)


def epoch_with_steps_twice(model, optimizer, loss_fn, batches):
    loss = epoch_with(weighted)(model, optimizer, loss_fn, batches)
    optimizer.step()
    return loss


def epoch_counting_twice(model, optimizer, loss_fn, batches):
    total = 0
    for X, y in batches:
        loss = loss_fn(model(X), y)
        model.backward(loss_fn.backward())
        optimizer.step()
        total += loss
    return total / len(list(batches))


def l2_with(value, gradient):
    return lambda W, lam: (value(W, lam), gradient(W, lam))


def right_value(W, lam):
    return lam / 2 * np.sum(W**2)


def right_gradient(W, lam):
    return lam * W


def step_with(weights, biases=lambda b, g, lr, damping: b - lr * g):
    def decayed_step(model, lr, damping):
        for parameter in model.parameters():
            rule = weights if parameter.name.endswith("W") else biases
            parameter.value = rule(parameter.value, parameter.grad, lr, damping)

    return decayed_step


def right_weights(W, g, lr, damping):
    return (1 - damping) * W - lr * g


def names_only(model, lr, damping):
    for parameter in model.parameters():
        value = parameter.value
        value = (1 - damping) * value - lr * parameter.grad


def new_arrays(model, lr, damping):
    for layer in model.layers:
        for name, value in layer.params.items():
            kept = 1 - damping if name == "W" else 1
            layer.params[name] = kept * value - lr * layer.grads[name]


def changes_the_gradients(model, lr, damping):
    for parameter in model.parameters():
        kept = 1 - damping if parameter.name.endswith("W") else 1
        grad = parameter.grad
        grad *= lr
        parameter.value = kept * parameter.value - grad


class Dropout(Op):
    """Dropout with everything right; the mistakes change a part."""

    def __init__(self, keep_prob, rng=None):
        super().__init__()
        self.keep_prob = keep_prob
        self.rng = np.random.default_rng(rng)

    def draw(self, shape):
        return (self.rng.random(shape) < self.keep_prob) / self.keep_prob

    def forward(self, x):
        self.mask = self.draw(x.shape) if self.training else np.ones(x.shape)
        return x * self.mask

    def backward(self, grad):
        return grad * self.mask


def drawing(draw):
    return type("MyDropout", (Dropout,), {"draw": draw})


class OldMask(Dropout):
    def forward(self, x):
        if not self.training:
            return x
        self.mask = self.draw(x.shape)
        return x * self.mask


class AlwaysActive(Dropout):
    def forward(self, x):
        self.mask = self.draw(x.shape)
        return x * self.mask


class Reversed(Dropout):
    def forward(self, x):
        self.mask = np.ones(x.shape) if self.training else self.draw(x.shape)
        return x * self.mask


class ScaledInEvaluation(Dropout):
    def forward(self, x):
        self.mask = self.draw(x.shape) if self.training else self.keep_prob
        return x * self.mask


class ClassicDropout(Dropout):
    def forward(self, x):
        kept = self.rng.random(x.shape) < self.keep_prob
        self.mask = kept if self.training else self.keep_prob
        return x * self.mask


class OneMask(Dropout):
    mask = None

    def forward(self, x):
        if not self.training:
            self.mask = np.ones(x.shape)
        elif self.mask is None:
            self.mask = self.draw(x.shape)
        return x * self.mask


class IgnoresRng(Dropout):
    def __init__(self, keep_prob, rng=None):
        super().__init__(keep_prob)


class NotAnOp:
    def __init__(self, keep_prob, rng=None):
        self.keep_prob = keep_prob


def going_back(backward):
    return type("MyDropout", (Dropout,), {"backward": backward})


class ExactShare(Dropout):
    def draw(self, shape):
        size = np.prod(shape)
        kept = self.rng.permutation(size) < round(self.keep_prob * size)
        return kept.reshape(shape) / self.keep_prob


class MaskFromOutput(Dropout):
    def forward(self, x):
        self.output = x * (self.draw(x.shape) if self.training else 1)
        return self.output

    def backward(self, grad):
        return grad * (self.output != 0) / (self.keep_prob if self.training else 1)


def paired(mean, error):
    return lambda plain, other: (mean(plain - other), error(plain, other))


def right_error(plain, other):
    return (plain - other).std(ddof=1) / np.sqrt(len(plain))


class Stopping(Listener):
    """Early stopping with everything right; the mistakes change a part."""

    start = np.inf

    def __init__(self, warm_up, patience):
        self.warm_up, self.patience = warm_up, patience
        self.best, self.seen, self.waited = self.start, 0, 0

    def on_evaluate_end(self, runner):
        self.seen += 1
        self.look(runner.history.dev_loss[-1])
        if self.is_time():
            runner.stop("enough")

    def look(self, loss):
        if self.better(loss):
            self.best, self.waited = loss, 0
        elif self.seen > self.warm_up:
            self.waited += 1

    def better(self, loss):
        return loss < self.best

    def is_time(self):
        return self.waited >= self.patience


def stopping(**parts):
    return type("StopEarly", (Stopping,), parts)


def look_without_reset(self, loss):
    if loss < self.best:
        self.best = loss
    elif self.seen > self.warm_up:
        self.waited += 1


def look_at_the_last(self, loss):
    self.waited = 0 if loss < self.best else self.waited + (self.seen > self.warm_up)
    self.best = loss


def look_counting_all(self, loss):
    self.waited = 0 if loss < self.best else self.waited + 1
    self.best = min(self.best, loss)


def look_after_warm_up(self, loss):
    if self.seen > self.warm_up:
        look_counting_all(self, loss)


def look_without_warm_up_for_time(self):
    return self.waited >= self.patience and self.seen > self.warm_up


def look_keeping_the_last_of_the_warm_up(self, loss):
    if self.seen > self.warm_up:
        look_counting_all(self, loss)
    else:
        self.best = loss


class WarmUpInSteps(Stopping):
    def on_evaluate_end(self, runner):
        self.seen = runner.step
        self.look(runner.history.dev_loss[-1])
        if self.is_time():
            runner.stop("enough")


class WatchesTrain(Stopping):
    def on_evaluate_end(self, runner):
        self.seen += 1
        self.look(runner.history.train_loss[-1])
        if self.is_time():
            runner.stop("enough")


def look_after_a_shorter_warm_up(self, loss):
    if loss < self.best:
        self.best, self.waited = loss, 0
    elif self.seen >= self.warm_up:
        self.waited += 1


class NoHook(Listener):
    def __init__(self, warm_up, patience):
        pass


class WrongHook(Listener):
    def __init__(self, warm_up, patience):
        self.patience = patience

    def on_epoch_end(self, runner):
        runner.stop("enough")


MISTAKES = {
    "regularization/epoch": {
        "last-batch": epoch_with(lambda losses, sizes: losses[-1]),
        "first-batch": epoch_with(lambda losses, sizes: losses[0]),
        "batches-not-points": epoch_with(lambda losses, sizes: losses.mean()),
        "sum": epoch_with(lambda losses, sizes: losses @ sizes),
        "loss-after": epoch_with(weighted, after=True),
        "second-look": epoch_of_the_whole,
        "no-step": epoch_with(weighted, step=False),
        "other-steps": epoch_with_steps_twice,
        "walked-twice": epoch_counting_twice,
        "not-one-number": epoch_with(lambda losses, sizes: losses),
        "values": epoch_with(lambda losses, sizes: np.sqrt(weighted(losses, sizes))),
    },
    "regularization/l2": {
        "not-a-pair": right_value,
        "no-half": l2_with(lambda W, lam: lam * np.sum(W**2), lambda W, lam: 2 * lam * W),
        "no-rate": l2_with(lambda W, lam: np.sum(W**2) / 2, right_gradient),
        "mean": l2_with(lambda W, lam: lam / 2 * np.mean(W**2), right_gradient),
        "root": l2_with(lambda W, lam: lam / 2 * np.linalg.norm(W), right_gradient),
        "signed-sum": l2_with(lambda W, lam: lam / 2 * np.sum(W), right_gradient),
        "absolute": l2_with(lambda W, lam: lam * abs(W).sum(), right_gradient),
        "squared-sum": l2_with(lambda W, lam: lam / 2 * np.sum(W) ** 2, right_gradient),
        "no-sum": l2_with(lambda W, lam: lam / 2 * W**2, right_gradient),
        "matrix-product": l2_with(lambda W, lam: lam / 2 * W.T @ W, right_gradient),
        "not-one-number": l2_with(lambda W, lam: lam / 2 * (W**2).sum(axis=0), right_gradient),
        "gradient-twice": l2_with(right_value, lambda W, lam: 2 * lam * W),
        "gradient-half": l2_with(right_value, lambda W, lam: lam / 2 * W),
        "gradient-no-rate": l2_with(right_value, lambda W, lam: W),
        "gradient-sign": l2_with(right_value, lambda W, lam: -lam * W),
        "gradient-summed": l2_with(right_value, lambda W, lam: lam * W.sum()),
        "gradient-of-L1": l2_with(right_value, lambda W, lam: lam * np.sign(W)),
        "values": l2_with(right_value, lambda W, lam: lam * W**2),
    },
    "regularization/decay": {
        "nothing-moves": names_only,
        "new-array": new_arrays,
        "changes-the-gradient": changes_the_gradients,
        "bias-decays": step_with(right_weights, right_weights),
        "bias-stays": step_with(right_weights, lambda b, g, lr, damping: b),
        "decay-after": step_with(lambda W, g, lr, damping: (1 - damping) * (W - lr * g)),
        "times-rate": step_with(lambda W, g, lr, damping: (1 - lr * damping) * W - lr * g),
        "no-decay": step_with(lambda W, g, lr, damping: W - lr * g),
        "no-step": step_with(lambda W, g, lr, damping: (1 - damping) * W),
        "keeps-the-damping": step_with(lambda W, g, lr, damping: damping * W - lr * g),
        "grows": step_with(lambda W, g, lr, damping: (1 + damping) * W - lr * g),
        "subtracts": step_with(lambda W, g, lr, damping: W - damping - lr * g),
        "uphill": step_with(lambda W, g, lr, damping: (1 - damping) * W + lr * g),
        "no-rate": step_with(lambda W, g, lr, damping: (1 - damping) * W - g),
        "values": step_with(lambda W, g, lr, damping: (1 - damping) ** 2 * W - lr * g),
    },
    "regularization/dropout": {
        "no-scaling": drawing(lambda self, shape: self.rng.random(shape) < self.keep_prob),
        "classic-dropout": ClassicDropout,
        "scaled-down": drawing(
            lambda self, shape: (self.rng.random(shape) < self.keep_prob) * self.keep_prob
        ),
        "wrong-probability": drawing(
            lambda self, shape: (self.rng.random(shape) < self.keep_prob) / (1 - self.keep_prob)
        ),
        "keeps-the-others": drawing(
            lambda self, shape: (self.rng.random(shape) > self.keep_prob) / self.keep_prob
        ),
        "share": drawing(lambda self, shape: 2.0 * (self.rng.random(shape) < 0.5)),
        "one-mask-for-all": drawing(
            lambda self, shape: (
                (self.rng.random((1, shape[1])) < self.keep_prob)
                / self.keep_prob
                * np.ones((shape[0], 1))
            )
        ),
        "no-chance": ExactShare,
        "two-axes-only": drawing(
            lambda self, shape: (
                (self.rng.random((shape[0], shape[1])) < self.keep_prob) / self.keep_prob
            )
        ),
        "mask-from-output": MaskFromOutput,
        "same-mask": OneMask,
        "old-mask": OldMask,
        "active-in-evaluation": AlwaysActive,
        "drops-nothing": Reversed,
        "scaled-in-evaluation": ScaledInEvaluation,
        "ignores-rng": IgnoresRng,
        "gradient-unmasked": going_back(lambda self, grad: grad),
        "gradient-unscaled": going_back(lambda self, grad: grad * (self.mask > 0)),
        "new-mask-in-backward": going_back(lambda self, grad: grad * self.draw(grad.shape)),
        "gradient": going_back(lambda self, grad: grad * self.mask**2),
        "keep-hard-coded": drawing(lambda self, shape: (self.rng.random(shape) < 0.75) / 0.75),
        "not-an-op": NotAnOp,
    },
    "regularization/paired": {
        "not-a-pair": lambda plain, other: (plain - other).mean(),
        "sign": lambda plain, other: ((other - plain).mean(), right_error(plain, other)),
        "sum": paired(np.sum, right_error),
        "absolute": lambda plain, other: (abs(plain - other).mean(), right_error(plain, other)),
        "unpaired": paired(
            np.mean,
            lambda p, o: np.sqrt(p.var(ddof=1) / len(p) + o.var(ddof=1) / len(o)),
        ),
        "no-root": paired(np.mean, lambda p, o: (p - o).std(ddof=1)),
        "divided-by-n": paired(np.mean, lambda p, o: (p - o).std(ddof=1) / len(p)),
        "no-correction": paired(np.mean, lambda p, o: (p - o).std() / np.sqrt(len(p))),
        "variance": paired(np.mean, lambda p, o: (p - o).var(ddof=1) / len(p)),
        "n-hard-coded": paired(np.mean, lambda p, o: (p - o).std(ddof=1) / 2),
        "values": paired(np.mean, lambda p, o: abs(p - o).max()),
    },
    "regularization/stopping": {
        "not-a-listener": dict,
        "no-hook": WrongHook,
        "compares-none": stopping(start=None),
        "never-stops": stopping(is_time=lambda self: False),
        "stops-while-falling": stopping(start=0.0),
        "off-by-one": stopping(is_time=lambda self: self.waited > self.patience),
        "never-reset": stopping(look=look_without_reset),
        "compares-with-the-last": stopping(look=look_at_the_last),
        "equal-is-better": stopping(better=lambda self, loss: loss <= self.best),
        "counts-the-warm-up": stopping(
            look=look_counting_all, is_time=look_without_warm_up_for_time
        ),
        "train-loss": WatchesTrain,
        "warm-up-in-steps": WarmUpInSteps,
        "warm-up-off-by-one": stopping(look=look_after_a_shorter_warm_up),
        "last-of-the-warm-up": stopping(look=look_keeping_the_last_of_the_warm_up),
        "forgets-the-warm-up": stopping(look=look_after_warm_up),
        "moment": stopping(is_time=lambda self: self.waited >= self.patience + 2),
    },
}
