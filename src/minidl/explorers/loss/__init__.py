"""The room of one explorer: loss."""
