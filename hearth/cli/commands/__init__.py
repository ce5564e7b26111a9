"""One module for each command that is not another room's own."""
