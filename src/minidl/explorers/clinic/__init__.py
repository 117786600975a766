"""The room of one explorer: the clinic."""
