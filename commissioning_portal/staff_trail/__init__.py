"""What staff tried to do at the desk: who, when, in which role, on what, with what result.

`middleware` writes a row for every form sent and every file taken that is for staff
alone, done or refused; `models` keeps it, append-only, for a set time; `admin` shows it
to a body's auditors and administrators. What is public stays in the record.
"""
