"""How the law says its sentences in another language, without knowing of any."""


def names():
    """Return the names in the data of the law that pages show."""
    return []
