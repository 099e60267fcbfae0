"""What the home page and the pages of one thing show, in words and pictures.

A view loads a commission, a post, an organisation or a service; these modules
turn what it loaded into plain values a template can print: `line` the stages
from intention to review, `holders` and `ties` who is behind it, `invitations`
what is open to the reader, `dossier` its papers, `sentences` the record in
words, `glossary` what the law's codes mean, `amounts` and `distances` money and
time as people say them, `excerpts` and `results` a short list of other things,
`front` the home page. Lists use these; they never use lists.
"""
