"""Where I live: the list of places, a postcode looked up, the page of one, its map."""
