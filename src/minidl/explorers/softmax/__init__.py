"""The room of one explorer: softmax."""
