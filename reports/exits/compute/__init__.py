"""Frames in, frames out: which exits count, why, and what the rates are."""
