"""Tensors with one thing wrong, for the mistakes of "Autograd for one layer"."""

import numpy as np

from minidl.lessons.pytorch import solutions as right
from minidl.lessons.pytorch.recording import Recorded


def mistaken(matmul=None, add=None, relu=None, values=None):
    """Return a Tensor with functions (self, other, grad) in place of some ways back."""
    values = values or {}

    class Tensor(Recorded):
        """The solution's, but for the ways back and values that were given."""

        def __matmul__(self, other):
            value = values.get("matmul", np.matmul)(self.data, other.data)
            rule = matmul or (lambda a, b, grad: (grad @ b.T, a.T @ grad))
            return Tensor(value, (self, other), lambda grad: rule(self.data, other.data, grad))

        def __add__(self, other):
            value = values.get("add", np.add)(self.data, other.data)
            rule = add or (lambda a, b, grad: (grad, grad.sum(axis=0, keepdims=True)))
            return Tensor(value, (self, other), lambda grad: rule(self.data, other.data, grad))

        def relu(self):
            value = values.get("relu", lambda x: np.maximum(x, 0))(self.data)
            rule = relu or (lambda x, grad: (grad * (x > 0),))
            return Tensor(value, (self,), lambda grad: rule(self.data, grad))

    return Tensor


class ReturnsArrays(right.Tensor):
    """The product is an array, which has forgotten where it came from."""

    def __matmul__(self, other):
        return self.data @ other.data


class ReturnsRecorded(right.Tensor):
    """The product is only `Recorded`, which has no operations."""

    def __matmul__(self, other):
        done = super().__matmul__(other)
        return Recorded(done.data, done.parents, done.pass_back)


class NoWayBack(right.Tensor):
    """The product knows its parents, and no way back to them."""

    def __matmul__(self, other):
        return NoWayBack(self.data @ other.data, (self, other))


class NoParents(right.Tensor):
    """The product has forgotten its parents."""

    def __matmul__(self, other):
        done = super().__matmul__(other)
        return NoParents(done.data, (), done.pass_back)


class ParentsSwapped(right.Tensor):
    """The product's parents, and their gradients, come in the wrong order."""

    def __matmul__(self, other):
        done = super().__matmul__(other)
        return ParentsSwapped(done.data, (other, self), lambda grad: done.pass_back(grad)[::-1])


class ParentAlone(right.Tensor):
    """The ReLU's parent stands alone and not in a tuple."""

    def relu(self):
        done = super().relu()
        return ParentAlone(done.data, self, done.pass_back)

    def __matmul__(self, other):
        done = super().__matmul__(other)
        return ParentAlone(done.data, done.parents, done.pass_back)

    def __add__(self, other):
        done = super().__add__(other)
        return ParentAlone(done.data, done.parents, done.pass_back)


class OneFunctionEach(right.Tensor):
    """The product has a way back for each parent in place of one for both."""

    def __matmul__(self, other):
        ways = (lambda grad: grad @ other.data.T, lambda grad: self.data.T @ grad)
        return OneFunctionEach(self.data @ other.data, (self, other), ways)


class ClipsInPlace(right.Tensor):
    """The ReLU cuts off its input, too."""

    def relu(self):
        done = super().relu()
        np.maximum(self.data, 0, out=self.data)
        return ClipsInPlace(done.data, (self,), done.pass_back)

    def __matmul__(self, other):
        done = super().__matmul__(other)
        return ClipsInPlace(done.data, done.parents, done.pass_back)

    def __add__(self, other):
        done = super().__add__(other)
        return ClipsInPlace(done.data, done.parents, done.pass_back)


class GivesGradients(right.Tensor):
    """The way back adds to the parents' gradients, and returns them as well."""

    def __matmul__(self, other):
        done = super().__matmul__(other)

        def pass_back(grad):
            self.grad = self.grad + grad @ other.data.T
            other.grad = other.grad + self.data.T @ grad
            return done.pass_back(grad)

        return GivesGradients(done.data, (self, other), pass_back)
