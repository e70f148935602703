"""Full-time equivalents (ETP): hours of each structure made into posts, month by month, beside what was agreed."""
