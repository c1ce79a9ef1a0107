"""Do the tests notice a fault? Small changes of the code, one at a time, each to be noticed by a test."""
