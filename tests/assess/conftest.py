"""Puts rob_paper, the assessor's test paper, within reach of the tests of every part."""
