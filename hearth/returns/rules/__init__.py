"""The rules of the statutory returns, each declared by itself in the returns' own words."""
