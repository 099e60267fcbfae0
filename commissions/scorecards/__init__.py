"""Scorecards: measures of how an organisation commissions, from the record alone.

`replay` reads entries into what each organisation did (`organisation_history`), `measures` say what is
counted, `figures` turn counts into numbers, trends and comparisons.
"""
