"""Programs run under limits, and what is read back from them: fonts, measures, typeset pages."""
