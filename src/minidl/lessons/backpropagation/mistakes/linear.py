"""Mistakes that learners make in "Back through an affine layer"."""

from minidl.checking.mistake import Mistake, Mistakes
from minidl.lessons.backpropagation import solutions as right


def linear(W=None, b=None, x=None):
    """Return a MyLinear with functions (x, grad, W) in place of some of its gradients."""

    class Mistaken(right.MyLinear):
        """The layer with one of its three gradients gone wrong."""

        def backward(self, grad):
            inputs, weights = self.saved_for_backward(), self.params["W"]
            dx = super().backward(grad)
            if W is not None:
                self.grads["W"] = W(inputs, grad, weights)
            if b is not None:
                self.grads["b"] = b(inputs, grad, weights)
            return dx if x is None else x(inputs, grad, weights)

    return Mistaken


class NoWeightGradient(right.MyLinear):
    """The layer that leaves ∂L/∂W out."""

    def backward(self, grad):
        self.grads["b"] = grad.sum(axis=0, keepdims=True)
        return grad @ self.params["W"].T


class OverwritesWeights(right.MyLinear):
    """The layer that puts ∂L/∂W in the place of W."""

    def backward(self, grad):
        dx = super().backward(grad)
        self.params["W"] = self.grads["W"]
        return dx


class AddsUp(right.MyLinear):
    """The layer whose gradients add to those of the last pass."""

    def backward(self, grad):
        old = dict(self.grads)
        dx = super().backward(grad)
        for key in old:
            self.grads[key] = self.grads[key] + old[key]
        return dx


LOST_FOR_W = (
    "The transpose is lost: with x of shape (4, 3) and grad of shape (4, 2) the "
    "two don't fit for `@`; ∂L/∂W must be (3, 2)."
)
LOST_FOR_X = (
    "The transpose is lost: with grad of shape (4, 2) and W of shape (3, 2) the "
    "two don't fit for `@`; ∂L/∂x must be (4, 3)."
)
ELEMENTWISE = "`*` goes number by number; every input meets every output, as in `@`."


class AddsToNothing(right.MyLinear):
    """The layer that adds to gradients, as a node of a graph does."""

    def backward(self, grad):
        self.grads["W"] += self.saved_for_backward().T @ grad
        self.grads["b"] += grad.sum(axis=0, keepdims=True)
        return grad @ self.params["W"].T


MISTAKES = Mistakes(
    Mistake("adds-to-nothing", AddsToNothing),
    Mistake(
        "lost-shape",
        linear(b=lambda x, grad, W: grad.sum(axis=0)),
        "Right numbers in the wrong shape: the gradient of b has the shape of b.",
    ),
    Mistake(
        "bias-mean",
        linear(b=lambda x, grad, W: grad.mean(axis=0, keepdims=True)),
        "The sum, not the mean.",
    ),
    Mistake(
        "mean-of-samples",
        linear(W=lambda x, grad, W: x.T @ grad / len(x)),
        "The samples add up; 1/N is the loss's.",
    ),
    Mistake(
        "transposed",
        linear(W=lambda x, grad, W: grad.T @ x),
        "This is the transpose: W has a row for each input.",
    ),
    Mistake(
        "lost-transpose",
        linear(W=lambda x, grad, W: x @ grad),
        LOST_FOR_W,
    ),
    Mistake("lost-transpose", linear(W=lambda x, grad, W: grad @ x), LOST_FOR_W),
    Mistake(
        "wrong-side",
        linear(W=lambda x, grad, W: grad @ x.T),
        "Right factors, wrong side: with x of shape (4, 3) and grad of shape (4, 2) "
        "they don't fit for `@`; ∂L/∂W must be (3, 2).",
    ),
    Mistake(
        "wrong-transpose",
        linear(W=lambda x, grad, W: x @ grad.T),
        "Transpose x, not grad: with x of shape (4, 3) and grad of shape (4, 2), ∂L/∂W "
        "must be (3, 2).",
    ),
    Mistake(
        "elementwise",
        linear(W=lambda x, grad, W: x * grad),
        ELEMENTWISE,
    ),
    Mistake("elementwise", linear(W=lambda x, grad, W: x.T * grad), ELEMENTWISE),
    Mistake(
        "returns-weight-gradient",
        linear(x=lambda x, grad, W: x.T @ grad),
        "Return ∂L/∂x; ∂L/∂W is stored.",
    ),
    Mistake(
        "x-lost-transpose",
        linear(x=lambda x, grad, W: grad @ W),
        LOST_FOR_X,
    ),
    Mistake("x-lost-transpose", linear(x=lambda x, grad, W: W @ grad), LOST_FOR_X),
    Mistake(
        "x-wrong-side",
        linear(x=lambda x, grad, W: W.T @ grad),
        "Right factors, wrong side: with grad of shape (4, 2) and W of shape (3, 2) "
        "they don't fit for `@`; ∂L/∂x must be (4, 3).",
    ),
    Mistake(
        "x-transposed",
        linear(x=lambda x, grad, W: W @ grad.T),
        "This is the transpose: x has a row for each sample.",
    ),
    Mistake(
        "x-elementwise",
        linear(x=lambda x, grad, W: grad * W),
        ELEMENTWISE,
    ),
    Mistake("x-elementwise", linear(x=lambda x, grad, W: grad * W.T), ELEMENTWISE),
    Mistake("changes-params", OverwritesWeights),
    Mistake("returns-nothing", linear(x=lambda x, grad, W: None)),
    Mistake(
        "input-gradient",
        linear(x=lambda x, grad, W: 2 * grad @ W.T),
        "What backward returns, ∂L/∂x, is not right yet.",
    ),
    Mistake("W-gradient", linear(W=lambda x, grad, W: 2 * x.T @ grad)),
    Mistake("W-gradient-missing", NoWeightGradient),
    Mistake(
        "returns-all",
        linear(x=lambda x, grad, W: (grad @ W.T, x.T @ grad)),
        "Return ∂L/∂x alone; the gradients of W and b are stored in self.grads.",
    ),
    Mistake("adds-up", AddsUp),
)
