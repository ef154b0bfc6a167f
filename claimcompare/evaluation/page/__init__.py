"""An evaluation as one HTML file that needs nothing else and sends nothing anywhere."""

from claimcompare.evaluation.page.rendering import to_html

__all__ = ["to_html"]
