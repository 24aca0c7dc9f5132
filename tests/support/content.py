"""A small content base on the disk, right in every respect, for tests that break one thing in it.

content = SmallContent(tmp_path)
content.replace("facts.yaml", "value: 2", "value: two")
library, problems = content.read(catalogues)
"""

import os
from datetime import date
from pathlib import Path

from bot.i18n.catalogues import Catalogues
from bot.i18n.languages import Language, Languages
from bot.library.library import Library, read_library
from bot.library.pages import read_draft
from bot.library.problems import Problem

TODAY = date(2026, 11, 22)

# Three languages with pages, and one that is only understood.
LANGUAGES = Languages(
    [
        Language("de", "Deutsch"),
        Language("en", "English"),
        Language("ar", "العربية", "rtl"),
        Language("pl", "Polski", interface=False, answered_in=("en",), notice="{language}"),
    ]
)

_FILES = {
    "sources.yaml": """\
# Where this small Lotse knows things from.
R-01:
  says: "Register within two weeks"
  grade: A
  publisher: "Stadt Musterstadt"
  url: "https://stadt.example/anmeldung"
  dated: "2026"
  seen: 2026-11-01
B-01:
  says: "The ticket costs 63 €"
  grade: B
  publisher: "Musterblatt"
  url: "https://blatt.example/ticket"
  seen: 2026-10-01
""",
    "facts.yaml": """\
registration-weeks: {value: 2, unit: week, source: R-01}
ticket-price: {value: 63, unit: EUR, source: B-01, until: 2026-12-31}
ticket-since: {date: 2026-01-01, source: B-01}
fire: {phone: "112", tel: "112", source: R-01}
poison: {phone: "0551 19240", tel: "+4955119240", source: R-01}
""",
    "groups.yaml": """\
arriving:
  sign: 🧭
  title: {de: Ankommen, en: Arriving, ar: الوصول}
everyday-life:
  sign: 🚌
  title: {de: Alltag, en: Everyday life, ar: الحياة اليومية}
""",
    "offices/town-hall.yaml": """\
name: "Rathaus Musterstadt"
website: https://stadt.example
source: R-01
assured: 2026-11-01
email: rathaus@stadt.example
unconfirmed: "opening hours"
""",
    "offices/poison-centre.yaml": """\
name: "Giftinformationszentrum"
website: https://gift.example
source: R-01
assured: 2026-11-01
phone: poison
by_appointment_only: yes
""",
    "topics/arriving/register-your-address/topic.yaml": """\
scope: local
top: yes
sources: [R-01]
checked: 2026-11-01
expires: 2027-11-01
offices: [town-hall]
related: [bus-and-train]
service: migration-advice
""",
    "topics/arriving/register-your-address/de.md": """\
---
title: "Wohnsitz anmelden"
summary: "Melden Sie sich in {fact:registration-weeks} an."
translation: original
---
Gehen Sie zum {office:town-hall}. Sie haben dafür **{fact:registration-weeks}** Zeit.

Bringen Sie mit:

- Ihren Pass
- die Bescheinigung des Vermieters
""",
    "topics/arriving/register-your-address/en.md": """\
---
title: "Register your address"
summary: "Register within {fact:registration-weeks}."
translation: original
---
Go to the {office:town-hall}. You have **{fact:registration-weeks}**.

Bring with you:

- your passport
- the landlord's confirmation

How to get there: {topic:bus-and-train}.
""",
    "topics/everyday-life/bus-and-train/topic.yaml": """\
scope: nationwide
sources: [B-01]
checked: 2026-11-01
expires: 2027-06-30
""",
    "topics/everyday-life/bus-and-train/de.md": """\
---
title: "Bus und Bahn"
summary: "Kaufen Sie Ihre Fahrkarte vor der Fahrt."
translation: original
---
Kaufen Sie die Fahrkarte vor der Fahrt. Das Deutschlandticket kostet {fact:ticket-price} im Monat. Es ist ein Abo.

- Preis seit {fact:ticket-since}: {fact:ticket-price}
- Es gilt nicht im ICE.
""",
    "topics/everyday-life/bus-and-train/en.md": """\
---
title: "Bus and train"
summary: "Buy your ticket before the trip."
translation: original
---
Buy the ticket before the trip. The Deutschlandticket costs {fact:ticket-price} a month. It is a subscription.

- Price since {fact:ticket-since}: {fact:ticket-price}
- It is not valid in the fast ICE trains.
""",
    "emergency/de.md": """\
---
title: Notfall
summary: "In Gefahr: {fact:fire}."
translation: original
---
**{fact:fire}**: Feuerwehr und Rettungswagen
""",
    "emergency/en.md": """\
---
title: Emergency
summary: "In danger: {fact:fire}."
translation: original
---
**{fact:fire}**: fire brigade and ambulance
""",
    "emergency/ar.md": """\
---
title: طوارئ
summary: "عند الخطر: {fact:fire}."
translation: reviewed
translated_from: {language: en, hash: "000000000000"}
---
**{fact:fire}**: الإطفاء والإسعاف
""",
}

_ARABIC = {
    "topics/arriving/register-your-address/ar.md": """\
---
title: "تسجيل العنوان"
summary: "سجّل عنوانك خلال {fact:registration-weeks}."
translation: machine
translated_from: {language: en, hash: "HASH"}
---
اذهب إلى {office:town-hall}. لديك **{fact:registration-weeks}**.
""",
    "topics/everyday-life/bus-and-train/ar.md": """\
---
title: "الحافلة والقطار"
summary: "اشترِ التذكرة قبل الرحلة."
translation: machine
translated_from: {language: en, hash: "HASH"}
---
اشترِ التذكرة قبل الرحلة. سعرها {fact:ticket-price} في الشهر. هل هي اشتراك؟ نعم.
""",
}


class SmallContent:
    """The files of a small content base in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "content"
        self._edits = 0
        for name, text in _FILES.items():
            self.write(name, text)
        for name, text in _ARABIC.items():
            origin = read_draft(self.folder / name.replace("ar.md", "en.md"), [])
            assert origin is not None
            self.write(name, text.replace("HASH", origin.fingerprint))

    def read(self, catalogues: Catalogues, today: date = TODAY) -> tuple[Library, list[Problem]]:
        """The library of these files, and what is wrong with them."""
        return read_library(self.folder, LANGUAGES, catalogues, today)

    def write(self, name: str, text: str) -> Path:
        """Write a file. Its time differs from that of every earlier edit, however fast they follow each other."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        self._edits += 1
        time = 1_790_000_000 + self._edits
        os.utime(path, (time, time))
        return path

    def replace(self, name: str, old: str, new: str) -> Path:
        """Change a text that stands in a file once or more."""
        text = (self.folder / name).read_text(encoding="utf-8")
        assert old in text, f"{old!r} does not stand in {name}"
        return self.write(name, text.replace(old, new))

    def remove(self, name: str) -> Path:
        """Delete a file."""
        path = self.folder / name
        path.unlink()
        return path
