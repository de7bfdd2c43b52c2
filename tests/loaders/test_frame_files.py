"""Frames as files: what is refused, with where it stands, and whose frame counts."""

from pathlib import Path

import pytest

from kg.errors import DataError
from kg.ontology import load_ontology
from loaders.frame_files import Frame, check_frame, read_frames

VISIT = '[[frames]]\nid = "visit"\ntype = "CONSULT"\nrelation = "VISITED"\n'


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "DANCE"}, "DANCE/VISITED is not in the ontology"),
        ({"relation": "ACCUSED"}, "CONSULT/ACCUSED is not in the ontology"),
        ({"mode": "siege"}, "CONSULT has no mode siege"),
        ({"contexts": ("weather",)}, "unknown context weather"),
    ],
)
def test_a_frame_outside_the_ontology_is_refused(change: dict[str, object], reason: str) -> None:
    values: dict[str, object] = {"id": "visit", "type": "CONSULT", "relation": "VISITED", **change}
    with pytest.raises(DataError, match=reason):
        check_frame(Frame(**values), load_ontology())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ('verbs = ["visit"', "cannot be read"),
        ('[frame]\nid = "visit"', "holds something else than frames"),
        (VISIT, r"own.toml:1: visit.*has no trigger"),
        (VISIT + 'verbs = ["visit"]\nverb = "visit"', "unknown field verb"),
        (VISIT + 'verbs = "visit"', r'"verbs" must be a list of texts'),
        (VISIT + 'verbs = ["visit"]\nsingle = "yes"', r'"single" must be true or false'),
        (VISIT + 'verbs = ["visit"]\nmode = 1', r'"mode" must be a text'),
        (VISIT + 'verbs = ["visit"]\nexamples = ["x"]', r'"examples" must be a list of tables with a text'),
        ((VISIT + 'verbs = ["visit"]\n') * 2, r"own.toml:6: visit.*two frames of this id"),
        ('[[frames]]\nid = "visit"\nverbs = ["visit"]', "own.toml:1: visit: lacks type, relation"),
        ('[[frames]]\nverbs = ["visit"]', "own.toml:1: a frame without id: lacks id, type, relation"),
    ],
)
def test_a_file_that_is_wrong_is_refused(tmp_path: Path, content: str, reason: str) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "own.toml").write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=reason):
        read_frames(tmp_path)


def test_a_users_frame_takes_the_place_of_ours(tmp_path: Path) -> None:
    (tmp_path / "events").mkdir()
    (tmp_path / "events" / "own.toml").write_text(VISIT + 'verbs = ["pop in"]', encoding="utf-8")
    own = [frame for frame in read_frames(tmp_path) if frame.id == "visit"]
    assert [frame.verbs for frame in own] == [(("pop", "in"),)]
    assert len(read_frames(tmp_path)) == len(read_frames())
