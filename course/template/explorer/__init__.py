"""The room of one explorer: example_lesson."""
