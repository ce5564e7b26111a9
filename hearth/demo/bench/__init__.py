"""The benchmark: real pages and forms, walked by many workers at once, beside named baselines.

Nothing here is asserted in a test, for a figure is of one machine on one day. What is measured is
said with what it is measured against in the same minute: the bare health page, which is the same
server with no work to do, and the page's own queries run again by themselves.
"""
