"""Alerts: what people follow, and how they are told of it by email.

`subjects` says what can be followed; `following` takes people on and lets them
go; `hearing` reads entries and notes whom each concerns (`concerns`);
`telling` writes the mail that is due, from `news`. The record's verbs know
nothing of it.
"""
