"""A person's rights on their data: a copy, a correction, a limitation, an erasure, and how long they are kept."""
