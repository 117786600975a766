"""The room of one playground: watch it learn."""
