"""What the pages of casework are made of: read here, drawn by the templates."""
