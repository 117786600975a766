"""The room of one explorer: ctc."""
