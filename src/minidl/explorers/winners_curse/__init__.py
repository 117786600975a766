"""The room of one explorer: the winner's curse."""
