"""The demonstration: a fictional county, its public bodies and their commissions.

What is told stands in `data`, a TOML file a subject and one a commission;
`loading.LOADERS` names the verb that reads each file. Days are counted from the
day of loading, so that the story is always under way: -30 is thirty days ago, 14
in a fortnight. Amounts are pounds excluding VAT. Nobody in it exists.

A key of a table is a parameter of the verb that reads it, or a field of the model
that it makes; an organisation, post or service is named by its slug, a topic or
person by name, an area by its code, a commission by its reference. In a
commission's file `life` is what happens to it, each act with its `day` and one of
the verbs of `acts` and `procurement`; acts of one day happen in the order in which
they stand.
"""
