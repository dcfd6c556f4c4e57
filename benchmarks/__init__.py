"""How fast and how small it is: every bar of the project as a ratio, measured in one run.

    python -m benchmarks             all tables
    python -m benchmarks --quick     small catalogues: does it still run?
    python -m benchmarks --only search

A machine is fast today and slow tomorrow; a ratio of two things done one after the other, again and
again, moves much less.  So every bar is a ratio, and processor time is compared, not the clock.
"""
