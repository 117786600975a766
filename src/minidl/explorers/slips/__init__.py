"""The room of one explorer: slips in a training loop."""
