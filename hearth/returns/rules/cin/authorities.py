"""The codes of local authorities, and of those that stand for one, that a UPN may begin with."""

import numpy as np
import numpy.typing as npt

# First and last of each run of codes, as three digits.
_RUNS = (
    *((1, 5), (201, 213), (301, 320), (330, 336), (340, 344), (350, 359), (370, 373), (380, 384)),
    *((390, 394), (420, 420), (660, 681), (701, 708), (800, 803), (805, 808), (810, 813)),
    *((815, 816), (820, 823), (825, 826), (830, 831), (835, 841), (845, 846), (850, 852)),
    *((855, 857), (860, 861), (865, 896), (908, 909), (916, 916), (919, 919), (921, 921)),
    *((925, 926), (928, 929), (931, 931), (933, 933), (935, 938), (940, 943)),
)
AUTHORITIES: npt.NDArray[np.int64] = np.concatenate(
    [np.arange(first, last + 1) for first, last in _RUNS]
)
