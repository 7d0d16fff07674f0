"""Words by which a sentence tells who was allocated, housed, treated or measured: fragments for regular expressions."""

from __future__ import annotations

import re

ANIMAL = (
    r"(?:mice|mouse|rats?|animals?|rabbits?|(?:mini|guinea[- ])?pigs?|piglets?|sows?|gilts?|barrows?|boars?|"
    r"dogs?|beagles?|bitches|"
    r"puppies|cats?|kittens?|monkeys?|macaques?|marmosets?|baboons?|primates?|sheep|ewes?|lambs?|rams?|goats?|"
    r"does|cows?|calf|"
    r"calves|cattle|heifers?|steers?|bulls?|horses?|foals?|ponies|chickens?|chicks?|hens?|broilers?|"
    r"cockerels?|quails?|turkeys?|"
    r"poults?|ducks?|ducklings?|geese|birds?|pigeons?|finch(?:es)?|fish|zebrafish|trout|carp|salmon|tilapia|"
    r"larvae|embryos?|"
    r"flies|frogs?|tadpoles?|gerbils?|hamsters?|ferrets?|mink|voles?|bats?|degus?|squirrels?|opossums?|pups?|"
    r"offspring|litters?|"
    r"littermates?|dams?|rodents?|alpacas?|llamas?|deer|shrews?|subjects|knockouts?|survivors|neonates?|"
    r"fetus(?:es)?|foetus(?:es)?)"
)
GROUP = (
    r"(?:groups?|arms?|treatments?|cohorts?|diets?|feeds?|conditions?|vehicle|saline|sham|controls?|placebo|"
    r"regimens?|interventions?|"
    r"genotypes?|drugs?|doses?|products?|exposures?|strata|implants?|assignments?|allocations?)"
)
ASSIGN = (
    r"(?:(?:re)?assign\w*|allocat\w*|allott\w*|allot|(?:sub)?divid\w*|division|(?:re)?distribut\w*|split|"
    r"separated|categori[sz]ed|"
    r"segregated|partitioned|randomi[sz]\w*|grouped|grouping|group (?:membership|formation)|enrol\w*|"
    r"form(?:ed|ing)?\b.{0,30}\bgroups?)"
)
RANDOM = r"(?:random\w*|by chance|by lot|lots)"
# Persons: those who treat and care, those who measure, and those of whom it isn't said
CARER = (
    r"(?:care ?takers?|care ?givers?|keepers?|handlers?|stockm[ae]n|stockpersons?|herdsm[ae]n|farmers?|"
    r"farm (?:staff|personnel|workers?|hands?)|"
    r"husbandry|surgeons?|an(?:a?es)thetists?|(?:animal|barn|feeding|care|nursing|stable|facility) (?:staff|"
    r"personnel|technicians?|workers?|attendants?)|"
    r"nurses?|zookeepers?|attendants?|veterinarians?|vets?)"
)
ASSESSOR = (
    r"(?:assessors?|raters?|scorers?|observers?|readers?|examiners?|evaluators?|graders?|counters?|"
    r"pathologists?|histologists?|radiologists?|"
    r"sonographers?|echocardiographers?|microscopists?|analysts?|reviewers?|judges|anatomopathologists?|"
    r"neurologists?|cardiologists?|ophthalmologists?|statisticians?|biologists?)"
)
PERSON = (
    r"(?:experimenters?|investigators?|researchers?|scientists?|persons?|personnel|people|technicians?|staff|"
    r"operators?|colleagues?|students?|"
    r"authors?|members? of the (?:team|laboratory|group)|individuals?|those|someone|worker|workers|team|"
    r"technologists?|testers?|nobody|no one)"
)
TREAT = (
    r"(?:inject\w*|administ\w*|gavag\w*|dosing|dosed|infus\w*|treating|treated the|treatment of the animals|"
    r"gave the|giving|giv(?:e|es) (?:the|all)|"
    r"handl\w*|hous(?:ed|ing)|fed|feeding|husbandry|surger\w*|surgical\w*|operated on|operations?|operating|"
    r"cared?\b|care of|caring|manag\w*|implant\w*|"
    r"occlud\w*|deliver\w*|perform(?:ed|ing) the (?:surgery|procedures?|treatments?)|inoculat\w*|vaccinat\w*|"
    r"immuniz\w*|monitor\w*|health checks?|"
    r"an(?:a)?esthe\w*|nursed|ligat\w*|induc\w* (?:the )?(?:injury|ischemia|lesion|stroke|model)|looked after|"
    r"looking after|tended|attended)"
)
MEASURE = (
    r"(?:scor\w*|assess\w*|evaluat\w*|measur\w*|count\w*|grad(?:ed|ing|es?)|analy[sz]\w*|quantif\w*|observ\w*|"
    r"rat(?:ed|ing|ings)|read\b|readings?|trac(?:ed|ing)|"
    r"record\w*|review\w*|interpret\w*|examin\w*|classif\w*|identif\w*|determin\w*|judged|judging|"
    r"imag(?:ed|ing|es)|echocardiogra\w*|histolog\w*|"
    r"microscop\w*|behaviou?r\w*|tests?\b|tested|testing|videos?|slides?|sections?|data collection|outcomes?|"
    r"estimat\w*|calculat\w*|reconstruct\w*|inspect\w*|"
    r"stereolog\w*|segment\w*|monitor\w*|necrops\w*|autops\w*|palpat\w*|caliper\w*|photograph\w*|timed|"
    r"weighed|delineat\w*|outlined|acqui(?:red|sition)|"
    r"recordings?|electrophysiolog\w*|samples?|specimens?|scans?|placement|visuali[sz]ed|assays?|experiments?)"
)
OUTCOME_STEP = (
    r"(?:test(?:ed|ing|s)?|assess\w*|measur\w*|scan(?:ned|ning)?|imag(?:ed|ing)|record(?:ed|ings?)|"
    r"sampl(?:ed|ing|es)|examin\w*|evaluat\w*|film(?:ed|ing)|observ\w*|"
    r"scor(?:ed|ing)|sacrific\w*|euthani[sz]\w*|kill(?:ed|ing)|slaughter\w*|harvest\w*|dissect\w*|"
    r"process(?:ed|ing)|analy[sz]\w*|weigh(?:ed|ing)|bled|bleeding|"
    r"micro-?ct|mri|ct|pet|histolog\w*|necrops\w*|autops\w*|collect(?:ed|ion)|rotarod|maze|open field|"
    r"echocardiograph\w*|taken out|removed|culled|run\b|trials?|biops\w*|"
    r"phenotyp\w*|perfus\w*|decapitat\w*|microscop\w*|assay(?:ed|s)?|swim|swum|trained|videotaped|"
    r"photographed|screened|inspected|session)"
)
NUMBER_WORDS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen seventeen "
        "eighteen nineteen twenty".split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100}
NUMBER = (
    r"(?:\d{1,4}|(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)[- ]?)?(?:"
    + "|".join(NUMBER_WORDS)
    + r"))"
)


def number(word: str) -> int | None:
    """Return the whole number that a numeral or number word names, or None."""
    word = word.strip().lower()
    if word.isdigit():
        return int(word)
    if word in NUMBER_WORDS:
        return NUMBER_WORDS[word]
    parts = re.split(r"[- ]", word)
    if len(parts) == 2 and parts[0] in NUMBER_WORDS and parts[1] in NUMBER_WORDS:
        tens, ones = NUMBER_WORDS[parts[0]], NUMBER_WORDS[parts[1]]
        return tens + ones if tens >= 20 and ones < 10 else None
    return None


def named(expression: str) -> str:
    """Return the expression with the capitalised names of this module replaced by their words, as in "{ANIMAL}"."""
    return re.sub(r"\{([A-Z_]+)\}", lambda m: globals()[m.group(1)], expression)


def pattern(*expressions: str) -> re.Pattern[str]:
    """Compile alternatives that use the names of this module."""
    return re.compile(named("|".join(expressions)))
