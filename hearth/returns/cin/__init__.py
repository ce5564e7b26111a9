"""The children in need census: an authority's yearly return of referred and open children."""
