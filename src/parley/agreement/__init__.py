"""From sourced rows to where an agreement stands as the reports tell it."""
