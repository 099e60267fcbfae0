"""One search over everything, on both databases without another server.

`words` is the one spelling in which every list, filter and address compares text;
`parser` says what a search means; `models` and `schema` where words are kept;
`backends` all that differs between SQLite and PostgreSQL; `index` keeps the words,
called by the record with each entry; `query` finds and ranks; `spelling` mends.
"""
