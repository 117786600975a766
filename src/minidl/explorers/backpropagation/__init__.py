"""The room of one explorer: backpropagation."""
