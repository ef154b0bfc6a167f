"""How the two claims of a pair oppose each other."""

import pytest

from claimcompare.schema import Claim, OppositionKind
from claimcompare.stages.candidates import same_speaker
from claimcompare.stages.opposition import opposing
from tests.stages.test_candidates import claim

SHOT = claim("post:1", "Ines Quill", "The guards shot down 91 drones over Dorran.")


@pytest.mark.parametrize(
    ("denial", "kind"),
    [
        (claim("post:2", "Milo Strand", "The guards shot down 41 drones over Dorran."), "value"),
        (claim("post:2", "Milo Strand", "It is a lie.", cue="called"), "denied"),
        (claim("post:2", "Milo Strand", "The guards fired.", cue="denied"), "denied"),
        (claim("post:2", "Milo Strand", "No drone was over Dorran."), "denied"),
        (claim("post:2", "Milo Strand", "The guards slept all night."), "incompatible"),
        (claim("post:2", "Ines Quill", "The guards slept.", cue="corrected"), "withdrawn"),
        (claim("echo:2", "Quill", "She took back what she had said."), "withdrawn"),
        (claim("post:2", "Milo Strand", "She took back what she had said."), "incompatible"),
        (claim("post:2", "Ines Quill", "Она отозвала свои слова.", cue=None), "withdrawn"),
    ],
)
def test_the_words_of_the_denial_tell_its_kind(denial: Claim, kind: OppositionKind) -> None:
    pair = opposing(SHOT, denial)
    assert (pair.support, pair.denial, pair.kind) == (SHOT.id, denial.id, kind)
    assert pair.same_speaker == (denial.speaker != "Milo Strand")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (("post:1", "Ines Quill"), ("post:2", "Ines Quill"), True),
        (("post:1", "Ines Quill"), ("echo:1", "Quill"), True),
        (("echo:1", "Quill"), ("post:1", "Ines Quill"), True),
        (("post:1", "Ines Quill"), ("echo:1", "Ada Quill"), False),
        (("post:1", "Ines Quill"), ("echo:1", "Ines Marsh"), False),
        (("post:1", "Mayor of Dorran"), ("echo:1", "Dorran"), False),
        (("post:1", "Ines McQuill"), ("echo:1", "Quill"), False),
        (("post:1", "Green Rep. Ines Quill"), ("echo:1", "Representative Ines Quill"), True),
        (("post:1", "Ines Quill"), ("echo:1", "Ms. Quill"), True),
        (("post:1", "Ines Quill"), ("echo:1", "Ms. Brock"), False),
        (("post:1", "Ines E. Quill"), ("echo:1", "Ines Quill"), True),
        (("post:1", "Ines Quill"), ("echo:1", "Ms. Ines E. T. Quill"), True),
        (("post:1", "I. Quill"), ("echo:1", "Ines Quill"), False),
        (("post:1", "Ines E. Quill"), ("echo:1", "Ines H. E. Quill"), False),
        (("post:1", "Mayor of Dorran"), ("echo:1", "Mayor"), False),
        (("post:1", "President"), ("echo:1", "President"), True),
        (("post:1", "the mayor"), ("post:2", "the mayor"), True),
        (("post:1", "the mayor"), ("echo:1", "the mayor"), False),
        (("post:1", "the mayor"), ("echo:1", "mayor"), False),
        (("post:1", None), ("post:2", None), True),
        (("post:1", None), ("echo:1", None), False),
        (("post:1", None), ("post:2", "Ines Quill"), False),
        (("post:1", "Ines Quill"), ("echo:1", None), False),
    ],
)
def test_a_speaker_is_known_again(
    one: tuple[str, str | None], other: tuple[str, str | None], *, same: bool
) -> None:
    assert same_speaker(claim(*one, "Yes."), claim(*other, "No.")) is same
