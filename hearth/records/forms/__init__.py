"""What is asked on the pages of this room, and what is sent to its endpoints."""
