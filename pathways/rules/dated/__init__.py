"""The rules that change with time: each with its day, its source and how sure we are."""
