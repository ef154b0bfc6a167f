"""Gold for whole comparisons: events, with what the articles about them dispute."""

from pathlib import Path

from claimcompare.evaluation.adapters.collect import collect, comparison_sameness
from claimcompare.evaluation.adapters.events import FORM, event_files, read_events
from claimcompare.evaluation.adapters.forms import in_folder, read_forms, unrecognised
from claimcompare.evaluation.adapters.rows import located, read_table
from claimcompare.evaluation.gold import ComparisonItem, Gold


def read_comparisons(path: Path | str) -> Gold[ComparisonItem]:
    """The gold comparison of an event, or of each in a folder; raises GoldError."""
    source = located(path)
    files = event_files(source)
    if not files and source.is_dir():
        raise unrecognised(source, in_folder(source), (FORM,))
    found = read_events(files) if files else read_forms(read_table(source), (), (FORM,))
    return collect(source, found, Gold[ComparisonItem], comparison_sameness)
