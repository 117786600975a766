"""The room of one explorer: layers."""
