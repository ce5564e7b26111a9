"""Protecting children: strategy discussions, section 47 enquiries, conferences and core groups.

Where there is reasonable cause to suspect that a child is suffering, or is likely to suffer,
significant harm, the authority makes enquiries and decides with the other agencies what is done
(Children Act 1989, section 47; Working Together to Safeguard Children, chapter 3). Each is made
once for a family, with a part for every child in the household.
"""
