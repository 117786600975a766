"""The room of one explorer: neuron."""
