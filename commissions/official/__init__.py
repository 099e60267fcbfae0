"""Official lists, read into the portal: local authorities and CPV codes."""
