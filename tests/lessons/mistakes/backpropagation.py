"""Mistakes that learners make in the exercises of the lesson on backpropagation."""

import numpy as np

from minidl.lessons.backpropagation import solutions as right


def bias(gradient, returned=lambda grad: grad):
    """Return a MendedBias whose backward stores another gradient for b."""

    class Mistaken(right.MendedBias):
        def backward(self, grad):
            if gradient is not None:
                self.grads["b"] = gradient(grad)
            return returned(grad)

    return Mistaken


def linear(W=None, b=None, x=None):
    """Return a MyLinear with functions (x, grad, W) in place of some of its gradients."""

    class Mistaken(right.MyLinear):
        def backward(self, grad):
            inputs, weights = self.saved_for_backward(), self.params["W"]
            dx = super().backward(grad)
            if W is not None:
                self.grads["W"] = W(inputs, grad, weights)
            if b is not None:
                self.grads["b"] = b(inputs, grad, weights)
            return dx if x is None else x(inputs, grad, weights)

    return Mistaken


class ChangesBias(right.MendedBias):
    def backward(self, grad):
        self.params["b"] -= grad.sum(axis=0, keepdims=True)
        return grad


class NoWeightGradient(right.MyLinear):
    def backward(self, grad):
        self.grads["b"] = grad.sum(axis=0, keepdims=True)
        return grad @ self.params["W"].T


class OverwritesWeights(right.MyLinear):
    def backward(self, grad):
        dx = super().backward(grad)
        self.params["W"] = self.grads["W"]
        return dx


class AddsUp(right.MyLinear):
    def backward(self, grad):
        old = dict(self.grads)
        dx = super().backward(grad)
        for key in old:
            self.grads[key] = self.grads[key] + old[key]
        return dx


def logistic(slope):
    class Mistaken(right.MyLogistic):
        def forward(self, x):
            self.x = x
            return super().forward(x)

        def backward(self, grad):
            return slope(self.x, self.saved_for_backward(), grad)

    return Mistaken


class InputSaved(right.MyLogistic):
    def forward(self, x):
        a = super().forward(x)
        self.save_for_backward(x)
        return a


def sigma(x):
    return 1 / (1 + np.exp(-x))


def loss(gradient):
    class Mistaken(right.MyBCE):
        def backward(self):
            return gradient(self.p, self.labels)

    return Mistaken


class NoBackward:
    def __call__(self, p, labels):
        return right.MyBCE()(p, labels)


def network(layers=reversed, start=None, hand_on=True, returned=None):
    def mistaken(net, loss_fn, X, labels):
        x = X
        for layer in net:
            x = layer(x)
        value = loss_fn(x, labels)
        grad = loss_fn.backward() if start is None else start(value, x)
        for layer in layers(net):
            back = layer.backward(grad)
            grad = back if hand_on else grad
        return (value, grad) if returned is None else returned(value, grad, x)

    return mistaken


def every_layer_gets_the_data(layers, loss_fn, X, labels):
    for layer in layers:
        x = layer(X)
    return loss_fn(x, labels), layers[-1].backward(loss_fn.backward())


def hands_the_loss_back(layers, loss_fn, X, labels):
    x = X
    for layer in layers:
        x = layer(x)
    loss = loss_fn(x, labels)
    grad = loss_fn.backward(loss)
    for layer in reversed(layers):
        grad = layer.backward(grad)
    return loss, grad


def turns_the_list(layers, loss_fn, X, labels):
    x = X
    for layer in layers:
        x = layer(x)
    loss = loss_fn(x, labels)
    grad = loss_fn.backward()
    layers.reverse()
    for layer in layers:
        grad = layer.backward(grad)
    return loss, grad


def labels_first(layers, loss_fn, X, labels):
    def swapped(predicts, labels):
        return loss_fn(labels, predicts)

    swapped.backward = loss_fn.backward
    return right.backpropagate(layers, swapped, X, labels)


def step(move, promise=lambda squares, lr: lr * sum(squares), skip=0):
    def mistaken(model, lr):
        parameters = list(model.parameters())
        for parameter in parameters[skip:]:
            move(parameter, lr)
        return promise([np.sum(p.grad**2) for p in parameters], lr)

    return mistaken


def downhill(parameter, lr):
    parameter.value -= lr * parameter.grad


def rebind(parameter, lr):
    value = parameter.value
    value = value - lr * parameter.grad


def uphill(parameter, lr):
    parameter.value += lr * parameter.grad


def without_rate(parameter, lr):
    parameter.value -= parameter.grad


def sign_only(parameter, lr):
    parameter.value -= lr * np.sign(parameter.grad)


def halved(parameter, lr):
    parameter.value -= lr / 2 * parameter.grad


def into_new_arrays(model, lr):
    for layer in model.layers:
        for key in layer.params:
            layer.params[key] = layer.params[key] - lr * layer.grads[key]
    return lr * sum(np.sum(parameter.grad**2) for parameter in model.parameters())


def sum_of_gradients(model, lr):
    right.descend(model, lr)
    return lr * sum(np.sum(parameter.grad) for parameter in model.parameters())


def squared_late(model, lr):
    right.descend(model, lr)
    return lr * sum(np.sum(parameter.grad) ** 2 for parameter in model.parameters())


MISTAKES = {
    "backpropagation/bias": {
        "lost-shape": bias(lambda grad: grad.sum(axis=0)),
        "changes-params": ChangesBias,
        "kept-samples": bias(lambda grad: grad),
        "wrong-axis": bias(lambda grad: grad.sum(axis=1, keepdims=True)),
        "one-for-all": bias(lambda grad: grad.sum()),
        "mean": bias(lambda grad: grad.mean(axis=0, keepdims=True)),
        "b-gradient-missing": bias(None),
        "returns-nothing": bias(
            lambda grad: grad.sum(axis=0, keepdims=True), returned=lambda grad: None
        ),
        "b-gradient-shape": bias(lambda grad: grad.sum(axis=0)[:, np.newaxis]),
        "input-gradient": bias(
            lambda grad: grad.sum(axis=0, keepdims=True), returned=lambda grad: 0 * grad
        ),
    },
    "backpropagation/linear": {
        "changes-params": OverwritesWeights,
        "returns-nothing": linear(x=lambda x, grad, W: None),
        "mean-of-samples": linear(W=lambda x, grad, W: x.T @ grad / len(x)),
        "lost-transpose": linear(W=lambda x, grad, W: x @ grad),
        "wrong-side": linear(W=lambda x, grad, W: grad @ x.T),
        "wrong-transpose": linear(W=lambda x, grad, W: x @ grad.T),
        "elementwise": linear(W=lambda x, grad, W: x * grad),
        "x-lost-transpose": linear(x=lambda x, grad, W: grad @ W),
        "x-wrong-side": linear(x=lambda x, grad, W: W.T @ grad),
        "x-transposed": linear(x=lambda x, grad, W: W @ grad.T),
        "x-elementwise": linear(x=lambda x, grad, W: grad * W),
        "input-gradient": linear(x=lambda x, grad, W: 2 * grad @ W.T),
        "transposed": linear(W=lambda x, grad, W: grad.T @ x),
        "W-gradient": linear(W=lambda x, grad, W: 2 * x.T @ grad),
        "W-gradient-missing": NoWeightGradient,
        "lost-shape": linear(b=lambda x, grad, W: grad.sum(axis=0)),
        "bias-mean": linear(b=lambda x, grad, W: grad.mean(axis=0, keepdims=True)),
        "returns-weight-gradient": linear(x=lambda x, grad, W: x.T @ grad),
        "returns-all": linear(x=lambda x, grad, W: (grad @ W.T, x.T @ grad)),
        "adds-up": AddsUp,
    },
    "backpropagation/logistic": {
        "gradient-left-out": logistic(lambda x, a, grad: a * (1 - a)),
        "half-a-slope": logistic(lambda x, a, grad: grad * a),
        "slope-of-slope": logistic(lambda x, a, grad: grad * sigma(a) * (1 - sigma(a))),
        "turned-sign": logistic(lambda x, a, grad: grad * a * (a - 1)),
        "slope-of-tanh": logistic(lambda x, a, grad: grad * (1 - a**2)),
        "of-the-input": InputSaved,
        "parentheses": logistic(lambda x, a, grad: grad * a * 1 - a),
        "matrix-product": logistic(lambda x, a, grad: grad @ (a * (1 - a))),
        "sum": logistic(lambda x, a, grad: grad + a * (1 - a)),
        "input-gradient": logistic(lambda x, a, grad: grad * a * (1 + a)),
    },
    "backpropagation/loss": {
        "missing-1/N": loss(lambda p, y: (p - y) / (p * (1 - p))),
        "sign": loss(lambda p, y: (y - p) / (p * (1 - p)) / len(p)),
        "always-4": loss(lambda p, y: (p - y) / (p * (1 - p)) / 4),
        "parentheses": loss(lambda p, y: (p - y) / p * (1 - p) / len(p)),
        "numerator-only": loss(lambda p, y: (p - y) / len(p)),
        "mean-of-gradients": loss(lambda p, y: np.mean((p - y) / (p * (1 - p)))),
        "no-backward": NoBackward,
    },
    "backpropagation/network": {
        "front-to-back": network(layers=list),
        "not-handed-on": network(hand_on=False),
        "starts-with-1": network(start=lambda value, p: np.ones_like(p)),
        "starts-with-loss": network(start=lambda value, p: np.full_like(p, value)),
        "loss-handed-back": hands_the_loss_back,
        "labels-first": labels_first,
        "layer-left-out": network(layers=lambda net: reversed(net[1:])),
        "loss": every_layer_gets_the_data,
        "turns-the-list": turns_the_list,
        "returns-nothing": network(returned=lambda value, grad, p: None),
        "not-a-pair": network(returned=lambda value, grad, p: value),
        "what-arrives": network(returned=lambda value, grad, p: (value, p)),
    },
    "backpropagation/step": {
        "nothing-moves": step(rebind),
        "returns-nothing": step(downhill, promise=lambda squares, lr: None),
        "uphill": step(uphill),
        "without-rate": step(without_rate),
        "sign-only": step(sign_only),
        "step": step(halved),
        "some-stay": step(downhill, skip=1),
        "new-array": into_new_arrays,
        "promise-without-rate": step(downhill, promise=lambda squares, lr: sum(squares)),
        "promise-of-lengths": sum_of_gradients,
        "promise-squared-late": squared_late,
        "promise-not-added": step(downhill, promise=lambda squares, lr: 0.0),
        "promise-turned": step(downhill, promise=lambda squares, lr: -lr * sum(squares)),
        "promise-of-the-last": step(downhill, promise=lambda squares, lr: lr * squares[-1]),
        "promise": step(downhill, promise=lambda squares, lr: lr * max(squares) / 2),
    },
}
