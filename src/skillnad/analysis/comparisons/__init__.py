"""What follows when groups, units, occasions or months are set beside each other: differences with intervals, places in
an order, limits, and what a page of them may say.

`questions` is what is asked: each holds a plain question, `of`. The door counts and protects the plain question; what
is made here is made of its protected table, and of no other rows than `Rows` tells of, inside the door.
"""
