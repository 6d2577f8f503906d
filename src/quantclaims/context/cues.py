"""The context vocabulary of a language, compiled once into phrase tables."""

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from quantclaims.lexicon import PhraseTable, load_language
from quantclaims.tokens import fold


class Cues(NamedTuple):
    """Phrase tables of the words that signal context; the payload of each is the kind of cue."""

    attribution: PhraseTable[str]
    """``according_to``, ``citing``, ``say``, ``count``, ``relay``, ``deny``, ``quoted_by``."""
    report_nouns: PhraseTable[str]
    anaphors: PhraseTable[str]
    """Definite nouns and pronouns; payload: the type of claimant they stand for, ``any`` for a pronoun."""
    of_links: frozenset[str]
    """Words that may stand between an institution and its state ("Ministry of Defence of the …")."""
    complementizers: frozenset[str]
    as_introducers: PhraseTable[str]
    doubtful_introducers: frozenset[str]
    """Prepositions that introduce a speaker only before a known one ("za", "după", "per")."""
    passive_auxiliaries: frozenset[str]
    compound_auxiliaries: frozenset[str]
    """Words before a participle that make it a past tense (Romanian)."""
    sides: frozenset[str]
    """Nouns for a state's side ("strona", "partea")."""
    addressing: frozenset[str]
    """Lemmas of verbs whose object is the listener ("tell")."""
    negative_determiners: frozenset[str]
    definite_articles: frozenset[str]
    noun_like_modals: frozenset[str]
    """Modals whose form is also a noun or a name (English "will")."""
    distance_from: frozenset[str]
    """Words between a length and the place that it is measured from."""
    articles: frozenset[str]
    """Articles that stand before a noun phrase as words of their own (English)."""
    verb_adverbs: frozenset[str]
    """Words after which a form that may be noun or verb is a verb (English)."""
    relatives: PhraseTable[str]
    """Relative pronouns."""
    state_anaphors: PhraseTable[str]
    """Pronouns and nouns that stand for a state named before ("it", "kraj", "țara")."""
    self_references: frozenset[str]
    """Words that point back to the speaker's own side ("its forces")."""
    pair_nouns: frozenset[str]
    """Lemmas that with "two" only point back to those already named ("the two countries")."""
    conjunctions: frozenset[str]
    uncounted: frozenset[str]
    occasions: frozenset[str]
    """Lemmas that count occasions ("three times")."""
    times_words: frozenset[str]
    """Words that make a cardinal a multiple ("three times")."""
    question_labels: frozenset[str]
    """Words before the colon of an interview's question."""
    answer_labels: frozenset[str]
    interviewers: PhraseTable[str]
    """Words before the name of who asks in an interview."""
    honorifics: PhraseTable[str]
    """Words before the name of who is addressed."""
    acting_too: PhraseTable[str]
    """Verbs of saying that are verbs of doing where nothing is said ("added 12 lines")."""
    general_media: frozenset[str]
    """Words for the press as a whole, which is nobody in particular."""
    communiques: PhraseTable[str]
    """Words at the head of a text that some body issues ("press release")."""
    bearers: PhraseTable[str]
    """Nouns of those who can speak before a colon ("union", "residents")."""
    column_labels: frozenset[str]
    """Words before a colon that only say what kind of text follows ("video")."""
    release_nouns: PhraseTable[str]
    """What publishes many figures at once ("poll", "data")."""
    reported_future: PhraseTable[str]
    """Verb forms in which somebody's plans are told on ("would")."""
    unnamed: dict[str, str]
    """Office -> claimant that stands for it when nobody says whose office it is."""
    renewed: frozenset[str]
    """Offices whose bare noun names new people each time ("experts")."""
    forecasts: PhraseTable[str]
    """Words of those who forecast and of what they do, which tell a poll of them from one of opinions."""
    measure_anaphors: PhraseTable[str]
    """Nouns that stand for what was measured before ("the rate")."""
    apiece: PhraseTable[str]
    """Words that make a price that of one piece."""
    place_nouns: frozenset[str]
    """Nouns that a place's name may stand beside in its own ("Helmand Province", "Județul Iași")."""
    home_state: str | None
    """State whose bodies a text of the language means when it names no state."""
    explicit_roles: frozenset[str]
    """Institutions that only a state beside them makes its own ("the media")."""
    local_roles: frozenset[str]
    """Institutions of the place where something happened, not of whoever did it."""
    agents: PhraseTable[str]
    """Prepositions of a passive's agent: ``sure``, ``doubtful`` (with other uses), ``report`` ("in a poll")."""
    makers: PhraseTable[str]
    """Prepositions between a report and whoever made it."""
    estimate_nouns: PhraseTable[str]
    """Nouns for a figure that somebody has come to ("count", "forecast")."""
    impersonals: frozenset[str]
    """Pronouns that leave a verb without a subject (Polish "się", Romanian "se")."""
    reflexive_verbs: PhraseTable[str]
    """Verbs of saying whose pronoun is part of them ("spodziewać się")."""
    own_pronouns: frozenset[str]
    """Pronouns of whoever speaks, right before a verb."""
    seats: frozenset[str]
    """Words that a hyphen joins to the place where a body has its seat ("Leeds-based")."""
    official: PhraseTable[str]
    """Adjectives that make a report the state's ("official data")."""
    within: PhraseTable[str]
    """Prepositions of the report in which something stands ("in a poll by")."""
    expecting: PhraseTable[str]
    """Verbs of expecting: with a figure, and without a subject, whoever spoke last expects."""
    clients: frozenset[str]
    """Prepositions of whom a report was made for."""
    showing: PhraseTable[str]
    """Verbs of what a report says and a gauge shows."""
    own_views: PhraseTable[str]
    """Whoever spoke last, by a possessive ("in her view")."""
    prepositions: PhraseTable[str]
    """What stands behind one is no subject."""
    affiliations: PhraseTable[str]
    """Prepositions between people and the body that they belong to ("researchers at the ...")."""
    own_voice: frozenset[str]
    """Possessives of whoever writes ("by my calculation")."""
    possessive_articles: frozenset[str]
    """Articles before a genitive (Romanian "al", "ale")."""
    indefinite_articles: frozenset[str]
    glued_articles: frozenset[str]
    """What follows an abbreviation as its article ("PIB-ul")."""
    conditionals: frozenset[str]
    """Auxiliaries of the conditional, which with "fi" make no passive (Romanian "ar fi vândut")."""
    about: frozenset[str]
    """Prepositions of what is spoken about."""
    emergent: PhraseTable[str]
    """Verbs of what comes out of a report ("z raportu wynika"); payload: the report's preposition."""
    than: frozenset[str]
    """Words before what something is more or less than."""
    adversatives: frozenset[str]
    """Words that set a clause against the one before ("but")."""
    valuing: PhraseTable[str]
    """Verbs that say a figure only with its preposition ("put ... at"); payload: the preposition."""
    commissive: PhraseTable[str]
    """Verbs of saying whose subject also acts ("promised 20 lorries")."""
    name_links: PhraseTable[str]
    """Words inside a name ("Office for National Statistics")."""
    clause_openers: PhraseTable[str]
    """``relative``, ``adverbial``, ``conditional`` or ``complement`` words that open a clause of their own."""
    coordinators: frozenset[str]
    """Words that join clauses as well as nouns."""
    finite_verbs: frozenset[str]
    """Verb forms that are finite wherever they stand, in the present."""
    past_verbs: frozenset[str]
    past_auxiliaries: frozenset[str]
    """Auxiliaries that make a participle a past tense (Romanian "a", "au")."""
    perfect_auxiliaries: frozenset[str]
    """Auxiliaries that make a participle a past tense (English "has", "have")."""
    future_verbs: frozenset[str]
    modal_verbs: frozenset[str]
    """Other words that an infinitive follows without a mark (English)."""
    infinitive_markers: frozenset[str]
    perfectives: frozenset[str]
    """Polish verbs that are perfective although the dictionary has an imperfective homonym ("kupić")."""
    invariable_verbs: frozenset[str]
    """Verb forms of the past that the dictionary has as infinitives (English "put", "found")."""
    sure_verbs: frozenset[str]
    """Forms that the dictionary has as nouns, too, and that are verbs in the news (English "say")."""
    subject_relatives: frozenset[str]
    """Relative pronouns right before whose verb no other subject stands (English "which", "who")."""
    reflexives: frozenset[str]
    """Pronouns that only a verb follows (Romanian "se")."""
    subject_pronouns: frozenset[str]
    negation: PhraseTable[str]
    """``particles``, ``never``, ``any``, ``significant``, ``intent``."""
    stance: PhraseTable[str]
    """``possible``, ``planned``, ``demanded``."""
    roles: PhraseTable[str]
    """``source``, ``target``, ``agent``, ``place``, ``with``."""
    relations: PhraseTable[str]
    losing: PhraseTable[str]
    """Verbs whose object is what is lost, not their subject."""
    comparisons: PhraseTable[str]
    """Words that open what something is compared to ("than", "compared with")."""
    change: PhraseTable[str]
    """``increase``, ``decrease`` (verbs), ``by``, ``more``, ``less``."""
    time_frames: PhraseTable[str]
    """Words before a time that only says within how long something came about ("in six months")."""
    states: PhraseTable[str]
    """What became of those counted: ``killed``, ``wounded``, ``captured``, ``missing``."""
    period: PhraseTable[str]
    """``during``, ``since``, ``first_person``; ``before``, ``same``, ``after``, ``meanwhile`` of another date."""
    verbal_nouns: frozenset[str]
    """English nouns in "-ing" that the dictionary has as verbs only ("hiring")."""
    predicates: PhraseTable[tuple[str, str]]
    """(predicate, ``nouns`` | ``undergone`` | ``active`` | ``receiving`` | ``suffering`` | ``light``)."""


def _by_kind(tables: dict[str, list[str]], kinds: Iterable[str]) -> list[tuple[str, str]]:
    return [(phrase, kind) for kind in kinds for phrase in tables[kind]]


@cache
def load_cues(language: str) -> Cues:
    """The cues of a language, from ``[context]`` and ``[predicates]`` of its table."""
    tables = load_language(language)
    context: dict[str, Any] = tables["context"]

    def table(entries: list[tuple[str, str]], *, inflect: bool = True) -> PhraseTable[str]:
        return PhraseTable(entries, language, inflect=inflect)

    def words(name: str) -> frozenset[str]:
        return frozenset(fold(word, language) for word in context[name])

    def verbs(kind: str) -> frozenset[str]:
        return frozenset(fold(word, language) for word in context["verbs"][kind])

    attribution = _by_kind(context, ("according_to", "say", "count", "relay", "deny", "quoted_by"))
    citing = set(context["citing"])
    attribution = [(phrase, "citing" if phrase in citing else kind) for phrase, kind in attribution]
    anaphors = [(phrase, kind) for kind, phrases in context["anaphors"].items() for phrase in phrases]
    anaphors += [(phrase, "any") for phrase in context["pronouns"]]
    predicates = [
        (phrase, (predicate, kind))
        for predicate, kinds in tables["predicates"].items()
        for kind, phrases in kinds.items()
        for phrase in phrases
    ]
    return Cues(
        attribution=table(attribution),
        relatives=table([(phrase, "relative") for phrase in context["relatives"]]),
        state_anaphors=table([(phrase, "state") for phrase in context["state_anaphors"]], inflect=False),
        report_nouns=table([(phrase, "report") for phrase in context["report_nouns"]]),
        anaphors=table(anaphors),
        time_frames=table([(phrase, "frame") for phrase in context["time_frames"]], inflect=False),
        of_links=words("of_links"),
        complementizers=words("complementizers"),
        doubtful_introducers=words("doubtful_introducers"),
        compound_auxiliaries=words("compound_auxiliaries"),
        passive_auxiliaries=words("passive_auxiliaries"),
        sides=words("sides"),
        addressing=words("addressing"),
        negative_determiners=words("negative_determiners"),
        definite_articles=words("definite_articles"),
        noun_like_modals=words("noun_like_modals"),
        distance_from=words("distance_from"),
        articles=words("articles"),
        verb_adverbs=words("verb_adverbs"),
        self_references=words("self_references"),
        pair_nouns=words("pair_nouns"),
        conjunctions=words("conjunctions"),
        uncounted=words("uncounted"),
        occasions=words("occasions"),
        times_words=words("times_words"),
        question_labels=words("question_labels"),
        answer_labels=words("answer_labels"),
        interviewers=table([(phrase, "asks") for phrase in context["interviewers"]], inflect=False),
        honorifics=table([(phrase, "address") for phrase in context["honorifics"]], inflect=False),
        acting_too=table([(phrase, "act") for phrase in context["acting_too"]]),
        general_media=words("general_media"),
        communiques=table([(phrase, "communique") for phrase in context["communiques"]]),
        bearers=table([(phrase, "bearer") for phrase in context["bearers"]]),
        column_labels=words("column_labels"),
        release_nouns=table([(phrase, "release") for phrase in context["release_nouns"]]),
        reported_future=table([(phrase, "future") for phrase in context["reported_future"]], inflect=False),
        unnamed={role: entry["unnamed"] for role, entry in tables.get("offices", {}).items() if "unnamed" in entry},
        renewed=frozenset(role for role, entry in tables.get("offices", {}).items() if entry.get("renewed", False)),
        forecasts=table([(phrase, "forecast") for phrase in context["forecasts"]]),
        measure_anaphors=table([(phrase, "measure") for phrase in context["measure_anaphors"]]),
        apiece=table([(phrase, "apiece") for phrase in context["apiece"]]),
        place_nouns=frozenset(fold(word, language) for word in context["place_nouns"]),
        home_state=context.get("home_state"),
        explicit_roles=frozenset(context["explicit_roles"]),
        local_roles=frozenset(context["local_roles"]),
        agents=table([(phrase, kind) for phrase, kind in context["agents"].items()], inflect=False),
        makers=table([(phrase, "by") for phrase in context["makers"]], inflect=False),
        estimate_nouns=table([(phrase, "estimate") for phrase in context["estimate_nouns"]]),
        impersonals=words("impersonals"),
        reflexive_verbs=table([(phrase, "reflexive") for phrase in context["reflexive_verbs"]]),
        own_pronouns=words("own_pronouns"),
        seats=words("seats"),
        official=table([(phrase, "official") for phrase in context["official"]]),
        within=table([(phrase, "in") for phrase in context["within"]], inflect=False),
        expecting=table([(phrase, "expect") for phrase in context["expecting"]]),
        clients=words("clients"),
        showing=table([(phrase, "show") for phrase in context["showing"]]),
        own_views=table([(phrase, "own") for phrase in context["own_views"]], inflect=False),
        prepositions=table([(phrase, "before") for phrase in context["prepositions"]], inflect=False),
        affiliations=table([(phrase, "at") for phrase in context["affiliations"]], inflect=False),
        own_voice=words("own_voice"),
        possessive_articles=words("possessive_articles"),
        indefinite_articles=words("indefinite_articles"),
        glued_articles=words("glued_articles"),
        conditionals=words("conditionals"),
        about=words("about"),
        emergent=table([(verb, preposition) for verb, preposition in context["emergent"].items()]),
        than=words("than"),
        adversatives=words("adversatives"),
        valuing=table([(verb, preposition) for verb, preposition in context["valuing"].items()]),
        commissive=table([(phrase, "commissive") for phrase in context["commissive"]]),
        name_links=table([(phrase, "link") for phrase in context["name_links"]], inflect=False),
        as_introducers=table([(phrase, "as") for phrase in context["as_introducers"]], inflect=False),
        clause_openers=table(_by_kind(context["clause_openers"], context["clause_openers"])),
        coordinators=words("coordinators"),
        finite_verbs=verbs("present"),
        past_verbs=verbs("past"),
        past_auxiliaries=verbs("past_auxiliaries"),
        perfect_auxiliaries=verbs("perfect_auxiliaries"),
        future_verbs=verbs("future"),
        modal_verbs=verbs("modals"),
        infinitive_markers=verbs("infinitive_markers"),
        perfectives=verbs("perfectives"),
        invariable_verbs=verbs("invariable"),
        sure_verbs=verbs("sure"),
        subject_relatives=verbs("subject_relatives"),
        reflexives=verbs("reflexives"),
        subject_pronouns=verbs("subject_pronouns"),
        negation=table(_by_kind(context["negation"], context["negation"])),
        stance=table(_by_kind(context["stance"], context["stance"])),
        roles=table(_by_kind(context["roles"], context["roles"]), inflect=False),
        relations=table(_by_kind(context["relations"], context["relations"])),
        losing=table([(phrase, "lose") for phrase in context["losing"]]),
        comparisons=table([(phrase, "to") for phrase in context["comparisons"]], inflect=False),
        change=table(_by_kind(context["change"], context["change"])),
        states=table(_by_kind(context["states"], context["states"])),
        period=table(_by_kind(context["period"], context["period"]), inflect=False),
        verbal_nouns=frozenset(
            phrase for phrase, (_, kind) in predicates if kind in ("nouns", "undergone") and phrase.endswith("ing")
        ),
        predicates=PhraseTable(predicates, language, inflect=True),
    )
