"""The report of a run: one HTML file that needs no network, built from the run folder alone."""

from acq_engine.report.page import build_report, write_report

__all__ = ["build_report", "write_report"]
