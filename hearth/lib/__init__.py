"""Plain Python with no models: dates, periods, codes, identifiers, names, errors."""
