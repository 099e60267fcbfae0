"""Welsh beside English: the templates are the catalogue, so none is marked.

`segments` cuts a template into what a reader reads as one piece; `loader` puts the
Welsh in its place once, when a template is compiled for Welsh, so that no page pays
for it; `catalogue` collects what there is to translate, from templates, from calls
of gettext and from the names of the law. Addresses under /cy/ are in Welsh.
"""
