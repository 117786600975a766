"""Solutions of the exercises in the lesson `slopes`."""


def chain_slope(links, x):
    product = 1.0
    for f, slope in links:
        product = product * slope(x)
        x = f(x)
    return product


def machine_slopes(w, x, b, c, v):
    left, right = w * x, b + c
    to_left = v if left > right else 0.0
    to_right = v - to_left
    return to_left * x, to_left * w, to_right, to_right, max(left, right)
