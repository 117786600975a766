"""The room of one explorer: one weight."""
