"""Solutions of the exercises in the lesson `example_lesson`."""


def cube(x):
    return x**3
