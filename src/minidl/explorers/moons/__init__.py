"""The room of one explorer: moons."""
