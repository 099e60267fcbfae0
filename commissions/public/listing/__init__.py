"""Lists: one way to declare a list, its filters, its pages and its files.

A list is declared in the package of its subject, in three files (a short export
stands in `views.py`):

- `filters.py`: a `ListFilter` names the rows, the filters and `orders`, each a
  list of `keyset.Part`. What makes no sense is refused in a sentence and left out.
- `exports.py`: `EXPORT = Export("contracts", COLUMNS, read)`, where each
  `Column(heading, getter)` is one column of the CSV, JSON and XLSX files; a
  getter is the name of an attribute (with dots) or a function of the row.
- `views.py`: a `ListPage` names the filters, the template, the words and the
  export, and says in `present` what a page of rows shows; `index =
  list_view(ContractList)` and `export = EXPORT.view(ContractFilter)` answer.

The template extends `commissions/listing/list.html` and is given the page whole.
"""
