"""The room of one explorer: noisy valley."""
