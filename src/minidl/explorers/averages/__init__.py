"""The room of one explorer: averages."""
