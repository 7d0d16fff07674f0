"""vivex: in-vivo extraction. Read papers of animal studies and pre-fill a systematic review's forms, with evidence."""

__version__ = "0.1.0"
