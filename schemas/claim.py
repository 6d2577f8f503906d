"""One row per numeric claim: the columns of claims.parquet, and the rules that a row keeps.

This is the one place where a field of a claim is defined. Null means that the article does not say.
"""

from collections.abc import Callable, Mapping
from functools import cache

import polars as pl
import pyarrow

from . import nearest
from .edtf import parse_edtf
from .fields import (
    ADMIRALTY,
    BCP_47,
    EDTF,
    ISO_3166,
    SELECTOR,
    UCUM,
    Field,
    arrow_schema_of,
    field,
    fields_of,
    list_field,
    polars_schema_of,
)
from .rules import Contract, Rule, holds_for_values, missing
from .units import is_unit
from .vocabularies import load_vocabulary

KEY = "claim_id"

SORTED_LISTS = ("items", "attributes", "discrepancy")
"""Lists in alphabetical order without repeats; those of `via` and `rules` are in the order of the events."""

FINITE = ("value", "value_low", "value_high", "factor", "confidence")

CONTEXT = 32
"""Characters of text before and after the quote that are kept with it."""

FACTOR_RELATIONS = ("multiple_of", "share_of")

TOLERANCE = 1e-9
"""Relative; a product of two float64 is off by less."""


class Claim(Contract):
    """A numeric claim of an article."""

    claim_id: str = field(
        "Key: <article_id>#<offset of the number token>; stable while the article's text is.", derived=True
    )
    article_id: str = field("Article that makes the claim: key of articles.parquet.")
    language: pl.Enum = field("Language of the article.", vocabulary="languages", source=BCP_47, derived=True)
    quote: str = field("Shortest phrase that carries the figure, its hedge and the counted thing.", source=SELECTOR)
    quote_start: pl.Int32 = field("Where the quote begins in the article's text.", unit="code point", source=SELECTOR)
    quote_end: pl.Int32 = field("Where the quote ends, exclusive.", unit="code point", source=SELECTOR, derived=True)
    quote_prefix: str = field(f"Up to {CONTEXT} characters of text before the quote.", source=SELECTOR, derived=True)
    quote_suffix: str = field(f"Up to {CONTEXT} characters of text after the quote.", source=SELECTOR, derived=True)
    mentions: pl.Int32 = field("How often the article makes this claim.", unit="mention", derived=True)
    value: float = field(
        "The figure as stated, or as derived for a multiple or share; null for a range or a bare magnitude.",
        nullable=True,
        unit="as column unit",
    )
    value_low: float = field(
        "Least value that the words entail, inclusive; null = open.", nullable=True, unit="as column unit"
    )
    value_high: float = field(
        "Greatest value that the words entail, inclusive; null = open.", nullable=True, unit="as column unit"
    )
    qualifier: pl.Enum = field("How exactly the figure is meant.", vocabulary="qualifiers")
    unit: str = field(
        "Unit of the figures: UCUM code; ISO 4217 for money; 1 for counts; quotients for rates.", source=UCUM
    )
    change: pl.Enum = field("Whether the figure is a level or a movement.", vocabulary="changes")
    items: pl.List = list_field("What is counted; several when one figure covers them jointly.", vocabulary="items")
    attributes: pl.List = list_field("What narrows the counted thing, key=value, with the keys of the vocabulary.")
    item_text: str = field("The counted phrase as printed.", nullable=True)
    item_lemma: str = field("Lemma of the counted phrase's head noun.", nullable=True)
    base_claim_id: str = field("Claim of the same article that this one builds on.", nullable=True)
    relation: pl.Enum = field("How it builds on its base.", nullable=True, vocabulary="relations")
    factor: float = field("Multiplier of the base's value, for multiple_of and share_of.", nullable=True, unit="1")
    predicate: pl.Enum = field("What the figure is about.", nullable=True, vocabulary="predicates")
    actor: pl.Enum = field(
        "Who acts: supplies, strikes, holds …", nullable=True, vocabulary="countries", source=ISO_3166
    )
    counterparty: pl.Enum = field("The other side.", nullable=True, vocabulary="countries", source=ISO_3166)
    stance: pl.Enum = field("How the claimant commits to the claim.", vocabulary="stances")
    is_denial: bool = field("The claimant denies that there is any: the value is 0.")
    claimant: pl.Enum = field(
        "Who vouches for the figure; 'article' for the article's own voice; null when not in the register.",
        nullable=True,
        vocabulary="claimants",
    )
    claimant_text: str = field("The claimant as printed.", nullable=True)
    claimant_country: pl.Enum = field(
        "Country that the claimant belongs to.", nullable=True, vocabulary="countries", source=ISO_3166
    )
    claimant_type: pl.Enum = field("What kind of source the claimant is.", nullable=True, vocabulary="claimant_types")
    via: pl.List = list_field("Who relays the claimant, outermost last.")
    period: str = field("What the figure covers.", nullable=True, source=EDTF)
    period_start: pl.Date = field(
        "First day that the figure covers, inclusive; null = open.", nullable=True, derived=True
    )
    period_end: pl.Date = field("Last day that the figure covers, inclusive; null = open.", nullable=True, derived=True)
    period_basis: pl.Enum = field("Where the period comes from.", vocabulary="period_basis")
    stated: str = field("When the claimant said it.", nullable=True, source=EDTF)
    stated_start: pl.Date = field("First day on which it may have been said.", nullable=True, derived=True)
    stated_end: pl.Date = field("Last day on which it may have been said.", nullable=True, derived=True)
    published_start: pl.Date = field(
        "First day on which the article may have been published.", nullable=True, derived=True
    )
    published_end: pl.Date = field(
        "Last day on which the article may have been published.", nullable=True, derived=True
    )
    topic_key: str = field(
        "Rows that answer the same question share it: predicate, items, actor, counterparty.", derived=True
    )
    confidence: pl.Float32 = field(
        "Probability that the row says what the text says, from how its fields were found.", unit="1", derived=True
    )
    source_reliability: pl.Enum = field(
        "Reliability of the claimant, from the register; F = cannot be judged, outside the order.",
        vocabulary="reliability",
        source=ADMIRALTY,
        derived=True,
    )
    discrepancy: pl.List = list_field(
        "Claims that retell the same statement with another figure: their claim_ids.", derived=True
    )
    information_credibility: pl.Enum = field(
        "Credibility from independent agreement and contradiction; 6 = cannot be judged, outside the order.",
        vocabulary="credibility",
        source=ADMIRALTY,
        derived=True,
    )
    review: pl.Enum = field("Who has looked at the row.", vocabulary="reviews", derived=True)
    rules: pl.List = list_field("Names of the rules that produced the row's fields, in order.", derived=True)

    class Config:
        """The file that it is."""

        name = "claims"

    @classmethod
    def row_rules(cls) -> tuple[Rule, ...]:
        """What every row keeps."""
        return RULES


V, LOW, HIGH = pl.col("value"), pl.col("value_low"), pl.col("value_high")

BOUNDS: dict[str, pl.Expr] = {
    "exact": (LOW == V) & (HIGH == V),
    "approximately": V.is_not_null() & LOW.is_null() & HIGH.is_null(),
    "less_than": LOW.is_null() & HIGH.is_not_null() & V.eq_missing(HIGH).or_(V.is_null()),
    "at_most": LOW.is_null() & HIGH.is_not_null() & V.eq_missing(HIGH).or_(V.is_null()),
    "more_than": HIGH.is_null() & LOW.is_not_null() & V.eq_missing(LOW).or_(V.is_null()),
    "at_least": HIGH.is_null() & LOW.is_not_null() & V.eq_missing(LOW).or_(V.is_null()),
    "between": LOW.is_not_null() & HIGH.is_not_null(),
    "order_of_magnitude": V.is_null() & LOW.is_not_null() & HIGH.is_not_null(),
}
"""Which of value and bounds each qualifier gives; vocabularies/qualifiers.toml says the same in words."""


def bounds_agree(frame: pl.DataFrame) -> pl.Expr:
    """The qualifier's line of `BOUNDS` holds."""
    cases = (
        pl.col("qualifier").eq(pl.lit(name, dtype=frame.schema["qualifier"])) & holds for name, holds in BOUNDS.items()
    )
    return pl.col("qualifier").is_null() | pl.any_horizontal(case.fill_null(value=False) for case in cases)


def is_base_known(frame: pl.DataFrame) -> pl.Series:
    """The base is null or a claim of the same article, and not the claim itself."""
    based = frame.with_row_index("row").filter(pl.col("base_claim_id").is_not_null())
    others = frame.select("claim_id", "article_id")
    unknown = based.join(others, left_on=BASE, right_on=others.columns, how="anti")
    itself = based.filter(pl.col("base_claim_id") == pl.col("claim_id"))
    return all_but(frame, pl.concat([unknown["row"], itself["row"]]))


BASE = ["base_claim_id", "article_id"]
"""Where a claim says which claim it builds on: the base stands in the same article."""


def all_but(frame: pl.DataFrame, rows: pl.Series) -> pl.Series:
    """True for every row of a frame but these."""
    return pl.select(~pl.int_range(frame.height, dtype=pl.UInt32).is_in(rows.implode())).to_series()


def has_acyclic_base(frame: pl.DataFrame) -> pl.Expr:
    """Following the bases from the claim never leads back to it; a claim that is its own base is another rule's."""
    linked = frame.select("claim_id", "base_claim_id").drop_nulls()
    base_of = dict(linked.filter(pl.col("claim_id") != pl.col("base_claim_id")).iter_rows())
    return ~pl.col("claim_id").is_in(pl.Series(sorted(find_circles(base_of)), dtype=pl.String).implode())


def find_circles(base_of: Mapping[str, str]) -> set[str]:
    """Claims whose chain of bases comes back to them; every claim is walked over once.

    >>> sorted(find_circles({"a": "b", "b": "c", "c": "b", "d": "e"}))
    ['b', 'c']
    """
    walk_of: dict[str, str] = {}
    circles: set[str] = set()
    for first in base_of:
        current: str | None = first
        while current is not None and current not in walk_of:
            walk_of[current] = first
            current = base_of.get(current)
        if current is not None and walk_of[current] == first:  # the walk came back to itself
            circles |= follow_circle(current, base_of)
    return circles


def follow_circle(start: str, base_of: Mapping[str, str]) -> set[str]:
    """The claims of the circle that a claim is in."""
    circle, current = {start}, base_of[start]
    while current != start:
        circle.add(current)
        current = base_of[current]
    return circle


def is_factor_applied(frame: pl.DataFrame) -> pl.Series:
    """Value is factor times the base's value, wherever the three are given."""
    given = frame.with_row_index("row").filter(~missing("factor", "base_claim_id", "value"))
    bases = frame.select(base_claim_id="claim_id", base_value="value").join(given, on="base_claim_id", how="semi")
    joined = given.join(bases.unique("base_claim_id", keep="first", maintain_order=True), on="base_claim_id")
    wanted = pl.col("factor") * pl.col("base_value")
    applied = (V - wanted).abs() <= TOLERANCE * pl.max_horizontal(V.abs(), wanted.abs())
    return all_but(frame, joined.filter(wanted.is_not_null() & ~applied)["row"])


def is_discrepancy_mutual(frame: pl.DataFrame) -> pl.Expr:
    """Claims that contradict each other name each other."""
    pairs = (
        frame.filter(pl.col("discrepancy").list.len() > 0)
        .select("claim_id", pl.col("discrepancy"))
        .explode("discrepancy")
    )
    back = pairs.select(claim_id="discrepancy", discrepancy="claim_id").unique()
    lonely = pairs.join(back, on=["claim_id", "discrepancy"], how="anti")["claim_id"]
    itself = pairs.filter(pl.col("claim_id") == pl.col("discrepancy"))["claim_id"]
    return ~pl.col("claim_id").is_in(pl.concat([lonely, itself]).unique().implode())


def is_sorted_list(column: str) -> Callable[[pl.DataFrame], pl.Series]:
    """Alphabetical order of the strings (an enum's own order is that of its vocabulary), no repeats.

    Only lists of several are looked at: sorting the others as well took 0.9 s per million rows and column.
    """

    def is_sorted(frame: pl.DataFrame) -> pl.Series:
        strings = pl.col(column).cast(pl.List(pl.String))
        several = frame.select(column).with_row_index("row").filter(pl.col(column).list.len() > 1)
        return all_but(frame, several.filter(strings != strings.list.unique().list.sort())["row"])

    return is_sorted


def are_attributes_known(frame: pl.DataFrame) -> pl.Expr:
    """Every attribute is key=value with a key, and where it lists them a value, of the vocabulary."""
    given = frame["attributes"].explode().unique().drop_nulls().sort()
    wrong = [attribute for attribute in given if not is_attribute(attribute)]
    return ~pl.col("attributes").list.eval(pl.element().is_in(wrong)).list.any()


def is_attribute(attribute: str) -> bool:
    """Whether an attribute is one of the vocabulary.

    >>> is_attribute("calibre=152 mm"), is_attribute("state=tired"), is_attribute("152 mm")
    (True, False, False)
    """
    key, _, value = attribute.partition("=")
    term = load_vocabulary("attributes").get(key)
    return term is not None and value.strip() == value != "" and value in term.details.get("values", [value])


def agrees_with_register(column: str, detail: str) -> Rule:
    """The claimant's country, type or reliability is that of the register, where the register has the claimant."""
    register = load_vocabulary("claimants")
    said = {id_: term.details.get(detail) for id_, term in register.items()}
    expected = pl.col("claimant").cast(pl.String).replace_strict(said, default=None, return_dtype=pl.String)
    return Rule(
        f"{column}_of_register",
        (column, "claimant"),
        pl.col("claimant").is_null() | pl.col(column).cast(pl.String).eq_missing(expected),
        f"differs from claimants.toml: take {detail} from the register",
        nearest.register_value(detail),
    )


def edtf_rules(column: str) -> tuple[Rule, Rule]:
    """An EDTF column is EDTF, and the columns of its bounds hold its first and last day."""
    start, end = f"{column}_start", f"{column}_end"

    def agrees(frame: pl.DataFrame) -> pl.Series:
        texts = [text for text in frame[column].unique().drop_nulls().sort() if is_edtf(text)]
        days = [(text, *parse_edtf(text)) for text in texts]
        schema = {column: pl.String, "first": pl.Date, "last": pl.Date}
        table = pl.DataFrame(days, schema=schema, orient="row").with_columns(is_read=True)
        joined = frame.select(column, start, end).join(table, on=column, how="left", maintain_order="left")
        unread = pl.col(column).is_not_null() & pl.col("is_read").is_null()
        same = pl.col(start).eq_missing(pl.col("first")) & pl.col(end).eq_missing(pl.col("last"))
        return joined.select(agrees=unread | same)["agrees"]

    return (
        Rule(
            f"{column}_is_edtf",
            (column,),
            holds_for_values(column, is_edtf),
            "is no EDTF date: write YYYY, YYYY-MM, YYYY-MM-DD or two of them with '/', '..' for an open end",
            nearest.edtf_of(column),
        ),
        Rule(
            f"{column}_bounds_agree",
            (column, start, end),
            agrees,
            f"{start} and {end} must be the first and last day of {column}: take them from parse_edtf",
            nearest.bounds_of(column),
        ),
    )


def is_edtf(text: str) -> bool:
    """Whether a text is EDTF of the part that the dataset uses."""
    try:
        parse_edtf(text)
    except ValueError:
        return False
    return True


def at_most(column: str, other: str, message: str) -> Rule:
    """The one is not above, or after, the other, where both are given."""
    return Rule(
        f"{column}_at_most_{other}",
        (column, other),
        missing(column, other) | (pl.col(column) <= pl.col(other)),
        message,
        nearest.swapped(column, other),
    )


GREGORIAN = 1583
"""First whole year of the calendar; ISO 8601 takes earlier dates by agreement only, and no article is as old."""

PUBLISHED_SINCE = Rule(
    "published_since_gregorian",
    ("published_start",),
    pl.col("published_start").is_null() | (pl.col("published_start").dt.year() >= GREGORIAN),
    f"is before {GREGORIAN}, the first year of the Gregorian calendar, when nothing was published: check the year",
)

NUMBER_OFFSET = pl.col("claim_id").str.extract(r"#([0-9]{1,9})$").cast(pl.Int64)

RULES: tuple[Rule, ...] = (
    Rule("claim_id_unique", ("claim_id",), pl.col("claim_id").is_unique(), "occurs more than once: one row per claim"),
    Rule(
        "claim_id_form",
        ("claim_id", "article_id"),
        pl.col("claim_id") == pl.concat_str(pl.col("article_id"), pl.lit("#"), NUMBER_OFFSET.cast(pl.String)),
        "must be <article_id>#<offset>, the offset a whole number without leading zeros",
        nearest.claim_id_of,
    ),
    Rule(
        "claim_id_in_quote",
        ("claim_id", "quote_start", "quote_end"),
        NUMBER_OFFSET.is_between(pl.col("quote_start"), pl.col("quote_end"), closed="left").fill_null(value=True),
        "its offset must lie in the quote: take that of the number token, or for a denial of the quote's first token",
        nearest.claim_id_of,
    ),
    Rule(
        "quote_offsets",
        ("quote_start", "quote_end", "quote"),
        (pl.col("quote_start") >= 0)
        & (pl.col("quote_end") - pl.col("quote_start") == pl.col("quote").str.len_chars())
        & (pl.col("quote") != ""),
        "the offsets must enclose exactly the quote's characters, counted in Unicode code points from 0",
        nearest.quote_end_of,
    ),
    *(
        Rule(
            f"{column}_length",
            (column,),
            pl.col(column).str.len_chars() <= CONTEXT,
            f"is longer than {CONTEXT} characters: shorten it",
        )
        for column in ("quote_prefix", "quote_suffix")
    ),
    Rule(
        "mentions_positive",
        ("mentions",),
        pl.col("mentions") >= 1,
        "must be at least 1: the quote is a mention",
        nearest.fixed("1"),
    ),
    *(
        Rule(
            f"{column}_finite",
            (column,),
            pl.col(column).is_null() | pl.col(column).is_finite(),
            "is not a finite number: leave open bounds empty, and give no infinity or NaN",
        )
        for column in FINITE
    ),
    at_most("value_low", "value", "the lower bound is above the value: correct the one or the other"),
    at_most("value", "value_high", "the value is above the upper bound: correct the one or the other"),
    at_most("value_low", "value_high", "the lower bound is above the upper: swap them"),
    Rule(
        "qualifier_bounds",
        ("qualifier", "value", "value_low", "value_high"),
        bounds_agree,
        "the qualifier does not agree with which of value and bounds are given: see vocabularies/qualifiers.toml",
        nearest.qualifiers_of,
    ),
    Rule(
        "unit_known",
        ("unit",),
        holds_for_values("unit", is_unit),
        "is no unit: join UCUM atoms of units.toml and ISO 4217 codes with '.' and '/' (count 1, hectare har, litre L)",
        nearest.unit_of,
    ),
    *(
        Rule(
            f"{column}_sorted",
            (column,),
            is_sorted_list(column),
            "must be in alphabetical order without repeats: sort it",
            nearest.sorted_list(column),
        )
        for column in SORTED_LISTS
    ),
    Rule(
        "attributes_known",
        ("attributes",),
        are_attributes_known,
        "must be key=value with keys (and values, where listed) of vocabularies/attributes.toml",
        nearest.attributes_of,
    ),
    Rule(
        "base_known",
        ("base_claim_id", "claim_id"),
        is_base_known,
        "must be another claim of the same article: correct it, or leave base, relation and factor empty",
    ),
    Rule(
        "base_acyclic",
        ("base_claim_id", "claim_id"),
        has_acyclic_base,
        "the bases lead in a circle: leave the base of the claim that was stated first empty",
    ),
    Rule(
        "relation_with_base",
        ("relation", "base_claim_id"),
        pl.col("relation").is_null() == pl.col("base_claim_id").is_null(),
        "relation and base_claim_id go together: give both or neither",
    ),
    Rule(
        "factor_with_relation",
        ("factor", "relation"),
        pl.col("factor").is_not_null()
        == pl.col("relation").cast(pl.String).is_in(FACTOR_RELATIONS).fill_null(value=False),
        f"the factor belongs to {' and '.join(FACTOR_RELATIONS)} alone: give it there, empty it elsewhere",
    ),
    Rule(
        "factor_positive",
        ("factor",),
        pl.col("factor").is_null() | (pl.col("factor") > 0),
        "must be above 0: a denial is a value of 0, not a multiple",
    ),
    Rule(
        "factor_applied",
        ("value", "factor", "base_claim_id"),
        is_factor_applied,
        "the value must be the factor times the base's value: derive it again",
    ),
    Rule(
        "denial_is_zero",
        ("is_denial", "value", "qualifier"),
        ~pl.col("is_denial") | ((V == 0) & (pl.col("qualifier").cast(pl.String) == "exact")).fill_null(value=False),
        "a denial says that there is none: value 0, qualifier exact",
        nearest.fixed("value = 0, qualifier = exact"),
    ),
    Rule(
        "claimant_given",
        ("claimant", "claimant_text"),
        pl.col("claimant").is_not_null() | pl.col("claimant_text").is_not_null(),
        "nobody vouches for the figure: give the claimant, as printed if not in the register, or 'article'",
        nearest.fixed("article"),
    ),
    agrees_with_register("claimant_country", "country"),
    agrees_with_register("claimant_type", "type"),
    agrees_with_register("source_reliability", "reliability"),
    *edtf_rules("period"),
    at_most("period_start", "period_end", "the period ends before it starts: swap the dates"),
    Rule(
        "period_not_after_publication",
        ("period_start", "published_end", "stance"),
        missing("period_start", "published_end")
        | (pl.col("stance").cast(pl.String) != "asserted")
        | (pl.col("period_start") <= pl.col("published_end")),
        "what is asserted cannot begin after the article appeared: correct period, publication or stance",
    ),
    Rule(
        "period_basis_with_period",
        ("period_basis", "period"),
        (pl.col("period_basis").cast(pl.String) == "unknown") == pl.col("period").is_null(),
        "a period has a basis, and basis unknown has no period: give both or neither",
        nearest.basis_of,
    ),
    *edtf_rules("stated"),
    at_most("stated_start", "published_end", "said after the article appeared: correct stated or publication"),
    at_most("published_start", "published_end", "ends before it starts: swap the dates"),
    PUBLISHED_SINCE,
    Rule(
        "confidence_probability",
        ("confidence",),
        pl.col("confidence").is_between(0, 1),
        "must be a probability between 0 and 1",
        nearest.clipped("confidence"),
    ),
    Rule(
        "discrepancy_mutual",
        ("discrepancy", "claim_id"),
        is_discrepancy_mutual,
        "must name other claims of the dataset that name this one in turn: correct both sides",
    ),
)


@cache
def fields() -> tuple[Field, ...]:
    """Every column of claims.parquet, in order.

    >>> fields()[0].name, fields()[9].unit
    ('claim_id', 'as column unit')
    """
    return fields_of(Claim)


def arrow_schema() -> pyarrow.Schema:
    """Arrow schema of claims.parquet: types, nullability, descriptions, units, sources."""
    return arrow_schema_of(Claim)


def polars_schema() -> pl.Schema:
    """Polars schema of claims.parquet, enumerated columns as `Enum`."""
    return polars_schema_of(Claim)
