"""The practice page: rail, question, answer, interviewer, hints, drawing."""

from components.practice.session import practice_session

practice_session()
