"""The data kept about a person: taking a copy, asking, answering, what was agreed, until when they are kept."""
