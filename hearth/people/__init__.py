"""People, families and relationships: who everybody is, with every fact dated."""
