"""The room of one explorer: graph stepper."""
