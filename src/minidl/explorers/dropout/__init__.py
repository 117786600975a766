"""The room of one explorer: dropout."""
