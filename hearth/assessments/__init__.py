"""Assessment of a child and their family: initial, core and single.

The duty is to find out what a child needs, with their family and with the agencies that know them,
and to decide what is done about it (Children Act 1989, sections 17 and 47; Working Together to
Safeguard Children). An assessment is made once for a family, with a part for each child.
"""
