"""How many hostile answers of an exercise are neither refused nor explained yet.

Most of them seem to compute what the solution does (an integer made of an integer, the size of a
positive number), which nobody has shown yet. The numbers may fall, never rise.
"""

import numpy as np

OPEN = {
    "activations/clipped-line": int(np.__version__.startswith("1.")),  # its scalars widen nothing
}
