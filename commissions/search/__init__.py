"""Full-text search of commissions, on both databases without another server.

`words` says what a search means and how text is cut into words, without a
database; `tables` where the words of commissions are kept; `engines` all that
differs between SQLite and PostgreSQL; `filling` keeps the index, called by the
verbs and importers that change public words; `asking` finds and ranks.
"""
