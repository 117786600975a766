"""The room of one explorer: what it sees."""
