"""The room of one explorer: nudge."""
