"""Rules that tell page furniture from the article: adverts, teasers, credits, counters, other stories' titles.

A rule looks at the lines of a page and yields the spans that are not the article's own words. The words of each
language are in the ``[furniture]`` table of ``languages/xx.toml``; the shapes are here and hold for any outlet. A rule
abstains when it is not sure: what it masks is lost to all later steps, what it leaves is one more line to read.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from quantclaims.lexicon import list_languages
from quantclaims.pages.lines import Line, ends_sentence, is_list_item, is_prose, is_title
from quantclaims.pages.page import LONGEST_HEADING, LONGEST_STAMP, Page, Vocabulary, core, load_vocabulary, read_page

Span = tuple[int, int]

WIDEST_GAP = 3
"""Empty lines that part the article from what the page has below it."""

ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"”]+(?<![.,;:)!?])|[\w.+-]+@[\w-]+\.[\w.-]*\w|\[email\s?protected\]")
PHONE = re.compile(r"\+?\(?\d[\d\s()/.-]{5,}\d")
TIME = re.compile(r"\b\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]\.?m\b\.?)?")
NUMERIC_DATE = r"(?:\d{4}-\d{1,2}(?:-\d{1,2}(?:T\d\d:\d\d(?::\d\d)?)?)?|\d{1,2}[./-]\d{1,2}[./-]\d{4})"
WRITTEN_DATE = r"(?:\d{1,2}\.?\s[^\W\d]+\.?,?\s\d{4}|[^\W\d]+\.?\s\d{1,2},\s\d{4})"
DATE = re.compile(rf"\b(?:{NUMERIC_DATE}|{WRITTEN_DATE})\b")
STAMP = re.compile(rf"\s*:?\s*{NUMERIC_DATE}(?:[,\s]+{TIME.pattern})?[\s|,–-]+")
ZONE = re.compile(r"\b(?:gmt|utc|cet|cest|eet|eest|bst|est|edt|pst|pdt|kst|r)\b|[+-]\d\d:?\d\d\b")
GALLERY = re.compile(r"\[\d{1,3}\s?/\s?\d{1,3}\]\s*|\d{1,3}\s(?:of|z|din)\s\d{1,3}\s\|\s*|\d{1,3}\s?/\s?\d{1,3}$")
INITIALS = re.compile(r"[^\W\d_]{2,4}/(?:\s*[^\W\d_]{2,4}/)*")
NAME = re.compile(r"[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){1,2}")
HASHTAGS = re.compile(r"#\w+(?:[\s,]+#\w+)*")
TRAIL = re.compile(r"\s+[>›»]\s+")
TAGS = (
    "a abbr article aside b blockquote br button center cite code div em figcaption figure font footer h1 h2 h3 h4 h5 "
    "h6 header hr i iframe img li main nav noscript ol p picture q s script section small source span strong style "
    "sub sup table tbody td th thead time tr u ul video"
)
ATTRIBUTE = r"[\w:-]+\s*=\s*(?:\"[^\"\n]*\"|'[^'\n]*'|[^\s\"'>]+)"
MARKUP = re.compile(rf"</?(?:{'|'.join(TAGS.split())})(?:\s+{ATTRIBUTE})*\s*/?>|&nbsp;", re.IGNORECASE)


class Masked(NamedTuple):
    """A span that is not the article's, half open, and the rule that says so."""

    start: int
    end: int
    rule: str


Rule = Callable[[Page], Iterable[Span]]


def whole(line: Line) -> Span:
    """The span of a line."""
    return line.start, line.end


# Characters and scripts


def find_markup(page: Page) -> Iterator[Span]:
    """Tags that a copy of a page has left in its text: they part words that belong together."""
    if "<" in page.text or "&nbsp;" in page.text:
        yield from (match.span() for match in MARKUP.finditer(page.text))


def find_addresses(page: Page) -> Iterator[Span]:
    """Web and mail addresses, whose digits are no figures."""
    if not any(sign in page.text for sign in ("@", "://", "www.", "[email")):
        return  # the pattern alone took a third of the time of all the rules
    yield from (match.span() for match in ADDRESS.finditer(page.text))


@cache
def is_foreign_letter(letter: str, script: str) -> bool:
    """Whether a character is a letter of another script, by its Unicode name."""
    return letter.isalpha() and not unicodedata.name(letter, script).startswith((script, "FEMININE", "MASCULINE"))


def find_foreign_script(page: Page) -> Iterator[Span]:
    """Lines most of whose letters are of another script than the language's."""
    letters = {c for c in set(page.text) if is_foreign_letter(c, page.words.script)}
    for line in page.lines if letters else ():
        foreign = letters.intersection(line.text)
        if foreign and 2 * sum(line.text.count(c) for c in foreign) > sum(c.isalpha() for c in line.text):
            yield whole(line)


def find_foreign_language(page: Page) -> Iterator[Span]:
    """Long lines with hardly one of the language's commonest words that are surely in another language."""
    for line in page.lines:
        if line.words >= 12 and is_foreign(line, re.findall(r"[^\W\d_]+", line.folded), page.words):
            yield whole(line)


def is_foreign(line: Line, words: list[str], own: Vocabulary) -> bool:
    """Whether a line is in another language: by the common words of one we know, else by the letter statistics."""
    common = sum(word in own.function_words for word in words)
    if len(words) < 12 or common * 8 > len(words):  # one word in three is common in all three languages
        return False
    for other in (load_vocabulary(language) for language in list_languages() if language != own.language):
        own_alone, other_alone = own.function_words - other.function_words, other.function_words - own.function_words
        if own_alone.isdisjoint(words) and len(other_alone.intersection(words)) >= 3:
            return True
    if common or not ends_sentence(line) or not own.letters.isdisjoint(line.text.lower()):
        return False
    from quantclaims.pages.identify import rank_languages  # a second and 70 MB to load: only where a line looks foreign

    likeliest, share = rank_languages(line.plain)[0]
    return likeliest != own.language and share > 0.99


# What the page says about itself


def find_contacts(page: Page) -> Iterator[Span]:
    """Lines of nothing but addresses and labelled telephone numbers."""
    for _, line in page.short(LONGEST_STAMP):
        rest, addresses = ADDRESS.subn(" ", line.folded)
        rest, phones = PHONE.subn(" ", rest)
        if not addresses and not phones:
            continue
        rest, labels = page.words.anywhere["contact"].subn(" ", rest)
        if (addresses or labels or line.text.startswith("+")) and not re.search(r"\w", rest):
            yield whole(line)


def strip_stamps(line: Line, words: Vocabulary) -> tuple[bool, bool, bool]:
    """Whether a line holds nothing but stamps; whether it holds a labelled or timed date; whether a count."""
    rest, dates = DATE.subn(" ", line.folded)
    rest, times = TIME.subn(" ", rest)
    rest, counts = words.counted.subn(" ", rest)
    rest, labels = words.anywhere["stamp"].subn(" ", ZONE.sub(" ", rest))
    return not re.search(r"\w", rest), dates > 0 and (times > 0 or labels > 0), counts > 0


def find_view_counters(page: Page) -> Iterator[Span]:
    """Lines that count the page's readers, comments or minutes: "Views: 1,204", "3 min read"."""
    for _, line in page.short(LONGEST_STAMP):
        if any(c.isdigit() for c in line.text):
            nothing_else, _, counted = strip_stamps(line, page.words)
            if nothing_else and counted:
                yield whole(line)


def find_page_stamps(page: Page) -> Iterator[Span]:
    """Dates that the page's software prints: on a line of their own, or labelled before the first words."""
    for i, line in page.short(LONGEST_STAMP):
        if any(c.isdigit() for c in line.text):
            nothing_else, stamped, counted = strip_stamps(line, page.words)
            numeric_above = i < page.first_prose and re.fullmatch(NUMERIC_DATE, line.text) is not None
            if nothing_else and not counted and (stamped or numeric_above):
                yield whole(line)
    for line in page.lines:
        label = page.words.starts["stamp"].match(line.folded)
        stamp = STAMP.match(line.text, label.end()) if label else None
        if stamp and next((c for c in line.text[stamp.end() :] if c.isalpha()), "").isupper():
            yield line.start, line.start + stamp.end()


def find_gallery_counters(page: Page) -> Iterator[Span]:
    """Counts of pictures before a caption: "[2/5]", "2 of 5 |"."""
    for line in page.lines:
        if counted := GALLERY.match(line.text):
            yield line.start, line.start + counted.end()


def find_photo_credits(page: Page) -> Iterator[Span]:
    """Lines that say whose a picture is, and such words at the end of a caption."""
    for _, line in page.short():
        labelled = page.words.starts["credit"].match(line.folded) or page.words.credit_line.fullmatch(line.text)
        if labelled and line.words <= 14:
            yield whole(line)
            continue
        for label in page.words.anywhere["credit"].finditer(line.folded):
            before = line.folded[: label.start()].rstrip()
            if before.endswith((".", "!", "?", '"', "”", "(", "|", "/", "©")) and len(line.text) - label.start() <= 80:
                yield line.start + len(before.rstrip("(|/© ")), line.end
                break
        agency = page.words.credit_end.search(line.text)
        if agency and len(agency.group()) <= 80 and not page.words.sign_off.search(line.text):
            yield line.start + agency.start(), line.end


def find_copyright(page: Page) -> Iterator[Span]:
    """Lines that reserve rights."""
    for _, line in page.short():
        opens = re.match(r"\W*copyright\b|©|\(c\)\s\d{4}", line.folded)
        if opens or ("©" in line.text and line.words <= 14 and not is_prose(line)):
            yield whole(line)


def find_bylines(page: Page) -> Iterator[Span]:
    """Lines that name the author: after a label, beside a credit or a stamp, or initials as agencies print them."""
    for i, line in page.short():
        label = page.words.starts["byline"].match(line.folded)
        if INITIALS.fullmatch(line.text) or (label and is_author(line.text[label.end() :], label.group())):
            yield whole(line)
        elif is_name(line.text) and page.words.function_words.isdisjoint(line.folded.split()):
            neighbours = page._replace(lines=page.lines[max(0, i - 1) : i] + page.lines[i + 1 : i + 2])
            if any(span for rule in BESIDE_NAMES for span in rule(neighbours)):
                yield whole(line)


BESIDE_NAMES: tuple[Rule, ...] = (find_photo_credits, find_page_stamps, find_view_counters, find_copyright)
"""What a page prints next to its author's name."""


def is_name(text: str) -> bool:
    """Whether two or three capitalised words are all there is."""
    return NAME.fullmatch(text) is not None and all(word[0].isupper() for word in text.split())


def is_author(text: str, label: str) -> bool:
    """Whether what follows a byline's label is a name; after a bare word ("by") every word is to be capitalised."""
    words = [word for word in re.findall(r"\w[\w.'’-]*", text) if word not in {"and", "i", "și", "oraz"}]
    if not words or len(words) > 6 or any(c.isdigit() for c in text):
        return False
    return label.endswith((":", ".")) or all(word[0].isupper() for word in words)


def find_tags(page: Page) -> Iterator[Span]:
    """Lists of keywords: after a label, below a label, or as hashtags."""
    for i, line in page.short():
        if HASHTAGS.fullmatch(line.text):
            yield whole(line)
        elif label := page.words.starts["tags"].match(line.folded):
            rest = line.text[label.end() :].strip()
            if rest.startswith(":") and rest != ":" and not ends_sentence(line):
                yield whole(line)
            elif rest in {"", ":"}:
                yield whole(line)
                yield from (whole(below) for below in take_titles(page, i + 1, longest=4))


def find_breadcrumbs(page: Page) -> Iterator[Span]:
    """The way to the page: "News > World > Asia"."""
    for i, line in page.short():
        steps = TRAIL.split(line.text)
        wanted = 2 if i < page.first_prose else 3
        if len(steps) >= wanted and all(0 < len(step.split()) <= 4 for step in steps[:-1]) and not ends_sentence(line):
            yield whole(line)


# What the page offers besides the article


def find_adverts(page: Page) -> Iterator[Span]:
    """The word "advertisement" on a line of its own, or in capitals between two sentences."""
    yield from (
        whole(line) for _, line in page.short(LONGEST_HEADING) if core(line.folded) in page.words.lines["advert"]
    )
    for match in page.words.inline_advert.finditer(page.text):
        yield match.start() + 1, match.end()


def find_continuations(page: Page) -> Iterator[Span]:
    """The words "the article continues below the video", and the title of that video."""
    for i, line in page.short():
        if len(line.text) <= 120 and page.words.starts["continues"].match(line.folded):
            yield whole(line)
            if page.words.anywhere["video"].search(line.folded):
                yield from (whole(below) for below in take_titles(page, i + 1)[:1])


def find_teasers(page: Page) -> Iterator[Span]:
    """Invitations to see or read something else, with its title on the same line."""
    for i, line in page.short():
        label = page.words.starts["teaser"].match(line.folded) or page.words.starts["related"].match(line.folded)
        if label is None or (
            label.group().endswith(":") and len(label.group().rstrip(" :").split()) == 1 and i < page.first_prose
        ):
            continue  # "VIDEO: ..." above the text is the article's own title
        if not ends_sentence(line) or line.text[0] in "([":
            yield whole(line)


def find_notices(page: Page) -> Iterator[Span]:
    """Newsletters, applications, shares, terms of use."""
    for _, line in page.short():
        if page.words.starts["notice"].match(line.folded):
            yield whole(line)


def take_titles(page: Page, first: int, longest: int = 40) -> list[Line]:
    """The titles from a line on; where they come in pairs, the pairs alone."""
    titles = []
    bulleted = first < len(page.lines) and is_list_item(page.lines[first])
    for line in page.lines[first:]:
        if line.words > longest or not (is_title(line) or (bulleted and is_list_item(line))):
            break
        titles.append(line)
    if len(titles) >= 4 and titles[0].plain == titles[1].plain:
        paired = next((i for i in range(0, len(titles) - 1, 2) if titles[i].plain != titles[i + 1].plain), None)
        return titles if paired is None else titles[:paired]
    return titles


def find_recommended(page: Page) -> Iterator[Span]:
    """A heading such as "Read also" alone on its line, and the titles of other stories below it."""
    headings = page.words.lines["related"] | page.words.lines["headings"]
    for i, line in page.short(LONGEST_HEADING):
        if core(line.folded) in headings:
            yield whole(line)
            yield from (whole(title) for title in take_titles(page, i + 1))


def find_products(page: Page) -> Iterator[Span]:
    """Goods for sale: below a shop's heading, or beside words that only a shop writes."""
    for i, line in page.short(LONGEST_HEADING):
        if core(line.folded) in page.words.lines["products"]:
            yield whole(line)
            yield from (whole(below) for below in take_titles(page, i + 1))
    for _, line in page.short():
        if not is_prose(line) and page.words.anywhere["shop"].search(line.folded):
            yield whole(line)


def find_doubled_titles(page: Page) -> Iterator[Span]:
    """Titles of other stories, each printed twice (picture and link), two or more in a row."""
    run: list[Line] = []
    at = 0
    while at < len(page.lines):
        pair = page.lines[at : at + 2]
        if len(pair) == 2 and pair[0].plain == pair[1].plain and pair[0].words >= 3 and is_title(pair[0]):
            run += pair
            at += 2
            continue
        if len(run) >= 4:
            yield from (whole(line) for line in run)
        run = []
        at += 1
    if len(run) >= 4:
        yield from (whole(line) for line in run)


def find_doubled_lines(page: Page) -> Iterator[Span]:
    """The second copy of a caption: on the next line, or glued to the first."""
    for line, following in pairwise(page.lines):
        if line.plain == following.plain and line.words >= 4 and not is_list_item(line):
            yield whole(following)
    for line in page.lines:
        half, odd = divmod(len(line.text), 2)
        first, second = line.text[:half], line.text[half + odd :]
        if first == second and len(first.split()) >= 4 and (not odd or line.text[half].isspace()):
            yield line.start + half, line.end


def find_after_end(page: Page) -> Iterator[Span]:
    """Other stories' titles below the article: flagged ("[BREAKING]"), after a wide gap or after the agency's name."""
    below = page.lines[page.last_prose + 1 :] if page.last_prose >= 0 else []
    for line in below:
        flag = page.words.starts["breaking"].match(line.folded)
        if flag and is_title(line) and re.match(r"\s*[\]:|!]", line.folded[flag.end() :]):
            yield whole(line)
    if below and all(is_title(line) for line in below):
        last = page.lines[page.last_prose]
        signed = page.words.sign_off.search(last.text) or page.words.starts["source"].match(below[0].folded)
        if signed or below[0].gap >= WIDEST_GAP:
            yield from (whole(line) for line in below)


RULES: tuple[tuple[str, Rule], ...] = (
    ("markup", find_markup),
    ("address", find_addresses),
    ("foreign_script", find_foreign_script),
    ("foreign_language", find_foreign_language),
    ("contact", find_contacts),
    ("view_counter", find_view_counters),
    ("page_stamp", find_page_stamps),
    ("gallery_counter", find_gallery_counters),
    ("photo_credit", find_photo_credits),
    ("copyright", find_copyright),
    ("byline", find_bylines),
    ("tags", find_tags),
    ("breadcrumbs", find_breadcrumbs),
    ("advert", find_adverts),
    ("continuation", find_continuations),
    ("teaser", find_teasers),
    ("notice", find_notices),
    ("recommended", find_recommended),
    ("products", find_products),
    ("doubled_titles", find_doubled_titles),
    ("doubled_line", find_doubled_lines),
    ("after_end", find_after_end),
)
"""Name -> rule. Of spans that lie in each other the widest counts, of equal ones the first rule's."""


def find_furniture(text: str, language: str) -> list[Masked]:
    r"""The spans of a text that are page furniture, by one pass of all the rules, in the order of the text.

    >>> find_furniture("Views: 1,204\nThree people were hurt on Monday.", "en")
    [Masked(start=0, end=12, rule='view_counter')]
    """
    page = read_page(text, language)
    found: list[Masked] = []
    order = {name: i for i, (name, _) in enumerate(RULES)}
    spans = {Masked(*span, name) for name, rule in RULES for span in rule(page)}
    for span in sorted(spans, key=lambda span: (span.start, -span.end, order[span.rule])):
        if not found or span.end > found[-1].end:
            found.append(span)
    return found
