"""The room of one explorer: likelihood."""
