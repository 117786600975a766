"""The room of one explorer: cross entropy."""
