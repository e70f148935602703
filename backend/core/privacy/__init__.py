"""What is kept about people: of which class each column is, why and how long, given to whom it is about, erased.

Nothing here knows a table by name: each house declares its own (`tables.register`), and a test of the house walks every
model and every column (SEC-32).
"""
