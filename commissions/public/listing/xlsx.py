"""Lists as a spreadsheet: every value as text or number, never a formula.

Written row by row to a temporary file, so that a hundred thousand rows need no
more memory than a hundred.
"""

import tempfile

import xlsxwriter

LONGEST = 32_767
"""Characters in one cell, as Excel has it."""
CUT = " … [cut: the CSV and JSON files have the whole]"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def write_spreadsheet(name, heads, rows):
    """Write rows (lists of values) under their heads; return the file, at its start."""
    kept = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(kept, {"constant_memory": True})
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.freeze_panes(1, 1)
    sheet.set_column(0, len(heads) - 1, 24)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head.replace("_", " ").capitalize(), bold)
    for number, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            write_cell(sheet, number, column, value, wrapped)
    book.close()
    kept.seek(0)
    return kept


def write_cell(sheet, row, column, value, look):
    """Write one value: numbers as numbers, yes and no in words, the rest as text."""
    if isinstance(value, bool):
        value = "yes" if value else "no"
    if isinstance(value, int):
        sheet.write_number(row, column, value, look)
    elif value:
        sheet.write_string(row, column, shorten_cell(str(value)), look)


def shorten_cell(text):
    """Cut a text that no cell can hold, saying where the whole is."""
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT
