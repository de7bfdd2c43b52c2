"""Draw offices from `persons.jsonl` at random and compare them with open lists: for development, never run by a test.

    python tests/tools/audit_gazetteer.py FOLDER [--seed 1] [--rows 100]

FOLDER holds `reign-leaders.csv` (REIGN), `parlgov-prime-ministerial-cabinets.csv` (ParlGov) and
`petrarch2-Phoenix.Countries.actors.txt` (PETRARCH 2). A row agrees when a
source has the person in an office of that country that begins on the same day (or in our month or year, where we give
no day), and its end is told apart: REIGN has the month of it. PETRARCH 2 rounds to months, and does not say which
office it means, so there a month's difference is none, and another period says nothing. What no source has is counted
apart, as neither right nor wrong. What differs must be looked at: REIGN tells who led in fact, not who had the title.
"""

import argparse
import csv
import json
import random
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

GAZETTEER = Path(__file__).parents[2] / "kg" / "data" / "gazetteer"
LAST = {"REIGN": "2021-03", "ParlGov": "2023-06"}  # what began later, a source cannot know
LEADING = frozenset({"head of state", "head of government", "leader"})
VERDICTS = ("agrees", "same year", "differs", "not in a source")

# REIGN's codes (Correlates of War) where they are not ISO's.
REIGN = dict(
    pair.split("=")
    for pair in """
    AAB=ATG ALG=DZA ANG=AGO AUL=AUS AUS=AUT BAH=BHR BAR=BRB BFO=BFA BHM=BHS BHU=BTN BNG=BGD BOS=BIH BOT=BWA
    BRU=BRN BUI=BDI BUL=BGR CAM=KHM CAO=CMR CAP=CPV CDI=CIV CEN=CAF CHA=TCD CON=COG COS=CRI CRO=HRV CZR=CZE
    DEN=DNK DRC=COD DRV=VNM EQG=GNQ ETM=TLS FIJ=FJI FRN=FRA GAM=GMB GMY=DEU GRG=GEO GRN=GRD GUA=GTM GUI=GIN
    HAI=HTI HON=HND ICE=ISL INS=IDN IRE=IRL KOS=XKX KUW=KWT KYR=KGZ KZK=KAZ LAT=LVA LEB=LBN LES=LSO LIB=LBY
    LIT=LTU MAA=MRT MAC=MKD MAD=MDV MAG=MDG MAL=MYS MAS=MUS MAW=MWI MLD=MDA MNC=MCO MNG=MNE MON=MNG MOR=MAR
    MSI=MHL MYA=MMR MZM=MOZ NAU=NRU NEP=NPL NEW=NZL NIG=NGA NIR=NER NTH=NLD OMA=OMN PAL=PLW PAR=PRY PHI=PHL
    POR=PRT ROK=KOR ROM=ROU SAF=ZAF SAL=SLV SEY=SYC SIE=SLE SIN=SGP SKN=KNA SLO=SVK SLU=LCA SLV=SVN SNM=SMR
    SOL=SLB SPN=ESP SRI=LKA SUD=SDN SVG=VCT SWA=SWZ SWD=SWE SWZ=CHE TAJ=TJK TAZ=TZA THI=THA TOG=TGO TRI=TTO
    UAE=ARE UKG=GBR URU=URY VAN=VUT YAR=YEM YPR=YEM YUG=SRB ZAM=ZMB ZIM=ZWE
    """.split()
)


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in office that a source has; dates are ISO days or months, empty where not known."""

    source: str
    country: str
    holder: str
    start: str
    end: str
    leading: bool
    exact: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One office of ours."""

    names: tuple[str, ...]
    country: str
    title: str
    role: str
    start: str
    end: str


def folded(text: str) -> str:
    """Lower case without accents or signs, words parted by a space."""
    plain = unicodedata.normalize("NFD", text.translate(str.maketrans("øłıđØŁĐ", "olidOLD")))
    return re.sub(r"[^a-z]+", " ", re.sub(r"[’'ʻ]", "", "".join(c for c in plain if c.isascii())).lower()).strip()


def reign(folder: Path) -> Iterator[Spell]:
    """Leaders in fact, to March 2021; the last day is given as a month."""
    with (folder / "reign-leaders.csv").open(encoding="latin-1", newline="") as file:
        for row in csv.DictReader(file):
            start = f"{row['syear']}-{int(row['smonth']):02}-{int(row['sdate']):02}"
            end = f"{row['eyear']}-{int(row['emonth']):02}" if row["eyear"] else ""
            yield Spell("REIGN", REIGN.get(row["stateabb"], row["stateabb"]), folded(row["leader"]), start, end, True)


def parlgov(folder: Path) -> Iterator[Spell]:
    """Prime ministers by the first day of each of their cabinets, to 2023; successive ones of one person are joined."""
    cabinets: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with (folder / "parlgov-prime-ministerial-cabinets.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            holder = folded(re.sub(r"\b[IVX]+\s*$", "", row["cabinet_name"]))
            cabinets[row["country_name_short"]].append((row["start_date"], holder))
    for country, found in cabinets.items():
        spells: list[tuple[str, str]] = []
        for start, holder in sorted(set(found)):
            if not spells or spells[-1][1] != holder:
                spells.append((start, holder))
        ends = [start for start, _ in spells[1:]] + [""]
        for (start, holder), end in zip(spells, ends, strict=True):
            yield Spell("ParlGov", country, holder, start, end, True)


def petrarch(folder: Path) -> Iterator[Spell]:
    """Persons in government with dates, to about 2014, of whatever office, rounded to months."""
    holder = ""
    text = (folder / "petrarch2-Phoenix.Countries.actors.txt").read_text(encoding="latin-1")
    for line in text.splitlines():
        if line[:1].isalpha():
            holder = folded(line.split("#")[0].replace("_", " "))
        for country, start, end in re.findall(r"\[([A-Z]{3})GOV\w*\s+>?(\d{6,8})(?:-(\d{6,8}))?\]", line):
            yield Spell("PETRARCH 2", country, holder, _day(start), _day(end), False, exact=False)


def _day(digits: str) -> str:
    if len(digits) == 6:
        digits = ("19" if digits > "3" else "20") + digits
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if digits else ""


def rows() -> list[Row]:
    """Every office of ours that is one of a state, in the order of the file."""
    states = {each["id"]: each["country"] for each in _records("territories") if "country" in each}
    return [
        Row(
            tuple(folded(name) for name in (person["name"], *person.get("aliases", ()))),
            states[office["of"]],
            office["title"],
            office["role"],
            office.get("from", ""),
            office.get("to", ""),
        )
        for person in _records("persons")
        for office in person.get("offices", ())
        if office["of"] in states
    ]


def _records(name: str) -> Iterator[dict[str, Any]]:
    for line in (GAZETTEER / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def judge(row: Row, spells: list[Spell]) -> tuple[str, Spell | None]:
    """The verdict on a row, and the spell it follows from: the one that speaks best for it."""
    found = [spell for spell in spells if _is_of(row, spell)]
    judged = sorted(((_verdict(row, spell), spell) for spell in found), key=lambda pair: VERDICTS.index(pair[0]))
    return judged[0] if judged else (VERDICTS[-1], None)


def _is_of(row: Row, spell: Spell) -> bool:
    """Whether a spell is of the row's person, country and sort of office, at about that time."""
    if spell.country != row.country or row.start > LAST.get(spell.source, "9"):
        return False
    if spell.leading and row.role not in LEADING:
        return False
    words = [word for word in spell.holder.split() if len(word) > 2]
    if spell.leading:
        same = any(word in name.split() or word == name.replace(" ", "") for word in words for name in row.names)
    else:
        same = spell.holder in row.names
    near = abs(int(row.start[:4]) - int(spell.start[:4])) <= 1
    within = row.start[:7] <= (spell.end or "9")[:7] and spell.start[:7] <= (row.end or "9")[: len("2000-01")]
    return same and (near if not spell.leading else near or within)


def _verdict(row: Row, spell: Spell) -> str:
    given = min(len(row.start), len(spell.start))
    if row.start[:given] == spell.start[:given]:
        return "agrees"
    if not spell.exact:
        return "agrees" if _months(row.start) - _months(spell.start) in (-1, 0, 1) else "not in a source"
    return "same year" if row.start[:4] == spell.start[:4] else "differs"


def _end(row: Row, spell: Spell | None) -> str:
    """How the ends compare, for a source that has them."""
    if spell is None or not spell.exact or not row.end or not spell.end:
        return ""
    given = min(len(row.end), len(spell.end), len("2000-01"))
    return "" if row.end[:given] == spell.end[:given] else "end differs"


def _months(date: str) -> int:
    return int(date[:4]) * 12 + int(date[5:7] or 1)


def main() -> int:
    """Print the table of the drawn rows, and the counts."""
    parser = argparse.ArgumentParser(description="Compare random rows of office with open lists.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, default=100)
    given = parser.parse_args()
    spells = [*reign(given.folder), *parlgov(given.folder), *petrarch(given.folder)]
    drawn = random.Random(given.seed).sample(rows(), given.rows)
    counts: Counter[str] = Counter()
    for row in sorted(drawn, key=lambda row: (row.country, row.start)):
        verdict, spell = judge(row, spells)
        counts[verdict] += 1
        theirs = f"{spell.source}: {spell.holder} {spell.start}..{spell.end}" if spell else ""
        end = _end(row, spell) if verdict == "agrees" else ""
        counts[end] += 1
        ours = f"{row.country} {row.names[0]}, {row.title} {row.start}..{row.end}"
        sys.stdout.write(f"{verdict:16} {end:12} {ours:75} {theirs}\n")
    sys.stdout.write("\n" + ", ".join(f"{counts[told]} {told}" for told in (*VERDICTS, "end differs")) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
