"""Every shipped query on a small graph: what it returns, in which order, and how its text keeps to the dialect.

That Neo4j gives the same rows is tested with a real server, in tests/integration.
"""

import datetime
import re
from itertools import pairwise
from typing import Any

import networkx as nx
import pytest

from kg.engine import Engine
from kg.graph import build_graph
from kg.ids import event_id
from kg.ontology import load_ontology
from kg.queries import SavedQuery, bind, latest_publication, load_queries
from kg.render import Rows
from tests import factories

QUERIES = load_queries()
BOTH = [query for query in QUERIES.values() if query.engine == "both"]
GRAPH = build_graph(factories.queried_world(), load_ontology())
NAMES = {node["name"]: id for id, node in GRAPH.nodes(data=True) if node["labels"][0] == "Entity"}
UNTITLED = GRAPH.nodes["alder-3"]["name"]  # stands for the outlet that is not given
MEETING = event_id(["gazette-1:CONSULT:181-184"])

# For each query, parameters that give rows, and some columns of these rows.
CASES: list[tuple[str, dict[str, str], tuple[str, ...], list[tuple[Any, ...]]]] = [
    ("acts", {"actor": "Veska", "kind": "ACCUSE"}, ("type", "actors", "targets"), [("ACCUSE", ["Veska"], ["Tarn"])]),
    ("acts", {"actor": "Veska", "kind": "ACCUSED", "other": "Tarn"}, ("date",), [(datetime.date(2024, 7, 9),)]),
    ("acts", {"actor": "Tarn", "kind": "ACCUSE"}, ("date",), []),  # who is accused did not do it
    ("acts", {"other": "Veska", "kind": "ACCUSE"}, ("date",), []),
    (
        "acts",  # whoever meets somebody is met: such an event has two actors, and nobody to whom it was done
        {"other": "Mira Talvik", "kind": "MET_WITH"},
        ("actors", "targets"),
        [(["Mira Talvik", "Oskar Brandt"], [])],
    ),
    ("acts", {"actor": "Mira Talvik", "other": "Mira Talvik"}, ("date",), []),
    (
        "actor-timeline",
        {"actor": "Southhaven"},
        ("date", "type", "role", "others", "caveat", "attributedTo"),
        [
            (datetime.date(1998, 1, 1), "ASSAULT", "actor", ["Norland"], "historical", []),
            (datetime.date(2024, 9, 2), "THREATEN", "actor", ["Estmark"], None, ["Coastal Union"]),
            (datetime.date(2024, 10, 1), "AGREE", "target", ["Oskar Brandt"], "planned", []),
            (datetime.date(2025, 3, 1), "SUPPORT", "actor", ["Estmark", "Norland"], None, []),
            (None, "ACCUSE", "target", ["Estmark"], None, []),
        ],
    ),
    (
        "actor-timeline",  # a period takes in what it overlaps, and leaves out what has no date
        {"actor": "Estmark", "since": "2024-06-20", "until": "2025-03-10"},
        ("date", "datePrecision", "dateBasis", "sources"),
        [
            (datetime.date(2024, 6, 20), "day", "published", ["Harbour Gazette"]),
            (datetime.date(2024, 9, 2), "day", "text", ["Inland Courier"]),
            (datetime.date(2025, 3, 1), "month", "text", [UNTITLED]),
        ],
    ),
    (
        "actor-timeline",
        {"actor": "Norland", "since": "2024-08-31", "until": "2024-08-31"},
        ("date", "caveat", "sentence"),
        [
            (
                datetime.date(2024, 8, 1),
                "negated",
                "Oskar Brandt, prime minister of Estmark, did not visit Norland in August 2024.",
            )
        ],
    ),
    ("actor-timeline", {"actor": "Southhaven", "limit": "1"}, ("type",), [("ASSAULT",)]),
    (
        "events-between",
        {"actor": "Estmark", "other": "Southhaven"},
        ("date", "type", "actors", "targets", "attributedTo", "sentence"),
        [
            (
                datetime.date(2024, 9, 2),
                "THREATEN",
                ["Southhaven"],
                ["Estmark"],
                ["Coastal Union"],
                "According to the Coastal Union, Southhaven threatened Estmark on Monday.",
            ),
            (
                datetime.date(2025, 3, 1),
                "SUPPORT",
                ["Estmark", "Norland", "Southhaven"],
                [],
                [],
                "Norland, Estmark and Southhaven signed the Alder Treaty in March 2025.",
            ),
            (None, "ACCUSE", ["Estmark"], ["Southhaven"], [], "Estmark accused Southhaven of smuggling."),
        ],
    ),
    (
        "agreements",
        {},
        ("date", "relation", "parties", "sources"),
        [
            (datetime.date(2024, 6, 20), "SIGNED_AGREEMENT_WITH", ["Estmark", "Norland"], ["Harbour Gazette"]),
            (datetime.date(2025, 3, 1), "SIGNED_AGREEMENT_WITH", ["Estmark", "Norland", "Southhaven"], [UNTITLED]),
        ],
    ),
    ("agreements", {"actor": "Southhaven"}, ("date",), [(datetime.date(2025, 3, 1),)]),
    ("agreements", {"until": "2024-12-31"}, ("date",), [(datetime.date(2024, 6, 20),)]),
    (
        "who-said-what",
        {},
        ("published", "speaker", "words", "quoted", "source", "url", "start"),
        [
            (
                datetime.date(2024, 6, 20),
                "Mira Talvik",
                "The sea feeds both of us,",
                True,
                "Harbour Gazette",
                "https://gazette.example/1",
                200,
            ),
            (datetime.date(2024, 7, 21), "Veska", "piracy", False, "Strait Monitor", None, 179),
            (datetime.date(2024, 7, 21), "Ilan Orre", "Tarn must answer,", True, "Strait Monitor", None, 226),
            (None, None, "It was overdue,", True, None, None, 148),
        ],
    ),
    ("who-said-what", {"speaker": "Mira Talvik", "words": "SEA"}, ("statementId",), [("gazette-1:says:200-225:234",)]),
    ("who-said-what", {"speaker": "Oskar Brandt"}, ("statementId",), []),
    (
        "event-evidence",
        {"event": MEETING},
        ("sentence", "start", "end", "trigger", "triggerStart", "triggerEnd", "attributedTo", "url"),
        [
            (
                "The Norland News Agency (NNA) reported that Talvik met Oskar Brandt.",
                130,
                198,
                "met",
                181,
                184,
                "Norland News Agency",
                "https://gazette.example/1",
            )
        ],
    ),
    (
        "articles-for-event",
        {"event": MEETING},
        ("published", "source", "article", "copyOf", "date", "polarity", "attributedTo", "articleId", "claimId"),
        [
            (
                datetime.date(2024, 6, 20),
                "Harbour Gazette",
                GRAPH.nodes["gazette-1"]["name"],
                None,
                datetime.date(2024, 6, 20),
                "affirmed",
                "Norland News Agency",
                "gazette-1",
                "gazette-1:CONSULT:181-184",
            )
        ],
    ),
    (
        "single-source-claims",  # who denies the threat does not stand behind it
        {"actor": "Southhaven", "until": "2024-12-31"},
        ("articles", "claims", "date", "caveat", "sources", "attributedTo", "sentence"),
        [
            (
                2,
                1,
                datetime.date(2024, 9, 2),
                None,
                ["Inland Courier"],
                ["Coastal Union"],
                "According to the Coastal Union, Southhaven threatened Estmark on Monday.",
            ),
            (
                1,
                1,
                datetime.date(1998, 1, 1),
                "historical",
                [UNTITLED],
                [],
                "Norland, a member of the Coastal Union, was attacked by Southhaven in 1998.",
            ),
            (
                1,
                1,
                datetime.date(2024, 10, 1),
                "planned",
                ["Inland Courier"],
                [],
                "Brandt plans to travel to Southhaven next month.",
            ),
        ],
    ),
    (
        "contradictions",
        {},
        ("date", "differ", "sentence", "attributedTo", "source", "otherSentence", "otherAttributedTo", "otherSource"),
        [
            (
                datetime.date(2024, 9, 2),
                "polarity",
                "According to the Coastal Union, Southhaven threatened Estmark on Monday.",
                "Coastal Union",
                "Inland Courier",
                "Southhaven did not threaten Estmark on Monday, Oskar Brandt said.",
                "Oskar Brandt",
                "Herald of the North",
            )
        ],
    ),
    ("contradictions", {"actor": "Norland"}, ("claimId",), []),
    (
        "neighbourhood",
        {"entity": "Norland"},
        ("neighbour", "kind", "relation", "direction", "title", "count", "firstDate"),
        [
            ("Estmark", "Country", "SIGNED_AGREEMENT_WITH", "both", None, 2, datetime.date(2025, 3, 1)),
            ("Estmark", "Country", "ALLIED_WITH", "out", None, 1, datetime.date(2025, 3, 1)),
            ("Southhaven", "Country", "ATTACKED", "in", None, 1, datetime.date(1998, 1, 1)),
            ("Mira Talvik", "Person", "LEADS", "in", "President", 1, datetime.date(2019, 5, 14)),
            ("Coastal Union", "Organization", "MEMBER_OF", "out", None, 1, None),
            ("Southhaven", "Country", "SIGNED_AGREEMENT_WITH", "both", None, 1, datetime.date(2025, 3, 1)),
        ],
    ),
    (
        "offices",  # as of the latest publication, 2024-09-03
        {},
        ("holder", "relation", "title", "body", "since", "until", "known", "lastStated", "articles"),
        [
            (
                "Oskar Brandt",
                "LEADS",
                "prime minister",
                "Estmark",
                "2021",
                "2024-11",
                "dated",
                datetime.date(2024, 9, 3),
                1,
            ),
            (
                "Mira Talvik",
                "LEADS",
                "President",
                "Norland",
                "2019-05-14",
                None,
                "last known 2024-03-31",
                datetime.date(2024, 6, 20),
                1,
            ),
            ("Ilan Orre", "LEADS", "President", "Veska", None, None, "undated", datetime.date(2024, 7, 21), 1),
        ],
    ),
    ("offices", {"body": "Norland", "asOf": "2024-03-31"}, ("holder", "known"), [("Mira Talvik", "dated")]),
    ("offices", {"holder": "Mira Talvik", "asOf": "2019-05-13"}, ("known",), []),  # not yet
    ("offices", {"body": "Estmark", "asOf": "2020-12-31"}, ("known",), []),
    ("offices", {"body": "Estmark", "asOf": "2021-03-01"}, ("known",), [("uncertain",)]),  # on some day of 2021
    ("offices", {"body": "Estmark", "asOf": "2022-03-01"}, ("known",), [("dated",)]),
    ("offices", {"body": "Estmark", "asOf": "2024-11-30"}, ("known",), [("uncertain",)]),
    ("offices", {"body": "Estmark", "asOf": "2024-12-01"}, ("known",), []),  # over
    (
        "memberships",
        {"asOf": "1990-01-01"},
        ("member", "kind", "organisation", "since", "until", "known", "lastStated", "sentence"),
        [
            (
                "Norland",
                "Country",
                "Coastal Union",
                None,
                None,
                "undated",
                None,
                "Norland, a member of the Coastal Union",
            )
        ],
    ),
    ("memberships", {"organisation": "Coastal Union", "undated": "false"}, ("member",), []),
    ("memberships", {"member": "Estmark"}, ("member",), []),
    (
        "alliances",  # whichever of the two the text calls the other's ally
        {"asOf": "2025-04-01"},
        ("first", "relation", "second", "since", "until", "known", "lastStated"),
        [("Estmark", "ALLIED_WITH", "Norland", "2025-03", None, "uncertain", None)],  # its article has no day
    ),
    ("alliances", {"entity": "Norland", "asOf": "2025-03-01"}, ("first", "second"), [("Norland", "Estmark")]),
    ("alliances", {"entity": "Estmark", "asOf": "2025-03-01"}, ("first", "second"), [("Estmark", "Norland")]),
    ("alliances", {"entity": "Southhaven", "asOf": "2025-03-01"}, ("first",), []),
    ("alliances", {}, ("first",), []),  # as of the latest publication: not yet
    (
        "shortest-path",
        {"from": "Mira Talvik", "to": "Southhaven"},
        ("step", "left", "right", "caveat", "attributedTo", "sentence"),
        [
            (
                1,
                "Mira Talvik",
                "Oskar Brandt",
                None,
                "Norland News Agency",
                "The Norland News Agency (NNA) reported that Talvik met Oskar Brandt.",
            ),
            (2, "Oskar Brandt", "Southhaven", "planned", None, "Brandt plans to travel to Southhaven next month."),
        ],
    ),
    ("shortest-path", {"from": "Norland", "to": "Norland"}, ("step",), []),
    (
        "most-active-pairs",  # neither a visit that did not happen nor one that is planned counts
        {},
        ("first", "second", "events", "cooperation", "conflict", "lastDate"),
        [
            ("Tarn", "Veska", 4, 0, 4, datetime.date(2024, 7, 10)),
            ("Estmark", "Southhaven", 3, 1, 2, datetime.date(2025, 3, 31)),
            ("Estmark", "Norland", 2, 2, 0, datetime.date(2025, 3, 31)),
            ("Norland", "Southhaven", 2, 1, 1, datetime.date(2025, 3, 31)),
            ("Ostmere", "Veska", 2, 1, 1, datetime.date(2024, 7, 20)),
            ("Estmark", "Mira Talvik", 1, 1, 0, datetime.date(2024, 6, 19)),
            ("Ostmere", "Gunmen", 1, 0, 1, datetime.date(2024, 7, 8)),
            ("Mira Talvik", "Oskar Brandt", 1, 1, 0, datetime.date(2024, 6, 20)),
        ],
    ),
    (
        "allies-and-rivals",
        {"actor": "Estmark", "asOf": "2025-04-01"},
        ("other", "kind", "verdict", "cooperation", "conflict", "together", "lasting", "lastDate"),
        [
            ("Southhaven", "Country", "rival", 1, 2, 0, [], datetime.date(2025, 3, 31)),
            ("Norland", "Country", "ally", 2, 0, 0, ["ALLIED_WITH"], datetime.date(2025, 3, 31)),
            ("Mira Talvik", "Person", "ally", 1, 0, 0, [], datetime.date(2024, 6, 19)),
        ],
    ),
    (
        "allies-and-rivals",
        {"actor": "Norland", "until": "1990-01-01", "asOf": "2025-04-01"},
        ("other", "verdict"),
        [("Estmark", None)],
    ),  # an alliance, and no event
    (
        "visits",  # one that did not happen and one that is planned are left out
        {},
        ("date", "visitor", "offices", "destinations", "sentence"),
        [
            (
                datetime.date(2024, 6, 19),
                "Mira Talvik",
                ["President of Norland"],
                ["Estmark"],
                "President Mira Talvik of Norland visited Estmark on 19 June 2024.",
            )
        ],
    ),
    ("visits", {"place": "Norland"}, ("visitor",), []),
    ("visits", {"place": "Estmark", "actor": "Mira Talvik"}, ("visitor",), [("Mira Talvik",)]),
    (
        "brokers",
        {},
        ("broker", "kind", "partners", "apart", "pairs", "openness", "between"),
        [
            ("Ostmere", "Country", 2, 1, 1, 1.0, ["Veska", "Gunmen"]),
            ("Veska", "Country", 2, 1, 1, 1.0, ["Tarn", "Ostmere"]),
            ("Estmark", "Country", 3, 1, 3, 1 / 3, ["Southhaven", "Norland", "Mira Talvik"]),
        ],
    ),
    ("brokers", {"entity": "Estmark", "partners": "2"}, ("broker",), []),  # those two meet
    (
        "monthly-balance",  # what has no date stands in no month
        {"actor": "Estmark", "other": "Southhaven"},
        ("month", "cooperation", "conflict", "balance", "together", "sentence"),
        [
            ("2024-09", 0, 1, -1, 0, "According to the Coastal Union, Southhaven threatened Estmark on Monday."),
            ("2025-03", 1, 0, 1, 0, "Norland, Estmark and Southhaven signed the Alder Treaty in March 2025."),
        ],
    ),
    (
        "monthly-balance",
        {"actor": "Norland", "other": "Southhaven", "until": "2000-01-01"},
        ("month",),
        [],
    ),  # "in 1998"
    (
        "rising-tension",
        {"asOf": "2024-07-10", "days": "3"},  # 8 to 10 July against 5 to 7 July
        ("first", "second", "recent", "before", "rise", "lastDate", "sentence"),
        [
            ("Tarn", "Veska", 2, 1, 1, datetime.date(2024, 7, 10), "Tarn denied it a day later."),
            (
                "Ostmere",
                "Gunmen",
                1,
                0,
                1,
                datetime.date(2024, 7, 8),
                "Tarnish state television reported that gunmen had attacked Ostmere on 8 July.",
            ),
        ],
    ),
    ("rising-tension", {"asOf": "2024-07-12", "days": "3"}, ("first",), []),
    (
        "mediators",
        {"actor": "Norland", "other": "Southhaven"},
        ("mediator", "mediated", "withActor", "withOther", "sentence"),
        [("Estmark", 1, 3, 1, "Norland, Estmark and Southhaven signed the Alder Treaty in March 2025.")],
    ),
    ("mediators", {"actor": "Tarn", "other": "Ostmere"}, ("mediator",), []),  # who only punishes both is none
    (
        "common-neighbours",
        {"actor": "Norland", "other": "Southhaven"},
        ("neighbour", "relations", "count", "otherRelations", "otherCount"),
        [
            (
                "Estmark",
                ["ALLIED_WITH", "SIGNED_AGREEMENT_WITH"],
                3,
                ["ACCUSED", "SIGNED_AGREEMENT_WITH", "THREATENED"],
                3,
            )
        ],
    ),
    (
        "accusations",
        {},
        ("date", "accusers", "accused", "words", "rebuttal", "rebuttedBy", "sentence"),
        [
            (
                datetime.date(2024, 7, 9),
                ["Veska"],
                ["Tarn"],
                "piracy",
                "Tarn denied it a day later.",
                ["Tarn"],
                "Veska accused Tarn of piracy on 9 July.",
            ),
            (None, ["Estmark"], ["Southhaven"], None, None, [], "Estmark accused Southhaven of smuggling."),
        ],
    ),
    ("accusations", {"actor": "Veska", "days": "0"}, ("rebuttal",), [(None,)]),
    ("accusations", {"other": "Southhaven"}, ("accusers",), [(["Estmark"],)]),
    (
        "unfulfilled-threats",  # Veska's is followed by sanctions; and one that is denied stays a threat
        {},
        ("date", "threatener", "target", "window", "attributedTo", "sentence"),
        [
            (
                datetime.date(2024, 9, 2),
                "Southhaven",
                "Estmark",
                "open",
                ["Coastal Union"],
                "According to the Coastal Union, Southhaven threatened Estmark on Monday.",
            )
        ],
    ),
    ("unfulfilled-threats", {"actor": "Veska", "days": "3"}, ("target", "window"), [("Tarn", "over")]),
    (
        "sanctions-in-force",
        {"asOf": "2024-07-19"},
        ("sanctioner", "target", "since", "events"),
        [("Veska", "Tarn", datetime.date(2024, 7, 5), 1), ("Veska", "Ostmere", datetime.date(2024, 7, 6), 1)],
    ),
    ("sanctions-in-force", {"asOf": "2024-07-20"}, ("target",), [("Tarn",)]),  # those on Ostmere are lifted
    ("sanctions-in-force", {"asOf": "2024-07-04"}, ("target",), []),
    (
        "new-since",
        {"since": "2024-09-01"},  # the denial of the fourth tells no new event
        ("firstTold", "event", "caveat"),
        [
            (datetime.date(2024, 9, 3), "Planned: Oskar Brandt plans to visit Southhaven (2024-10)", "planned"),
            (datetime.date(2024, 9, 3), "Southhaven threatened Estmark (2024-09-02)", None),
            (datetime.date(2024, 9, 3), "Not: Oskar Brandt visited Norland (2024-08)", "negated"),
            (datetime.date(2024, 9, 3), "Estmark accused Southhaven", None),
        ],
    ),
    ("new-since", {}, ("event",), []),
    (
        "statements-about",
        {"entity": "Tarn"},  # "piracy" does not name it
        ("published", "speaker", "words", "quoted", "source"),
        [(datetime.date(2024, 7, 21), "Ilan Orre", "Tarn must answer,", True, "Strait Monitor")],
    ),
    ("statements-about", {"entity": "Tarn", "speaker": "Veska"}, ("words",), []),
    (
        "state-media-against-others",
        {},
        ("event", "stateMedia", "states", "sentence", "others", "otherSources"),
        [
            (
                "Gunmen attacked Ostmere (2024-07-08)",
                ["Tarnish state television"],
                ["TRN"],
                "Tarnish state television reported that gunmen had attacked Ostmere on 8 July.",
                None,
                [],
            )
        ],
    ),
    ("state-media-against-others", {"event": "gunmen attacked", "state": "TRN"}, ("states",), [(["TRN"],)]),
    ("state-media-against-others", {"state": "VSK"}, ("event",), []),
    (
        "events-at-place",  # in Port Alder, which lies in Estmark
        {"place": "Estmark"},
        ("date", "event", "places"),
        [(datetime.date(2024, 6, 20), "Norland and Estmark signed agreement", ["Port Alder"])],
    ),
    ("events-at-place", {"place": "Port Alder"}, ("places",), [(["Port Alder"],)]),
    (
        "hotspots",
        {},
        ("country", "violent", "hostile", "firstDate", "lastDate", "code"),
        [
            ("Norland", 1, 1, datetime.date(1998, 1, 1), datetime.date(1998, 12, 31), "NLD"),
            ("Ostmere", 1, 1, datetime.date(2024, 7, 8), datetime.date(2024, 7, 8), "OSM"),
        ],
    ),
    (
        "events-by-place",
        {},
        ("place", "events", "cooperation", "conflict", "latitude", "longitude", "country"),
        [
            ("Norland", 1, 0, 1, 61.0, 12.5, "NLD"),
            ("Ostmere", 1, 0, 1, None, None, "OSM"),
            ("Port Alder", 1, 1, 0, 59.4, 24.7, "EST"),
        ],
    ),
    ("hotspots", {"days": "90"}, ("country",), [("Ostmere",)]),
    ("unresolved-actors", {}, ("actor", "kind", "sector", "events"), [("Gunmen", "Group", "UAF", 1)]),
    ("unresolved-actors", {"kind": "Person"}, ("actor",), []),
    (
        "low-confidence-events",
        {},
        ("confidence", "event", "rule", "trigger", "attributedTo"),
        [(0.6, "Gunmen attacked Ostmere (2024-07-08)", "test", "attacked", ["Tarnish state television"])],
    ),
    ("low-confidence-events", {"below": "0.6"}, ("event",), []),
]

# What the embedded engine and Neo4j do not both understand, or not alike.
OUTSIDE_THE_DIALECT = {
    "a block comment": r"/\*",
    "an unbounded path": r"\*\s*(\d+\s*\.\.)?\s*\]",
    "a label expression": r"\(\w*:\w+[|&!]",
    "COLLECT {}": r"\bCOLLECT\s*\{",
    "a function of time": r"\.truncate\(|duration\.(between|inDays)|\btimestamp\(",
    "another function": r"\b(percentile\w+|stDevP|randomUUID)\(",
    "a plug-in": r"\bapoc\.",
    "a slice of collect() in the same clause": r"collect\([^()]*(\([^()]*\))?[^()]*\)\s*\[",
    "writing": r"\b(CREATE|MERGE|SET|DELETE|REMOVE|LOAD)\b",
}


@pytest.fixture(scope="module")
def engine() -> Engine:
    return Engine.load(GRAPH)


def run(engine: Engine, name: str, given: dict[str, str]) -> Rows:
    bound = bind(QUERIES[name], given, NAMES.__getitem__, lambda: latest_publication(engine.run))
    return engine.run(QUERIES[name].text, bound)


@pytest.mark.parametrize(("name", "given", "columns", "expected"), CASES)
def test_rows(
    engine: Engine, name: str, given: dict[str, str], columns: tuple[str, ...], expected: list[tuple[Any, ...]]
) -> None:
    found = run(engine, name, given)
    places = [found.columns.index(column) for column in columns]
    assert [tuple(row[place] for place in places) for row in found.rows] == expected


@pytest.mark.parametrize(("name", "given"), [case[:2] for case in CASES])
def test_rows_do_not_depend_on_the_order_of_the_graph(engine: Engine, name: str, given: dict[str, str]) -> None:
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(GRAPH.nodes(data=True))))
    for source, target, data in reversed(list(GRAPH.edges(data=True))):
        turned.add_edge(source, target, **data)
    assert run(Engine.load(turned), name, given) == run(engine, name, given)


def test_an_event_is_found_by_the_beginning_of_its_name(engine: Engine) -> None:
    name = GRAPH.nodes[MEETING]["name"]
    assert run(engine, "event-evidence", {"event": name[:-1].upper()}) == run(
        engine, "event-evidence", {"event": MEETING}
    )


def test_every_query_for_both_engines_has_a_case_with_rows() -> None:
    assert {case[0] for case in CASES if case[3]} == {query.name for query in BOTH}


@pytest.mark.parametrize("query", BOTH, ids=lambda query: query.name)
def test_the_head_declares_the_columns(engine: Engine, query: SavedQuery) -> None:
    given = next(case[1] for case in CASES if case[0] == query.name)
    assert run(engine, query.name, given).columns == query.returns


@pytest.mark.parametrize("query", QUERIES.values(), ids=lambda query: query.name)
def test_the_head_helps(query: SavedQuery) -> None:
    assert query.example
    assert query.description.endswith(".")
    assert len(query.title) < 60, "the Browser shows it in a narrow list"


@pytest.mark.parametrize("query", BOTH, ids=lambda query: query.name)
def test_the_text_keeps_to_the_portable_dialect(query: SavedQuery) -> None:
    found = [what for what, pattern in OUTSIDE_THE_DIALECT.items() if re.search(pattern, query.text)]
    assert not found
    assert re.search(r"\nORDER BY [^\n]+(\nLIMIT \$limit)?\n$", query.text), "rows come in a fixed order"


def test_what_is_drawn_has_a_query_that_is_read() -> None:
    drawn = {query.name for query in QUERIES.values() if query.engine == "neo4j"}
    assert drawn == {"neighbourhood-graph", "shortest-path-graph", "events-between-graph"}
    assert {name.removesuffix("-graph") for name in drawn} < {query.name for query in BOTH}


@pytest.mark.parametrize("words", ["'; MATCH (n) DETACH DELETE n //", '" OR true //', "`", "$actor", "\\"])
def test_a_parameter_is_never_part_of_the_text(engine: Engine, words: str) -> None:
    assert run(engine, "who-said-what", {"words": words}).rows == ()
    assert run(engine, "event-evidence", {"event": words}).rows == ()


@pytest.mark.parametrize("chain", ["ab", "axb", "axyb"])
def test_of_very_many_shortest_paths_it_is_the_first(chain: str) -> None:
    """The embedded engine gathers 256 shortest paths at most, and then leaves out the first of them."""
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    graph.add_node("article", labels=["Article"], id="article", name="An article")
    for id in chain:
        graph.add_node(id, labels=["Entity", "Person"], id=id, name=id)
    for left, right in pairwise(chain):
        for number in range(300):
            told = f"{left}{number:03}"
            graph.add_node(told, labels=["Event"], id=told, name=told, polarity="affirmed", modality="asserted")
            graph.add_node(f"claim-{told}", labels=["Claim"], id=f"claim-{told}", name=told, sentence=told,
                           polarity="affirmed", modality="asserted")  # fmt: skip
            for source, type_, target in ((told, "HAS_ACTOR", left), (told, "HAS_TARGET", right),
                                          (f"claim-{told}", "REPORTS", told),
                                          (f"claim-{told}", "IN_ARTICLE", "article")):  # fmt: skip
                graph.add_edge(source, target, type=type_, id=f"{source} {target}")
    rows = Engine.load(graph).run(QUERIES["shortest-path"].text, {"from": "a", "to": "b"}).dicts()
    assert [row["eventId"] for row in rows] == [f"{left}000" for left in chain[:-1]]
