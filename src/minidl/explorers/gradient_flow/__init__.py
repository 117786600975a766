"""The room of one explorer: gradient flow."""
