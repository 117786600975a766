"""Solutions of the exercises in the lesson `example_lesson`."""


def square(x):
    return x**2
