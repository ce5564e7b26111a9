"""The same lives, lived by many more families: rows written in bulk for a borough of any size.

Some hundreds of families live their stories through the rooms' own actions. Every row those actions
wrote is then written again for other families: other people, of the same community and near the
same age, at other addresses, with other workers of the same grade in teams of the same kind. So no
rule of any room is written a second time here, and a room added later is copied with the rest.
`checks` proves at the end that what holds for the lives that were lived holds for all of them.
"""
