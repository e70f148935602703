"""The CV: looked at as it will be printed, chosen line by line, taken away as a PDF or as a text file."""
