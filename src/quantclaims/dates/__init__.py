"""Dated phrases: absolute and relative dates, periods and ranges, resolved to EDTF."""
