"""The report of a run: one HTML file that needs no network, built from the run folder alone."""

from acq_engine.report.page import build_report, write_report
from acq_engine.report.pdf import write_pdf

__all__ = ["build_report", "write_pdf", "write_report"]
