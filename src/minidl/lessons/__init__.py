"""The rooms of the lessons: solutions, checks and mistakes of each, `minidl.lessons.<slug>`."""
