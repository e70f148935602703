"""Who may enter the IAE, by which criteria, with which documents, and how long that stands (R22, R23, R24)."""
