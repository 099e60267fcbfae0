"""Alerts: what people follow, and how they are told of it by email."""
