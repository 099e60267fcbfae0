"""The demonstration: a fictional county, its public bodies and their commissions.

Each file tells one subject; `loading.LOADERS` is their order. Days are counted
from the day of loading, so that the story is always under way: -30 is thirty
days ago, 14 in a fortnight. Nobody in it exists.
"""
