"""The front door: contacts about children, what was decided about them, and referrals.

The duty is to decide within one working day what a report about a child calls for (Working Together
to Safeguard Children 2023, chapter 3; Children Act 1989, sections 17 and 47). A *contact* is what
somebody told us. A *referral* is a contact a manager accepted as asking for our service; it opens
each child's episode.
"""
