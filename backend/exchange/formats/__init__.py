"""The kinds of files people send: csv as they are, workbooks as they are."""
