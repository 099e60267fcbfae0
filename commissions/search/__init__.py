"""Full-text search of commissions, on both databases without another server.

`parser` says what a search means and how text is cut into words, without a
database; `schema` where the words of commissions are kept; `backends` all that
differs between SQLite and PostgreSQL; `index` keeps them, called by the verbs
and importers that change public words; `query` finds and ranks.
"""
