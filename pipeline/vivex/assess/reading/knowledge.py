"""What a clause says of knowledge of the groups: blind, not blind, coded, or left open."""

from __future__ import annotations

import re

from vivex.assess.reading.words import ASSESSOR, CARER, PERSON, named

BLIND_TRAP = re.compile(
    r"\b(?:functionally|congenitally|visually|totally|completely|legally|nearly|partially|cortically|becom\w+|"
    r"became|went|are|is) blind\b(?! (?:to|for|as)\b)|\bblind (?:mice|rats|animals|mole|cave|fish|spot|"
    r"cavefish|patch|whole|docking|source|deconvolution|ended|end|loop|pouch|stump|sac|people|patients|"
    r"individuals|subjects|dogs|search|"
    r"insertion|intubation|gavage|test set|prediction|validation|passage|alley|peer)|"
    r"\b(?:colou?r|night|red-green|mind|snow|face|smell|mole|deaf)[- ]?blind\w*|"
    r"\bblind-?(?:ended|ending|sided|fold)|\bblindness\b|\bblindfold|"
    r"\bdouble-?blind(?:ed)? (?:\w+[- ,]*){0,3}(?:trials?|placebo|clinical|peer|crossover stud)|"
    r"\bblinded by (?:bilateral|removal|enucleat|suturing|surg|eyelid|retinal|optic|section|exposure|intense|"
    r"light|laser)|\b(?:surgically|bilaterally|optically|peripherally) blinded|"
    r"\bblinded (?:mice|rats|animals|hamsters|monkeys|birds|toads?)\b|"
    r"\bblinding (?:light|disease|disorder|condition|eye)|\brecorded blindly|\bintubated blindly|"
    r"\bblindly (?:intubat|insert|advanc|lower|introduc|patched|docked|passed)\w*|"
    r"\b(?:antigen|epitope|un|noise|backward|forward|auditory|visual|binary|image|brain|spatial|face|gas|"
    r"facial|photo|shadow|anatomical|gr[ae]y matter|white matter|roi|tissue|skull|laryngeal|repeat|cortical|"
    r"explicit|inclusive|threshold)[- ]?mask\w*|\bmask(?:ed|ing)? (?:mrna|rnas?|noise|epitope|ventilation|"
    r"image|threshold|stimul|level|transcripts?|effects?|by the)|"
    r"\b(?:may|might|could|can|would|thus|possibly|thereby|which|effects?|been|is|are) (?:be |have |"
    r"been )?mask(?:s|ed|ing)?\b(?! (?:to|observer|assess|investigator|rater|fashion|manner))|"
    r"\bunaware of (?:any|other|another|previous|published|stud|the (?:existence|literature)|reports?)|"
    r"\bpeer[- ]review|\bunder (?:the )?mask|\bthrough a (?:\w+ )?mask|\bblind (?:\w+ )?(?:recordings?|patch)|"
    r"\bblinded? (?:\w+ )?(?:docking|extrapolation)"
)
_PEOPLE = rf"(?:{PERSON}|{ASSESSOR}|{CARER}|who|whom|he|she|they|nobody|they)"
_KNOWN = named(
    r"(?:{GROUP}|{ANIMAL}|allocat\w*|identit\w+|groupings?|genotyp\w*|content|contents|"
    r"experimental (?:design|groups?|conditions?)|hypothes[ie]s|origin|source|assigned|status|codes?|key|"
    r"substance|meaning|procedure|intervention|which|sex|received|treated|held)"
)
_BLIND = re.compile(
    r"\bblinded(?! (?:mice|rats|animals))\b|\bblindly\b|\bblinding\b|\bblind\b(?!s)|\bsingle-?blind|"
    r"\bdouble-?blind|\btriple-?blind|"
    r"\bmask(?:ed|ing) (?:to|as to|from|with respect to|of|for|regarding) (?:the |their |all |any |both |"
    rf"which |group|treatment|experimental|{_KNOWN})|\bmasked (?:\w+ )?(?:{ASSESSOR}|{PERSON}|{CARER}|manner|"
    r"fashion|way|assess\w*|evaluat\w*|analys\w*|scor\w*|read\w*|review|conditions?)\b|"
    rf"\b{_PEOPLE}\b[^.;]{{0,40}}\b(?:was|were|is|are|been|be|being|remained|kept|stayed) (?:\w+ )?masked\b|"
    r"\b(?:assess\w*|evaluat\w*|scor\w*|analys[ei]s|measurements?|readings?|grading|"
    rf"rating)\b[^.;]{{0,40}}\b(?:was|were|is) (?:\w+ )?masked\b|"
    rf"\bmasking (?:was|of (?:the )?(?:{ASSESSOR}|{PERSON}|{CARER}|\w+ (?:{ASSESSOR}|{PERSON}|{CARER}|staff)|"
    r"treatment|group|allocation|outcome|assess\w*))|"
    rf"\b{_PEOPLE}\b[^.;]{{0,110}}\b(?:unaware|not aware|uninformed|ignorant|naive|na[iï]ve|"
    rf"not (?:been )?(?:informed|told)|in ignorance)\b[^.;]{{0,70}}\b{_KNOWN}\b|"
    rf"\b(?:unaware|not aware|ignorant) of (?:the |their |which |what |any )?(?:\w+ ){{0,3}}{_KNOWN}\b|"
    rf"\bwithout (?:\w+ )?(?:knowing|knowledge|being told|information|awareness)\b[^.;]{{0,60}}\b{_KNOWN}\b|"
    rf"\b{_PEOPLE}\b[^.;]{{0,110}}\b(?:did not|didn't|could not|do not|"
    rf"does not) know\b[^.;]{{0,80}}\b{_KNOWN}\b|\b(?:had|having|has|with) no (?:\w+ )?(?:knowledge|"
    rf"information|idea|access)\b[^.;]{{0,60}}\b{_KNOWN}\b|"
    rf"\b(?:unknown|not known|not disclosed|not revealed) to (?:\w+ ){{0,3}}{_PEOPLE}\b|"
    rf"\bkept (?:\w+ ){{0,3}}(?:ignorant|uninformed)|\b(?:concealed|hidden|kept secret|"
    rf"withheld) from (?:\w+ ){{0,3}}{_PEOPLE}\b|"
    r"\b(?:without|no|not have|had no) access to (?:the |any )?(?:\w+ )?(?:group|treatment|genotype|codes?\b|"
    r"key)|\bkept in the dark (?:about|as to|regarding)\b|\bnot privy to\b|"
    r"\b(?:could not|unable to|not able to) (?:tell|distinguish|recogni[sz]e|identify) (?:which|"
    r"the (?:groups?|treatments?))|"
    r"\bnone of (?:the |whom )?(?:\w+ ){0,4}knew\b|\bneither\b[^.;]{0,120}\bknew\b|"
    r"\bnobody (?:\w+ ){0,6}knew\b|\b(?:nor|neither|never) kn[eo]w|"
    r"\bno (?:one|person|member)\b[^.;]{0,50}\bknew\b|\bbefore (?:establishing|revealing|breaking|disclosing|"
    r"knowing|learning|decoding)\b[^.;]{0,30}\b(?:identity|genotypes?|codes?|group|treatment)"
)
_ITEMS = (
    r"(?:slides?|sections?|samples?|videos?|images?|stacks?|photographs?|specimens?|tissues?|films?|"
    r"recordings?|files|tubes|scans|radiographs|tapes|micrographs|blocks|movies|clips|preparations?|"
    r"data ?sets?|animals)"
)
_DOSES = (
    r"(?:vials?|syringes?|bottles?|bags|containers?|feeds?|diets?|solutions?|treatments?|drugs?|capsules|"
    r"sacks|bins|drinking water|test substances?|preparations|compounds)"
)
_CODED = re.compile(
    rf"\b(?:{_ITEMS}|{_DOSES})\b[^.;]{{0,50}}\b(?:coded|code numbers?|numeric codes?|anonymi[sz]ed|"
    r"de-?identified|encoded|relabel\w*|identified only by|random (?:codes?|numbers)|a code\b|"
    r"(?:labels?|names) (?:were|was) (?:covered|removed|hidden)|"
    rf"(?:bore|carried|had|given|under|by|with) (?:\w+ ){{0,3}}codes?\b)|"
    rf"\b(?:coded|anonymi[sz]ed|de-?identified|encoded|relabel+ed|blind-coded) (?:\w+ ){{0,2}}(?:{_ITEMS}|"
    rf"{_DOSES})\b|\bacquired, coded\b"
)
_CODED_USE = re.compile(
    r"\b(?:scored|graded|analy[sz]ed|counted|evaluated|read|assessed|measured|examined|rated|quantified|"
    r"performed|done|made|interpreted|judged)\b[^.;]{0,50}\b(?:on|from|using|in|with|of|as) (?:the )?(?:coded|"
    r"anonymi[sz]ed|de-?identified|encoded)|\b(?:coded|codes?|anonymi[sz]ed|de-?identified|encoded|"
    r"relabel\w*)\b[^.;]{0,80}\b(?:and|before|prior|until|so that|after|by (?:a|an|another)|key|who|"
    r"to (?:ensure|prevent|avoid|allow|blind))\b"
)
_BROKEN = re.compile(
    r"\b(?:codes?|key|blind(?:ing)?)\b[^.;]{0,60}\b(?:broken|opened|revealed|lifted|disclosed|unveiled|given|"
    r"handed)\b[^.;]{0,30}\b(?:only |not )?(?:after|until|once|when)\b[^.;]{0,60}\b(?:analy|scor|count|assess|"
    r"evaluat|data|measure|complet|read|grad)"
)
_CODED_TRAP = re.compile(
    r"\b(?:colou?r|bar|genetic|zip|source|gene|protein|rate|phase|sparse|temporal|place|matlab|computer|"
    r"python|custom|r|encoding|population|accession|dose|neural|post|normally|rank|direction|reward|spatial|"
    r"olfactory|symmetr\w+)[- ]?cod(?:e|ed|ing|es)\b|\bcodes? (?:for|available|availability|was written|"
    r"is available)|\bcoded (?:by|for|in (?:matlab|python|r)|as [01]|signal)|\bcoding\b|\bcod(?:es|ing) for\b|"
    r"\bcodebook\b"
)
_KNEW = re.compile(
    rf"\b{_PEOPLE}\b[^.;]{{0,110}}\b(?:knew|(?:was|were)\b[^.;]{{0,30}}\baware of|had (?:full )?knowledge of|"
    r"(?:was|were) (?:told|informed (?:of|about))|knowing (?:the|which)|unblinded|unmasked|"
    rf"not blind(?:ed)?)\b[^.;]{{0,60}}\b{_KNOWN}\b|\bopen-label\b|"
    r"\bnon-?blind(?:ed)? (?:manner|fashion|assess|evaluat|scor|analy)\w*|"
    rf"\bwith (?:full )?knowledge of (?:the )?(?:\w+ )?{_KNOWN}"
)
_DENIED = re.compile(
    r"\b(?:not|never|neither|nor|no|without|cannot|n't)\b(?! (?:only|known|know|"
    r"clear))[^.;,]{0,60}?\b(?:blind(?:ed|ing|ly)?|masked|masking)\b(?! (?:of )?(?:mice|rats|spot))|"
    r"\b(?:blind(?:ed|ing)?|masking)\b[^.;]{0,70}\b(?:(?:was|were|is|are|proved|being|been|could)? ?(?:not|"
    r"never|n't|cannot) (?:\w+ )?(?:possible|feasible|done|used|performed|applied|carried|implemented|"
    r"practicable|practical|attempted|achieved|maintained|be)\b|impossible|infeasible|impracticable|omitted|"
    r"unfeasible|impractical|waived)|"
    r"\bimpossible to (?:\w+ ){0,2}(?:blind|mask)|\b(?:lack|absence) of (?:\w+ ){0,2}(?:blinding|masking)|"
    r"\bun-?(?:blinded|masked) (?:manner|fashion|assess\w*|evaluat\w*|scor\w*|observers?|investigators?|to)\b|"
    r"\b(?:was|were|is|are|remained) (?:\w+ )?un-?(?:blinded|masked)\b(?! (?:after|only|at the end|once|until|"
    r"following|when))|\bnon-?blinded\b|\bopen-label\b|\bnot (?:\w+ ){0,3}(?:unaware|ignorant)|"
    r"\bno (?:\w+ )?(?:blinding|masking)\b"
)
_HEDGE = re.compile(
    r"\b(?:it is possible that|may have|might have|whether|not known|unknown whether|"
    r"(?<!not )(?<!never )attempted(?! to)|tried|possibly|could have|recogni[sz]ed some|unclear|as far as|"
    r"partly|partially|cannot (?:exclude|rule out|tell)|not (?:documented|recorded|reported|stated))\b"
)
_DENIED_HEDGE = re.compile(
    r"\b(?:documented|recorded|reported|stated) whether\b|\bwhether\b[^.;]{0,60}\b(?:blind|mask)"
)
_WE = re.compile(r"\bwe (?:still |also |currently )?(?:do|did) not know\b|\bnot known (?:how|why|if)\b")
_SOME = re.compile(
    r"\b(?:for|in|during|of) (?:some|certain|a few|several|part of the) (?:\w+ )?(?:experiment\w*|procedures|"
    r"instances|cases|tests|mice|animals)"
)
_EITHER = re.compile(
    r"\bwhenever possible|\bdid not know whether|\bknew whether|"
    r"\bwhether (?:they|it|an?|the \w+) (?:\w+ )?(?:held|contain\w*|had|received|got)|"
    r"\b(?:know|knew|knowing) whether\b|\bblind(?:ed)? (?:as )?to whether|\bunaware whether|"
    r"\bunaware (?:of|as to) whether|\bas to whether\b"
)


def plain(text: str) -> str:
    """Return the text without what is blind, masked or coded in another sense."""
    return _CODED_TRAP.sub(" ", BLIND_TRAP.sub(" ", _WE.sub(" ", text)))


def speaks(text: str) -> bool:
    """Tell whether the (plain) text speaks of somebody's knowledge of the groups."""
    return bool(
        _BROKEN.search(text) or _BLIND.search(text) or _KNEW.search(text) or _CODED.search(text) or _DENIED.search(text)
    )


def state(part: str) -> tuple[str, bool]:
    """Return what the (plain) clause says, "yes" (blind), "no", "mentioned" or "", and whether by coding alone."""
    denied = bool(_DENIED.search(part))
    blind = bool(_BLIND.search(part) or _BROKEN.search(part)) and not denied
    coded = bool(_CODED.search(part))
    knew = bool(_KNEW.search(part)) and not blind and not denied
    if knew and (re.search(r"\b(?:not|never|no|neither|nor|without|n't|un)\b(?! blind)", part) or _UNTIL.search(part)):
        knew = False
    if not (denied or blind or coded or knew):
        return "", False
    if denied and re.search(r"\bno (?:\w+ )?(?:blinding|masking)\b[^.;]*\battempted", part):
        return "no", False
    if (
        _SOME.search(part)
        or (_DENIED_HEDGE.search(part) and not _EITHER.search(part))
        or (_HEDGE.search(part) and not _EITHER.search(part))
    ):
        return "mentioned", False
    if denied or knew:
        return "no", False
    if coded and not blind:
        return ("yes" if _CODED_USE.search(part) else "mentioned"), True
    return "yes", False


_UNTIL = re.compile(
    r"\b(?:un-?blinded|decoded|code was broken|key|revealed|unmasked|opened)\b[^.;]{0,60}\b(?:only |"
    r"not )?(?:after|until|once|when)\b[^.;]{0,40}\b(?:analy|scor|count|assess|evaluat|data|measure|complet|"
    r"read)"
)
