"""How the answers of the lesson are graded, a file for each exercise."""
