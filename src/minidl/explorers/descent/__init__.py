"""The room of one explorer: descent."""
