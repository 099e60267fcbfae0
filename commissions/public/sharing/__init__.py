"""Being found and shared: site maps, icons, pictures of pages, data for search engines."""
