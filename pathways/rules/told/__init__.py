"""The rules as people read them: one line each, in plain French, with the values of the dated book."""
