"""Correcting what was typed, and taking back what was typed by mistake; the trail keeps what it said before.

A correction passes the rules of a creation. What is taken back goes, like an interview (decision 0021): a row hidden
behind a status would one day be counted. What rests on it is told first, and never goes in silence (decision 0049).
"""
