"""Tests of reading official lists."""
