"""Mutants: which changes to a rule does no test notice?

`make mutants` changes one operator, constant, condition or statement of a module at a time and runs
the tests that are the module's own against it (DeMillo, Lipton and Sayward 1978, "Hints on test
data selection"). Which modules, and which tests are theirs: `policy.py`.
"""
