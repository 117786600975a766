"""The rooms of the lessons, one each, `minidl.lessons.<slug>`, all laid out alike.

`solutions.py` has the code that solves the exercises; for an exercise `<slug>/<word>`,
`checks/<word>.py` says what is right, and `mistakes/<word>.py` what learners do wrong.
"""
