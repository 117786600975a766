"""Mistakes that learners make, a file for each exercise."""
