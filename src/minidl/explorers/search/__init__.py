"""The room of one explorer: search."""
