"""A clinic for trainings: healthy ones, the same with one fault each, and cheap examinations.

A `Training` is a set of functions, one for each of its parts. A `Patient` is a training in which
one of them has been exchanged for a faulty one; its fault is a few lines of code that really run.
"""

from minidl.clinic.examinations import AT_THE_START, EXAMINATIONS, first_look
from minidl.clinic.patients import PATIENTS, Patient, patient, patient_in
from minidl.clinic.training import Course, Training, course_of, cross_entropy, epochs_of

__all__ = [
    "AT_THE_START",
    "EXAMINATIONS",
    "PATIENTS",
    "Course",
    "Patient",
    "Training",
    "course_of",
    "cross_entropy",
    "epochs_of",
    "first_look",
    "patient",
    "patient_in",
]
