"""What scikit-learn calls a random state, as NumPy's new kind of generator."""

from __future__ import annotations

from typing import Any

import numpy as np

from minidl.validation import as_generator


def generator_of(random_state: Any) -> np.random.Generator:
    """Return NumPy's new kind of generator for what scikit-learn calls a random state.

    Examples
    --------
    >>> generator_of(np.random.RandomState(0)).random() == generator_of(0).random()
    False
    """
    if isinstance(random_state, np.random.RandomState):
        random_state = int(random_state.randint(2**31 - 1))
    return as_generator(random_state)
