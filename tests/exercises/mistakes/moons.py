import numpy as np

MISTAKES = {
    "moons/bce": {
        "missing-mean": lambda p, y: -np.sum(y * np.log(p) + (1 - y) * np.log(1 - p)),
    },
}
