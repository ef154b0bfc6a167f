"""The form for readers: one HTML file that needs nothing else and sends nothing anywhere."""

from claimcompare.report.page.rendering import in_a_frame, to_html

__all__ = ["in_a_frame", "to_html"]
