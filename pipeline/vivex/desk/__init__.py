"""The review desk: the paper beside its form, in a browser, on one's own machine; it writes only through `people`."""
