"""What casework's pages ask. A form checks; the actions save."""
