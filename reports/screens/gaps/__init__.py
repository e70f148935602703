"""« Carence »: the days without contract between two steps."""
