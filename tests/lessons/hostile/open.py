"""How many hostile answers of an exercise are neither refused nor explained yet.

Most of them seem to compute what the solution does (an integer made of an integer, the size of a
positive number), which nobody has shown yet. The numbers may fall, never rise.
"""

import numpy as np

OPEN = {
    "activations/clipped-line": int(np.__version__.startswith("1.")),  # its scalars widen nothing
    "moons/arcs": 25,
    "moons/network": 16,
    "moons/bce": 2,
    "moons/bce-gradient": 4,
    "moons/broadcast": 2,
    "moons/log-of-zero": 3,
    "training/train": 7,
    "training/best": 22,
    "training/runner": 4,
    "training/listener": 2,
}
