"""A made-up county to try the portal with: two authorities, three schemes, some 2,000 places, three years.

Nothing in it exists. Names are put together from word lists, the towns lie in the open sea, postcodes begin
with a letter that no British postcode begins with, and telephone numbers are of a range kept for fiction.
It is written as ratings-csv files and imported like any authority's, batch after batch. Only the day it is
counted from and the seed decide what is in it.
"""
