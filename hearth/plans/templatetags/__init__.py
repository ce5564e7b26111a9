"""Tags for the pages of meetings and plans."""
