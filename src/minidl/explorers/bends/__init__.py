"""The room of one explorer: bends."""
