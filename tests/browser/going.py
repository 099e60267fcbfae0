"""Going from page to page as a person does: nobody acts before the next is there.

A click returns as soon as the browser has been told of it; a test that went on
would ask the old page, or cut off the form it had just sent.
"""


def follow(target):
    """Click a link or button that leads to a page, and wait for that page."""
    with target.page.expect_navigation():
        target.click()


def enter(page):
    """Press Enter where that leads to a page, and wait for that page."""
    with page.expect_navigation():
        page.keyboard.press("Enter")
