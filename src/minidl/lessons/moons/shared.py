"""Predictions and labels that the exercises on the loss share."""

import numpy as np

P = np.array([[0.9], [0.2], [0.6]])
Y = np.array([[1.0], [0.0], [0.0]])
SOFT = np.full((1, 1), 0.3)
"""A label between 0 and 1, for the first prediction."""
