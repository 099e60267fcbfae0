"""A page for staff with every component and picture on it, in four states."""
