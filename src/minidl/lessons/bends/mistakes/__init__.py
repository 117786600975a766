"""What learners do wrong in the lesson, a file for each exercise."""
