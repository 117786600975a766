"""How many hostile answers of an exercise are neither refused nor explained yet.

Most of them seem to compute what the solution does (an integer made of an integer, the size of a
positive number), which nobody has shown yet. The numbers may fall, never rise.
"""

OPEN: dict[str, int] = {}
