"""The room of one explorer: schedules."""
