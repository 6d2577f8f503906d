"""Which language a text is in, by py3langid's statistics of letter sequences (https://github.com/adbar/py3langid)."""

from functools import cache
from typing import Any

from quantclaims.lexicon import list_languages


@cache
def _identifier() -> Any:
    from py3langid import langid  # a second to load: only pages that leave their language open pay it

    return langid.LanguageIdentifier.from_model_file(langid.MODEL_FILE, norm_probs=True)


def rank_languages(text: str) -> list[tuple[str, float]]:
    """``(ISO 639-1 code, probability)`` of all languages that the model knows, the likeliest first."""
    return [(code, float(share)) for code, share in _identifier().rank(text)]


def guess_language(text: str, sure: float = 0.9) -> tuple[str | None, str]:
    """``(language, likeliest)``: the likeliest language that has a grammar, and the likeliest of all languages.

    The first is None when the text is surely (with probability ``sure`` or more) in a language without a grammar.

    >>> guess_language("Wojsko poinformowało, że w nocy zestrzelono dwanaście dronów nad miastem.")
    ('pl', 'pl')
    >>> guess_language("Das Ministerium teilte mit, dass in der Nacht zwölf Drohnen abgeschossen wurden.")[0] is None
    True
    """
    ranked = rank_languages(text)
    likeliest, share = ranked[0]
    known = list_languages()
    if likeliest not in known and share >= sure:
        return None, likeliest
    return next(code for code, _ in ranked if code in known), likeliest
