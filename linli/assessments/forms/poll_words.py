"""What is wrong with a poll's questions, in words; answers that are asked for again and again."""

from typing import Final

from django.utils.translation import gettext, gettext_lazy, override

from linli.assessments.rules.polls import Option, Question
from linli.kernel.text import Words

FAULTS: Final[dict[str, Words]] = {
    "no_questions": gettext_lazy("It asks nothing yet."),
    "no_text": gettext_lazy("A question or an answer has no words."),
    "no_options": gettext_lazy("A question needs two to eight answers."),
    "options_alike": gettext_lazy("Two answers of a question are the same."),
    "worth_out_of_range": gettext_lazy("In a score an answer counts 0 to 100."),
    "not_translated": gettext_lazy("A question is not said in every language yet."),
}
GRADES: Final = (
    (gettext_lazy("very satisfied"), 100),
    (gettext_lazy("satisfied"), 75),
    (gettext_lazy("in between"), 50),
    (gettext_lazy("dissatisfied"), 25),
    (gettext_lazy("very dissatisfied"), 0),
)
YES_NO: Final = (
    (gettext_lazy("yes"), 100),
    (gettext_lazy("no"), 0),
    (gettext_lazy("I do not know"), None),
)
READY: Final = {"grades": GRADES, "yes_no": YES_NO}


def ready(key: str, name: str, language: str) -> Question:
    """Return a new question of this key, its answers ready in a language where they are asked for by name."""
    with override(language):
        texts = [(gettext(str(words)), worth) for words, worth in READY.get(name, ())]
    options = (
        Option(f"a{at}", {language: text}, worth) for at, (text, worth) in enumerate(texts, 1)
    )
    return Question(key, {}, tuple(options))
