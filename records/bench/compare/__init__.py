"""The site beside Datasette and the food hygiene ratings of the United Kingdom, for three tasks of visitors.

Find the grade of a restaurant; have every fine over an amount under one article in one year as a file; find
out whether a sign is current. A browser walks each from the first page of each system, on a phone and on a
wide screen, counts the steps, takes a picture after each, and asserts by boxes whether the answer is on the
screen. `run.py` does all of it; docs/comparison.md says what came of it and what it does not show.
"""
