"""The room of one explorer: regularization."""
