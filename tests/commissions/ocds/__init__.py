"""Tests of reading and importing OCDS."""
