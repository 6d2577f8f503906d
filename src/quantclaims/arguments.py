"""What the public functions accept: each wrong argument ends in one line that says what it is and what to give."""

from datetime import date, datetime

from quantclaims.lexicon import list_languages
from quantclaims.records import Article


def check_text(text: object, language: object = None) -> str:
    """The text itself; TypeError where it is none, or where the language is no tag at all.

    >>> check_text(None)
    Traceback (most recent call last):
    ...
    TypeError: text is a NoneType: give a str (read files with encoding="utf-8")
    """
    if not isinstance(text, str):
        raise TypeError(f'text is a {type(text).__name__}: give a str (read files with encoding="utf-8")')
    if language is not None and not isinstance(language, str):
        raise TypeError(f"language is a {type(language).__name__}: known are {', '.join(list_languages())}")
    return text


def check_reference(reference: object) -> date | None:
    """The reference day, of a date, a moment in time or an ISO 8601 text; TypeError or ValueError for anything else.

    >>> check_reference(datetime(2024, 7, 19, 8, 30)), check_reference("2024-07-19")
    (datetime.date(2024, 7, 19), datetime.date(2024, 7, 19))
    """
    if isinstance(reference, datetime):
        return reference.date()
    if reference is None or isinstance(reference, date):
        return reference
    if not isinstance(reference, str):
        raise TypeError(f"reference is a {type(reference).__name__}: give a datetime.date, or None")
    try:
        return date.fromisoformat(reference)
    except ValueError:
        raise ValueError(
            f'reference {reference!r} is no day: give a datetime.date or a text like "2024-07-19"'
        ) from None


def check_article(article: object) -> Article:
    """The article, its publication date as EDTF; TypeError for what is none.

    >>> check_article(Article("5 km", "en", published=date(2024, 7, 19))).published
    '2024-07-19'
    """
    if not isinstance(article, Article):
        raise TypeError(f"article is a {type(article).__name__}: give an Article(text, language, published=...)")
    check_text(article.text)
    published: object = article.published
    if isinstance(published, date):
        day = check_reference(published)
        return article._replace(published=day.isoformat() if day else None)
    if published is not None and not isinstance(published, str):
        raise TypeError(f'published is a {type(published).__name__}: give EDTF like "2024-07-19~", or a datetime.date')
    return article
