"""Other right answers to the exercises of the lesson on backpropagation."""

BIAS = """
class MendedBias(Op):
    def __init__(self, size):
        super().__init__()
        self.params["b"] = np.zeros((1, size))

    def forward(self, x):
        return x + self.params["b"]

    def backward(self, grad):
        {backward}
        return grad
"""
LINEAR = """
class MyLinear(Op):
    def __init__(self, input_size, output_size, *, rng=None, name=None):
        super().__init__(name)
        rng = np.random.default_rng(rng)
        self.params["W"] = rng.standard_normal((input_size, output_size))
        self.params["b"] = np.zeros((1, output_size))

    def forward(self, x):
        self.save_for_backward(x)
        return x @ self.params["W"] + self.params["b"]

    def backward(self, grad):
        x = self.saved_for_backward()
        {backward}
"""
LOGISTIC = """
class MyLogistic(Op):
    def forward(self, x):
        a = 1 / (1 + np.exp(-x))
        self.save_for_backward(a)
        return a

    def backward(self, grad):
        a = self.saved_for_backward()
        {backward}
"""
BCE = """
class MyBCE:
    def __call__(self, p, labels):
        self.p, self.labels = p, labels
        return -np.mean(labels * np.log(p) + (1 - labels) * np.log(1 - p))

    def backward(self):
        p, y = self.p, self.labels
        {backward}
"""
ALTERNATIVES = {
    "bias": [
        BIAS.format(backward='self.grads["b"] = np.einsum("nm->m", grad)[np.newaxis]'),
        BIAS.format(backward='self.grads["b"] = np.ones((1, len(grad))) @ grad'),
        BIAS.format(backward='self.grads.update(b=sum(grad).reshape(self.params["b"].shape))'),
    ],
    "linear": [
        LINEAR.format(
            backward="""self.grads["W"] = np.einsum("nd,nm->dm", x, grad)
        self.grads["b"] = np.einsum("nm->m", grad)[None, :]
        return np.einsum("nm,dm->nd", grad, self.params["W"])"""
        ),
        LINEAR.format(
            backward="""dW = np.zeros_like(self.params["W"])
        for row, slip in zip(x, grad):
            dW += np.outer(row, slip)
        self.grads["W"], self.grads["b"] = dW, grad.sum(axis=0).reshape(1, -1)
        return np.array([self.params["W"] @ slip for slip in grad])"""
        ),
        LINEAR.format(
            backward="""self.grads = {"W": (grad.T @ x).T, "b": grad.sum(0, keepdims=True)}
        return (self.params["W"] @ grad.T).T"""
        ),
    ],
    "logistic": [
        LOGISTIC.format(backward="return grad * (a - a**2)"),
        LOGISTIC.format(backward="return np.multiply(grad, a) - np.multiply(grad, a * a)"),
        LOGISTIC.format(
            backward="""dx = np.empty_like(grad)
        for place in np.ndindex(grad.shape):
            dx[place] = (1 - a[place]) * a[place] * grad[place]
        return dx"""
        ),
    ],
    "loss": [
        BCE.format(backward="return -(y / p - (1 - y) / (1 - p)) / p.size"),
        BCE.format(backward="return (p - y) / (p - p**2) / y.shape[0]"),
        BCE.format(
            backward="return np.array([[(q - t) / (q * (1 - q))] "
            "for q, t in zip(p[:, 0], y[:, 0])]) / len(y)"
        ),
    ],
    "network": [
        """
def backpropagate(layers, loss_fn, X, labels):
    outputs = [X]
    for layer in layers:
        outputs.append(layer(outputs[-1]))
    loss, grad = loss_fn(outputs[-1], labels), loss_fn.backward()
    for i in range(len(layers) - 1, -1, -1):
        grad = layers[i].backward(grad)
    return loss, grad
""",
        """
def backpropagate(layers, loss_fn, X, labels):
    def there_and_back(i, x):
        if i == len(layers):
            return loss_fn(x, labels), loss_fn.backward()
        loss, grad = there_and_back(i + 1, layers[i](x))
        return loss, layers[i].backward(grad)

    return there_and_back(0, X)
""",
        """
from functools import reduce


def backpropagate(layers, loss_fn, X, labels):
    loss = loss_fn(reduce(lambda x, layer: layer.forward(x), layers, X), labels)
    way_back = layers[::-1]
    return [loss, reduce(lambda grad, layer: layer.backward(grad), way_back, loss_fn.backward())]
""",
    ],
    "step": [
        """
def descend(model, lr):
    promised = []
    for parameter in model.parameters():
        parameter.value[...] = parameter.value - lr * parameter.grad
        promised.append(lr * np.vdot(parameter.grad, parameter.grad))
    return sum(promised)
""",
        """
def descend(model, lr):
    total = 0
    for p in list(model.parameters()):
        p.value = p.value - lr * p.grad
        total += float((p.grad * p.grad).sum())
    return lr * total
""",
        """
def descend(model, lr):
    promised = 0.0
    for layer in model.layers:
        for key, value in layer.params.items():
            move = lr * layer.grads[key]
            np.subtract(value, move, out=value)
            promised += np.einsum("ij,ij->", move, layer.grads[key])
    return promised
""",
    ],
}
