"""Right answers that somebody else would write, a file for each lesson."""
