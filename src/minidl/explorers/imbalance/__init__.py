"""The room of one explorer: imbalance."""
