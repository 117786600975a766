"""The room of one explorer: race."""
