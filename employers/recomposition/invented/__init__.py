"""Invented territories, for tests, benchmarks and demonstrations."""
