"""Messy files as public offices and laboratories put on the web (our own inventions), each with the table in it."""

from __future__ import annotations

import codecs
from dataclasses import dataclass

from tests.importing.pollution import written

Table = list[list[str]]


@dataclass(frozen=True)
class Surveyed:
    """A file and its table: joined head (where it has one), then records."""

    data: bytes
    table: Table


def _made(text: str, table: Table, encoding: str = "utf-8") -> Surveyed:
    return Surveyed(text.encode(encoding), table)


def _grid(text: str) -> Table:
    """``a|b`` lines → cells."""
    return [line.strip().split("|") for line in text.strip().splitlines()]


SPEND = _grid("""
Department|Entity|Date of Payment|Expense Type|Supplier|Transaction No|Amount
Health|NHS Nowhere|03/04/2018|Consultancy|Acme Ltd|5100123|25,000.00
Health|NHS Nowhere|05/04/2018|Legal fees|Smith, Jones & Co|5100124|31,250.50
Health|NHS Elsewhere|09/04/2018|IT hardware|Binary plc|5100127|112,000.00
Health|NHS Elsewhere|12/04/2018|Estates|Brick Bros|5100131|26,104.99
Health|NHS Nowhere|20/04/2018|Agency staff|Acme Ltd|5100139|-27,300.00
""")
STAFF = _grid("""
Post Unique Reference|Name|Grade|Job Title|Team Function|Salary Floor|Salary Ceiling|FTE|Notes
D001|A. Person|SCS2|Director|Leads the office|90000|94999|1.00|N/D
D002|B. Person|SCS1|Deputy Director|Leads policy, planning and change|65000|69999|0.80|
D003|N/D|SCS1|Deputy Director|Leads "digital" work|65000|69999|1.00|vacant
XX|Eliminated|SCS1|Not in post|N/A|0|0|0.00|
""")
GUESTS = _grid("""
Minister|Date|Name of organisation|Type of hospitality received
The Rt Hon A Member MP|12 May 2015|Daily Paper|Lunch
The Rt Hon A Member MP|14 May 2015|Trade Body|Dinner
The Rt Hon A Member MP|02 June 2015|Broadcaster|Reception
B Member MP|Nil return|Nil return|Nil return
""")
FORCE = _grid("""
Time|Extension|Load
0.000|0.00012|-0.0213
0.100|0.00341|1.2207
0.200|0.00698|2.5011
0.300|0.01022|3.8114
0.400|0.01377|5.0982
""")
UNITS = ["(s)", "(mm)", "(N)"]
JOINED = [" ".join(pair) for pair in zip(FORCE[0], UNITS, strict=True)]
MATRIX = [[f"{(row * 7 + column * 3) % 11 / 4 + 0.25:.2f}" for column in range(6)] for row in range(8)]
TRIPS = _grid("""
Name|Dates of trip|Destination|Purpose|Travel|Accommodation
A. Official|3-5 March|Oslo|Conference|£210.00|£180.00
A. Official|9 March|Leeds|Site visit|£95.50|£0.00
B. Official|11-12 March|Paris|Bilateral talks|£143.20|£164.00
""")
WEATHER = _grid("""
timestamp|temp|rh|wind|dir
2006-01-01 00:00|3.1|88|2.4|NW
2006-01-01 01:00|2.9|89|2.1|NW
2006-01-01 02:00||90|1.8|N
2006-01-01 03:00|2.4|NaN|1.9|N
2006-01-01 04:00|2.2|91|2.0|NE
""")


def surveyed() -> dict[str, Surveyed]:
    """All of them by name."""
    return {**_plain(), **_before(), **_after(), **_heads(), **_bare(), **_dialects(), **_several(), **_ragged()}


def _plain() -> dict[str, Surveyed]:
    wide = [[f"v{n}" for n in range(300)], *[[str(n * row) for n in range(300)] for row in range(1, 6)]]
    return {
        "spending": _made(written(SPEND), SPEND),
        "spending with pound signs": _made(written(TRIPS), TRIPS, "cp1252"),
        "staff": _made(written(STAFF, end="\n"), STAFF),
        "guests": _made(written(GUESTS), GUESTS),
        "weather with gaps": _made(written(WEATHER, end="\n"), WEATHER),
        "force": _made(written(FORCE, end="\n"), FORCE),
        "all quoted": _made(written(SPEND, quote_all=True), SPEND),
        "wide": _made(written(wide), wide),
        "one record": _made(written(STAFF[:2]), STAFF[:2]),
        "head only": _made(written(GUESTS[:1]), GUESTS[:1]),
        "utf-8 with mark": Surveyed(codecs.BOM_UTF8 + written(GUESTS).encode(), GUESTS),
        "utf-16 with tabs": Surveyed(codecs.BOM_UTF16_LE + written(WEATHER, "\t").encode("utf-16-le"), WEATHER),
    }


def _before() -> dict[str, Surveyed]:
    pad = ",,,,,,\r\n"
    keys = "Sample,PLA 6%\r\nOperator,lab 3\r\nDate,12/03/2019\r\nSpeed,1 mm/min\r\n\r\n"
    return {
        "title": _made("Spend over 25k April 2018" + pad + written(SPEND), SPEND),
        "title and blank": _made("Spend over 25k April 2018" + pad + pad + written(SPEND), SPEND),
        "two titles": _made("Department of Things\r\nTravel January to March\r\n" + written(TRIPS), TRIPS),
        "keys of an instrument": _made(keys + written(FORCE), FORCE),
        "quoted keys": _made('"Test","Tensile"\n"File","a.is_t"\n\n' + written(FORCE, quote_all=True, end="\n"), FORCE),
        "hash comments": _made("# made by logger 3\n# station 7\n" + written(WEATHER, end="\n"), WEATHER),
        "one long sentence": _made(
            "The table below lists hospitality received by ministers in the quarter\r\n\r\n" + written(GUESTS), GUESTS
        ),
        "blank lines first": _made(pad * 3 + written(SPEND), SPEND),
        "title in the third column": _made(",,Spending of the Department,,,,\r\n" + pad + written(SPEND), SPEND),
    }


def _after() -> dict[str, Surveyed]:
    pad = ",,,,,,\r\n"
    total = [*SPEND, ["", "", "", "", "", "Total", "167,055.49"]]
    return {
        "blank rows at the end": _made(written(SPEND) + pad * 30, SPEND),
        "source line": _made(written(SPEND) + pad + "Source: ledger" + pad, SPEND),
        "starred note": _made(written(TRIPS) + "\r\n* indicates that a guest accompanied\r\n", TRIPS),
        "several notes": _made(
            written(GUESTS) + "\r\nNotes:\r\n1. Does not include gifts.\r\n2. Rounded to the day.\r\n", GUESTS
        ),
        "total below": _made(written(total), total),
        "end of report": _made(written(FORCE) + "\r\nEND OF DATA\r\n", FORCE),
    }


def _heads() -> dict[str, Surveyed]:
    broken = [[name.replace(" ", "\n") for name in SPEND[0]], *SPEND[1:]]
    months = [["Region", "Jan-16", "Feb-16", "Mar-16"], ["North", "4", "7", "9"], ["South", "5", "6", "8"]]
    years = [["", "2011", "2012", "2013"], ["Births", "410", "402", "399"], ["Deaths", "300", "311", "307"]]
    repeated = [["x", "y", "x", "y"], ["1", "2.5", "3", "4.5"], ["2", "2.6", "4", "4.6"], ["3", "2.7", "5", "4.7"]]
    group = [["", "Men", "", "Women", ""], ["Age", "n", "%", "n", "%"]]
    body = [
        ["16-24", "40", "12.5", "44", "13.1"],
        ["25-49", "90", "28.1", "95", "28.3"],
        ["50+", "60", "18.8", "71", "21"],
    ]
    grouped = [["Age", "Men n", "Men %", "Women n", "Women %"], *body]
    codes = [["temperature", "pressure", "flow"], ["TC-1", "PT-4", "FM-2"]]
    values = [["20.1", "1.02", "0.4"], ["20.4", "1.03", "0.5"], ["20.9", "1.03", "0.5"], ["21.0", "1.05", "0.4"]]
    coded = [[f"{a} {b}" for a, b in zip(*codes, strict=True)], *values]
    blank = [["", "alpha", "beta"], ["1", "0.5", "0.7"], ["2", "0.6", "0.8"], ["3", "0.9", "0.1"]]
    long = [["How satisfied are you with the service you received, overall, on a scale of one to five?", "Why?"]]
    answers = [*long, ["5", "Quick"], ["3", "Slow, but kind"], ["4", "Fine"]]
    return {
        "line breaks in names": _made(written(broken), broken),
        "months": _made(written(months), months),
        "years": _made(written(years), years),
        "same names": _made(written(repeated), repeated),
        "names and units": _made(written([FORCE[0], UNITS, *FORCE[1:]]), [JOINED, *FORCE[1:]]),
        "names and units, quoted": _made(
            written([FORCE[0], UNITS, *FORCE[1:]], quote_all=True, end="\n"), [JOINED, *FORCE[1:]]
        ),
        "keys, names and units": _made(
            "Specimen label,7\r\nGeometry,Rectangular\r\n\r\n" + written([FORCE[0], UNITS, *FORCE[1:]]),
            [JOINED, *FORCE[1:]],
        ),
        "groups": _made(written([*group, *body]), grouped),
        "names and tags": _made(written([*codes, *values]), coded),
        "first name blank": _made(written(blank), blank),
        "questions": _made(written(answers), answers),
    }


def _bare() -> dict[str, Surveyed]:
    column = [["0.52"], ["0.61"], ["0.58"], ["0.77"]]
    named = [["Intensity"], ["12"], ["17"], ["14"], ["15"]]
    words = [["apple"], ["pear"], ["plum"]]
    labels = [["cat", "12", "0.5"], ["dog", "9", "0.7"], ["cow", "4", "0.1"], ["hen", "7", "0.9"]]
    stamps = [
        ["2016-03-01", "AAA", "1.5", "up"],
        ["2016-03-02", "BBB", "1.7", "down"],
        ["2016-03-03", "AAA", "1.4", "up"],
    ]
    wave = [["wavelength", "400", "410", "420"], ["s1", "0.1", "0.2", "0.3"], ["s2", "0.2", "0.3", "0.4"]]
    return {
        "matrix": _made(written(MATRIX, end="\n"), MATRIX),
        "column of figures": _made(written(column, end="\n"), column),
        "column with a name": _made(written(named, end="\n"), named),
        "column of words": _made(written(words, end="\n"), words),
        "labels before figures": _made(written(labels), labels),
        "records from a log": _made(written(stamps), stamps),
        "figures in the head": _made(written(wave), wave),
        "empty": Surveyed(b"", []),
        "blank": Surveyed(b"\r\n\r\n", []),
    }


def _dialects() -> dict[str, Surveyed]:
    comma = [[cell.replace(".", ",") for cell in row] for row in FORCE]
    powers = [
        ["f", "re", "im"],
        ["1E+00", "1.2E-05", "-3.1E-06"],
        ["1E+01", "1.4E-05", "-2.9E-06"],
        ["1E+02", "1.1E-05", "-2E-06"],
    ]
    padded = "\n".join(",".join(f"{cell:>12}" for cell in row) for row in FORCE) + "\n"
    spaced = [[f"{cell:>12}" for cell in row] for row in FORCE]
    pipes = written(STAFF, "|")
    colons = "\n".join(":".join(row) for row in [["user", "uid", "shell"], ["ann", "10", "sh"], ["bob", "11", "zsh"]])
    return {
        "semicolons and decimal commas": _made(written(comma, ";", end="\n"), comma),
        "tabs": _made(written(GUESTS, "\t"), GUESTS),
        "bars": _made(pipes, STAFF),
        "powers of ten": _made(written(powers, "\t", end="\n"), powers),
        "figures set right": _made(padded, spaced),
        "CR only": _made(written(TRIPS, end="\r"), TRIPS),
        "comma and blank": _made(written(TRIPS, ", "), TRIPS),
        "blanks": _made(written(FORCE, " ", end="\n"), FORCE),
        "apostrophes as quotes": _made(written(SPEND, quote="'"), SPEND),
        "backslash before quotes": _made(written(STAFF, escape="\\"), STAFF),
        "colons": _made(colons, _grid("user|uid|shell\nann|10|sh\nbob|11|zsh")),
        "semicolons, all quoted": _made(written(STAFF, ";", quote_all=True), STAFF),
    }


def _several() -> dict[str, Surveyed]:
    other = _grid("Year|Posts|Cost\n2014|12|300\n2015|11|290\n2016|14|310")
    return {
        "second table after a blank line": _made(written(SPEND) + "\r\n" + written(other), SPEND),
        "second table with a title": _made(written(GUESTS) + "\r\nTable 2: posts\r\n" + written(other), GUESTS),
        "second table of the same names": _made(written(FORCE) + "\r\n" + written([FORCE[0], *FORCE[2:4]]), FORCE),
        "titles above both": _made("Table 1\r\n" + written(TRIPS) + "\r\n\r\nTable 2\r\n" + written(other), TRIPS),
    }


def _ragged() -> dict[str, Surveyed]:
    trailing = [[*row, ""] for row in FORCE]
    named_less = [FORCE[0], *[[*row, ""] for row in FORCE[1:]]]
    row_names = [["x", "y"], ["1", "0.5", "a"], ["2", "0.7", "b"], ["3", "0.9", "c"], ["4", "0.2", "d"]]
    short = [[*row] if n % 3 else row[:-1] for n, row in enumerate(STAFF)]
    padded = [[*row, "", "", ""] for row in SPEND]
    return {
        "a delimiter at each end": _made(written(trailing), trailing),
        "a delimiter at each end but the head's": _made(written(named_less), named_less),
        "names without the row names": _made(written(row_names), row_names),
        "cells left out at the end": _made(written([STAFF[0], *short[1:]]), [STAFF[0], *short[1:]]),
        "three empty columns": _made(written(padded), padded),
    }
