"""The room of one explorer: convolution."""
