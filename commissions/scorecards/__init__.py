"""Scorecards: measures of how an organisation commissions, from the record alone.

`history` reads entries into what each organisation did, `measures` say what is
counted, `figures` turn counts into numbers, trends and comparisons.
"""
