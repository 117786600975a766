"""Inputs and words that several exercises on neurons share."""

import numpy as np

X = np.array([[1.0, 2.0], [0.0, -1.0], [3.0, 0.5]])  # 3 samples, 2 features
W_AND_B = "two results, W and b (`return W, b`)"
