"""The lists of commissions, organisations, services and those who decide.

A list is made from its query string, in this order. `filters` (for commissions)
or `shorter` (for the rest) reads what was asked, with `typed` fields for names
and pounds, and narrows a queryset to it; what makes no sense is refused in a
sentence and left out. `listing` puts it in an order and `paging` cuts one page
by keyset. `facets` counts, up to a number, what each further answer would
leave; `chosen` says what is on, each with the link that takes it off; `rows`
says a page of commissions in words, and `tables` and `calendars` write the same
list as files. The views in `commissions/views/*_list.py` only join these.
"""
