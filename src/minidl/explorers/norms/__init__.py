"""The room of one explorer: norms."""
