"""Classes of activations made of two methods, one of which is mistaken."""

from minidl.nn import Activation


def activation(function, slope):
    """Return a class of activation with the given methods."""

    class Mistaken(Activation):
        """The exercise's activation with one of its two functions gone wrong."""

        def __init__(self, *arguments):
            super().__init__()
            self.arguments = arguments

        def function(self, x):
            return function(x, *self.arguments)

        def slope(self, x, a):
            return slope(x, a, *self.arguments)

    return Mistaken
