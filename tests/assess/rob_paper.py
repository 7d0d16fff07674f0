"""A small paper of our own for the tests of the assessor."""

from __future__ import annotations

from vivex.document import Document
from vivex.parse import parse_bytes

PAPER = """A dietary peptide and bone repair in rats

## Abstract
A dietary peptide was tested in rats with a femoral defect.

## Introduction
Earlier trials in patients were randomised and double-blind. In the study of Almeida and co-workers, rats were \
allocated with sealed envelopes.

## Methods > Animals
Twenty-four male Wistar rats, 10 weeks old and weighing 250-280 g, were used. They were housed two per cage at 22 °C \
under a 12 h light/dark cycle with free access to food and water. All procedures were approved by the animal ethics \
committee of the university (protocol 12/345).

## Methods > Design
A defect was drilled in the femur of every rat. Thereafter the 24 rats were randomly assigned to two groups of 12 \
rats each with a random number table. The peptide or vehicle was given by gavage. The technician who gave the gavage \
was not blinded to the treatment.

## Methods > Outcomes
Body weight was recorded weekly. Grip strength was measured on day 28. Serum IL-6 and TNF-α were determined by ELISA. \
Bone volume was determined by micro-CT by an observer blinded to the group. Five random fields were counted in each \
section.

## Methods > Statistics
Groups were compared by t-test. A power analysis gave a group size of ten. The rat was the unit of analysis.

## Results
Body weight did not differ between the groups at baseline. Bone volume was higher with the peptide (n = 12 rats) than \
with vehicle (n = 9 rats; P = 0.02). Serum IL-6 was lower with the peptide. Sections showed new bone.

## Discussion
The peptide supported repair. Future studies should be randomised and blinded.

## Competing interests
The authors declare that they have no competing interests.
"""


def paper(text: str = PAPER, *, study: str = "almond-2020") -> Document:
    """Return the paper (or another text) as a Document."""
    return parse_bytes(text.encode(), name=f"{study}.txt", params={})
