"""The room of one explorer: activation."""
