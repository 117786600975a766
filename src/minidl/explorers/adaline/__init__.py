"""The room of one explorer: adaline."""
