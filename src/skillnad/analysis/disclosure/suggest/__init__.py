"""What a coarser table would win back: recodings that leave fewer gaps, best first.

An inside view. How many gaps another table would have follows from counts that are not shown, and who saw it of many
tables would learn of them. It is for the analyst before publishing: it is logged where it is shown, and no export, no
release and no report holds it.
"""
