"""What a tender, a lot, an award or a contract is worth, in words."""

from commissions.text.formats import amount


def worth(row, commission) -> str:
    """Write a row's value, and whether it counts VAT; nothing where none is known.

    Staff give a value without VAT, as their form asks. A notice that gives one amount
    alone does not say.
    """
    says_vat = excludes_vat(row, commission)
    return amount(row.amount, row.amount_gross, row.currency, says_vat=says_vat)


def excludes_vat(row, commission) -> bool:
    """Tell whether the amount of a row is known to count no VAT."""
    return commission.kept_here or row.amount_gross is not None
