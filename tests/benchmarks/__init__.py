"""Measurements, each run by itself and printed; none decides whether a test passes."""
