"""The room of one explorer: learning rate."""
