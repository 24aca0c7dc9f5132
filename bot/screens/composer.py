"""Finds the words for what Lotse wants to say."""

from bot.conversation.actions import Action
from bot.conversation.caseworker import Caseworker
from bot.conversation.replies import (
    CannotRead,
    DidYouMean,
    EmergencyCard,
    Erased,
    EraseQuestion,
    GroupMenu,
    Help,
    LanguageChoice,
    LanguageNotice,
    Menu,
    NoAnswer,
    NotYetWritten,
    OldButton,
    OutOfScope,
    People,
    Privacy,
    Rated,
    Reply,
    TooLong,
    TopicAnswer,
    Trouble,
    Welcome,
)
from bot.i18n.catalogues import Catalogues, Phrases
from bot.i18n.formats import long_date, number
from bot.i18n.languages import Languages
from bot.library.library import Library
from bot.library.offices import Office
from bot.library.pages import Page, Topic
from bot.library.text import Block, Listing, Paragraph, Run
from bot.screens.screen import Button, Kind, Screen

# Where people advise, by what the newcomer wished for: the first topic that has a page is offered under the text.
_ADVICE_TOPICS = {
    "request_interpreter": ("interpreting-and-translation", "migration-advice"),
    "start_profile": ("transition-management", "find-a-job"),
}
# Offices where a person answers whatever the question is, best first.
_ADVICE_OFFICES = ("caritas-migration", "diakonie", "coordination-office")
_RELATED = 3
# Whoever reads this page may be watched.
_MUST_NOT_BE_SEEN = "domestic-violence"


class Composer:
    """Makes screens out of replies, with the texts of one library and the catalogues."""

    def __init__(self, library: Library, languages: Languages, catalogues: Catalogues) -> None:
        self._library = library
        self._languages = languages
        self._catalogues = catalogues

    def screen(self, reply: Reply) -> Screen:
        """The screen for a reply, in the reply's locale."""
        return _Words(self._library, self._languages, self._catalogues[reply.locale]).screen(reply)


class _Words:
    """The words of one locale."""

    def __init__(self, library: Library, languages: Languages, phrases: Phrases) -> None:
        self.library = library
        self.languages = languages
        self.phrases = phrases
        self.locale = phrases.locale

    def screen(self, reply: Reply) -> Screen:
        _, meaning = self.phrases, reply.meaning
        match meaning:
            case LanguageChoice():
                return self._languages(meaning, in_place=reply.in_place)
            case Welcome():
                return self._welcome(meaning, in_place=reply.in_place)
            case Menu():
                return self._menu(meaning, in_place=reply.in_place)
            case GroupMenu():
                return self._group(meaning, in_place=reply.in_place)
            case TopicAnswer():
                return self._answer(meaning)
            case DidYouMean():
                return self._did_you_mean(meaning)
            case NoAnswer() | NotYetWritten():
                return self._no_answer(meaning, in_place=reply.in_place)
            case OutOfScope():
                text = _("I cannot help with that. I know about life in the district of Peine. Choose a subject:")
                return self._make("menu", [text], buttons=self._groups(meaning.groups))
            case EmergencyCard():
                return self._card()
            case People():
                return self._people(meaning)
            case Help():
                return self._help()
            case Privacy():
                return self._privacy(meaning)
            case EraseQuestion():
                yes = Button(_("Yes, delete everything"), Action("erase-yes"))
                text = _("Shall I delete everything that I have stored about our conversation? This cannot be undone.")
                return self._make("message", [text], buttons=[[yes]], in_place=reply.in_place)
            case Erased():
                text = _("Everything is deleted. I know nothing about you any more. You can start again at any time.")
                return self._make("message", [text])
            case Rated():
                return self._rated(meaning)
            case LanguageNotice():
                language = self.languages[meaning.language]
                name = self.languages[self.locale].name
                return self._make("message", [language.notice.format(language=name)], language=meaning.language)
            case CannotRead():
                return self._make("message", self._cannot_read(meaning))
            case TooLong():
                limit = number(meaning.limit, self.locale)
                text = _("This message is too long for me. Please write at most {limit} characters.", limit=limit)
                return self._make("message", [text, _("One short question is best.")])
            case OldButton():
                text = _("This button is from an older version. Please choose again:")
                return self._make("menu", [text], buttons=self._groups(meaning.groups))
            case Trouble():
                text = _("I am sorry, something went wrong on my side. Please write your question once more.")
                return self._make("message", [text, _("If it happens again, please ask a person.")])

    def _make(
        self,
        kind: Kind,
        texts: list[str],
        *,
        title: str = "",
        blocks: tuple[Block, ...] = (),
        notes: tuple[Block, ...] = (),
        buttons: list[list[Button]] | None = None,
        phones: tuple[tuple[str, str], ...] = (),
        in_place: bool = False,
        language: str = "",
        leave: bool = False,
    ) -> Screen:
        paragraphs = tuple(Paragraph((Run(text),)) for text in texts)
        language = language or self.locale
        return Screen(
            kind=kind,
            locale=language,
            direction=self.languages[language].direction,
            title=title,
            blocks=paragraphs + blocks,
            notes=notes,
            buttons=tuple(tuple(row) for row in buttons or []),
            back=self._back(kind),
            phones=phones,
            in_place=in_place,
            leave=leave,
        )

    # ------------------------------------------------------------------ the screens

    def _languages(self, meaning: LanguageChoice, *, in_place: bool) -> Screen:
        _ = self.phrases
        names = [
            Button(self.languages[code].name, Action("language", code), language=code) for code in meaning.languages
        ]
        rows = [names[start : start + 2] for start in range(0, len(names), 2)]
        texts = [_("Hello! I am Lotse. Please choose your language:")]
        return self._make("menu", texts, buttons=rows, in_place=in_place)

    def _welcome(self, meaning: Welcome, *, in_place: bool) -> Screen:
        _ = self.phrases
        texts = [
            _(
                "I answer questions about life in the district of Peine: "
                "offices, German courses, work, housing, health."
            ),
            _("I am a program, not an authority: I decide nothing. I cost nothing. You do not have to say your name."),
            _("Write your question in your own words, or choose a subject:"),
        ]
        return self._make(
            "menu", texts, title=_("Welcome!"), buttons=self._groups(meaning.groups, language=True), in_place=in_place
        )

    def _menu(self, meaning: Menu, *, in_place: bool) -> Screen:
        _ = self.phrases
        openings = {
            "greet": _("Hello! How can I help you?"),
            "thank": _("You are welcome! I am glad to help."),
            "goodbye": _("Goodbye, and all the best! You can write to me at any time."),
        }
        texts = [openings[meaning.opening]] if meaning.opening in openings else []
        texts.append(_("Write your question, or choose a subject:"))
        return self._make("menu", texts, buttons=self._groups(meaning.groups, language=True), in_place=in_place)

    def _group(self, meaning: GroupMenu, *, in_place: bool) -> Screen:
        _ = self.phrases
        rows = [[button] for topic in meaning.topics if (button := self._topic_button(topic))]
        group = self.library.groups[meaning.group]
        title = f"{group.sign} {group.titles[self.locale]}"
        return self._make("menu", [_("What would you like to know?")], title=title, buttons=rows, in_place=in_place)

    def _answer(self, meaning: TopicAnswer) -> Screen:
        _ = self.phrases
        page = self.library.page(meaning.topic, self.locale)
        if page is None:
            return self._no_answer(NotYetWritten(meaning.topic), in_place=False)
        rows = []
        if meaning.offer_language:
            name = self.languages[meaning.offer_language].name
            rows.append(
                [Button(_("Continue in {language}", language=name), Action("language", meaning.offer_language))]
            )
        rows.append(self._helpful(meaning.topic))
        related = tuple(dict.fromkeys([*page.topics, *meaning.related]))
        rows += [[button] for topic in related[:_RELATED] if (button := self._topic_button(topic))]
        blocks = self._expired(page.topic) if page.topic.expired(self.library.today) else page.blocks
        blocks += self._offices(page.topic.offices)
        notes = (*self._provenance(page), Paragraph((Run(_("Did this help?")),)))
        leave = meaning.topic == _MUST_NOT_BE_SEEN
        return self._make("answer", [], title=page.title, blocks=blocks, notes=notes, buttons=rows, leave=leave)

    def _did_you_mean(self, meaning: DidYouMean) -> Screen:
        _ = self.phrases
        rows = [[Button(label, Action("intent", id_))] for id_ in meaning.intents if (label := self._label(id_))]
        rows.append([Button(_("None of these"), Action("neither"))])
        return self._make("message", [_("I am not sure that I understood you. Did you mean:")], buttons=rows)

    def _no_answer(self, meaning: NoAnswer | NotYetWritten, *, in_place: bool) -> Screen:
        _ = self.phrases
        if isinstance(meaning, NotYetWritten):
            texts = [_("I have no checked information on this yet, so I do not want to guess.")]
        else:
            texts = [_("I do not know that. I do not want to guess.")]
        rows = [[button] for topic in meaning.topics if (button := self._topic_button(topic))]
        if rows:
            texts.append(_("Perhaps one of these pages helps:"))
        else:
            texts.append(_("Please say it in other words, choose from the menu, or ask a person."))
        return self._make("message", texts, buttons=rows, in_place=in_place)

    def _card(self) -> Screen:
        card = self.library.card(self.locale)
        phones = tuple(
            (run.text, run.link.removeprefix("tel:"))
            for block in card.blocks
            for runs in ([block.runs] if isinstance(block, Paragraph) else block.items)
            for run in runs
            if run.link and run.link.startswith("tel:")
        )
        summary = Paragraph((Run(card.summary, bold=True),))
        blocks = (summary, *card.blocks)
        notes = self._translation(card)
        return self._make("emergency", [], title=f"🆘 {card.title}", blocks=blocks, notes=notes, phones=phones)

    def _people(self, meaning: People) -> Screen:
        _ = self.phrases
        wishes = {
            "book_appointment": _("I cannot book appointments yet. Please ask these offices for an appointment:"),
            "reschedule_appointment": _("I cannot move appointments yet. Please tell the office that invited you."),
            "cancel_appointment": _("I cannot cancel appointments yet. Please tell the office that invited you."),
            "my_appointments": _("I cannot see your appointments yet. Please ask the office that invited you."),
            "request_interpreter": _("I cannot send you an interpreter myself. These people can help you:"),
        }
        text = wishes.get(meaning.wish, _("I am a program. These people advise you in person, free of charge:"))
        topics = _ADVICE_TOPICS.get(meaning.wish, ("migration-advice",))
        rows = [[button] for topic in topics if (button := self._topic_button(topic))]
        offices = tuple(self.library.offices[id_] for id_ in _ADVICE_OFFICES if id_ in self.library.offices)
        blocks = (Paragraph((Run(text),)), *self._offices(offices, heading=False), *self._sample(meaning.sample))
        return self._make("message", [], title=_("Talk to a person"), blocks=blocks, buttons=rows)

    def _sample(self, caseworkers: tuple[Caseworker, ...]) -> tuple[Block, ...]:
        """The sample office of a demonstration, so marked that nobody takes it for a real one."""
        if not caseworkers:
            return ()
        _ = self.phrases
        title = Paragraph(
            (Run(_("Sample office: these people do not exist, they only show how it will look."), italic=True),)
        )
        items = []
        for caseworker in caseworkers:
            names = ", ".join(self.languages[code].name for code in caseworker.languages if code in self.languages)
            items.append((Run(caseworker.name, bold=True), Run(f" · {names}")))
        return (title, Listing(tuple(items)))

    def _help(self) -> Screen:
        _ = self.phrases
        texts = [
            _("Write your question in your own words and in your own language. Short questions are best."),
            _("You can also choose a subject from the menu."),
            _("Under every answer you see where it comes from and when it was checked."),
            _("I am a program, not an authority. I cannot decide anything, and I cannot read letters or pictures."),
            _("Please do not write names, addresses or file numbers."),
        ]
        rows = [
            [Button(_("🌐 Language"), Action("languages")), Button(_("🔒 My data"), Action("privacy"))],
        ]
        return self._make("message", texts, title=_("How I can help"), buttons=rows)

    def _privacy(self, meaning: Privacy) -> Screen:
        _ = self.phrases
        erase = [Button(_("🗑 Delete my data"), Action("erase"))]
        page = self.library.page(meaning.topic, self.locale) if meaning.topic else None
        if page is None:
            texts = [
                _(
                    "I store your language and the subject of the last answer. "
                    "I delete your messages when I have answered."
                ),
                _("After 30 days without a message I delete everything."),
            ]
            return self._make("message", texts, title=_("Your data"), buttons=[erase])
        return self._make(
            "answer", [], title=page.title, blocks=page.blocks, notes=self._provenance(page), buttons=[erase]
        )

    def _rated(self, meaning: Rated) -> Screen:
        _ = self.phrases
        if meaning.helped:
            return self._make("message", [_("Thank you! That is good to know.")])
        texts = [
            _(
                "Thank you for telling me. I have counted it, without your name, "
                "so that the editors look at the answer."
            ),
            _("You can ask again in other words, or talk to a person."),
        ]
        button = self._topic_button("report-an-error")
        return self._make("message", texts, buttons=[[button]] if button else [])

    def _cannot_read(self, meaning: CannotRead) -> list[str]:
        _ = self.phrases
        first = {
            "voice": _("I cannot listen to voice messages yet."),
            "video": _("I cannot look at videos."),
            "photo": _("I cannot look at pictures. Please send no photos of letters or papers: they are private."),
            "document": _("I cannot open files. Please send no letters or papers: they are private."),
            "location": _("I do not use your location. Please write the name of your town or village."),
            "contact": _("I do not need phone numbers or contacts, and I do not keep them."),
            "sticker": _("That is nice! But I can only read words."),
            "emoji": _("That is nice! But I can only read words."),
        }
        return [first.get(meaning.kind, _("I can only read words.")), _("Please write your question as a text.")]

    # ------------------------------------------------------------------ their parts

    def _groups(self, groups: tuple[str, ...], *, language: bool = False) -> list[list[Button]]:
        known = [self.library.groups[id_] for id_ in groups if id_ in self.library.groups]
        buttons = [Button(f"{group.sign} {group.titles[self.locale]}", Action("group", group.id)) for group in known]
        rows = [buttons[start : start + 2] for start in range(0, len(buttons), 2)]
        if language:
            _ = self.phrases
            rows.append([Button(_("🌐 Language"), Action("languages")), Button(_("❔ Help"), Action("help"))])
        return rows

    def _helpful(self, topic: str) -> list[Button]:
        _ = self.phrases
        return [
            Button(_("👍 Yes"), Action("useful", topic)),
            Button(_("👎 No"), Action("useless", topic)),
        ]

    def _back(self, kind: Kind) -> tuple[Button, ...]:
        _ = self.phrases
        # What somebody reads stays where it is: only from menu to menu a screen takes the place of the last one.
        menu = Button(_("☰ Menu"), Action("menu", "below" if kind in {"answer", "emergency"} else ""))
        person = Button(_("👤 A person"), Action("person"))
        emergency = Button(_("🆘 Emergency"), Action("emergency"))
        return (menu, person) if kind == "emergency" else (menu, person, emergency)

    def _topic_button(self, topic: str) -> Button | None:
        page = self.library.page(topic, self.locale)
        return Button(page.title, Action("topic", topic)) if page else None

    def _label(self, intent: str) -> str:
        """What a "did you mean" button says for a topic or an act; '' for an intent that has no words."""
        _ = self.phrases
        acts = {
            "greet": _("I want to say hello"),
            "thank": _("I want to say thank you"),
            "goodbye": _("I want to say goodbye"),
            "help": _("What can you do?"),
            "change_language": _("Another language"),
            "book_appointment": _("I would like an appointment"),
            "reschedule_appointment": _("Move my appointment"),
            "cancel_appointment": _("Cancel my appointment"),
            "my_appointments": _("When is my appointment?"),
            "talk_to_human": _("Talk to a person"),
            "request_interpreter": _("I need an interpreter"),
            "ask_events": _("What is on?"),
            "start_profile": _("My skills and my work"),
            "my_data": _("What do you know about me?"),
            "erase_my_data": _("Delete my data"),
            "emergency": _("🆘 I am in danger"),
            "affirm": _("Yes"),
            "deny": _("No"),
        }
        if intent in acts:
            return acts[intent]
        page = self.library.page(intent, self.locale)
        return page.title if page else ""

    def _expired(self, topic: Topic) -> tuple[Block, ...]:
        _ = self.phrases
        day = long_date(topic.expires, self.locale)
        text = _("This page was valid until {day} and must be checked again. Please ask the office.", day=day)
        return (Paragraph((Run(text),)),)

    def _offices(self, offices: tuple[Office, ...], *, heading: bool = True) -> tuple[Block, ...]:
        if not offices:
            return ()
        _ = self.phrases
        items = []
        for office in offices:
            runs = [Run(office.name, link=office.website)]
            if office.phone:
                runs += [Run(" · "), office.phone.run(self.phrases)]
            if office.email:
                runs += [Run(" · "), Run(office.email, link=f"mailto:{office.email}")]
            if office.by_appointment_only:
                runs += [Run(" · " + _("only by appointment"))]
            items.append(tuple(runs))
        title = (Paragraph((Run(_("Offices"), bold=True),)),) if heading else ()
        return (*title, Listing(tuple(items)))

    def _provenance(self, page: Page) -> tuple[Block, ...]:
        """Where the page comes from, when it was checked, and who translated it."""
        _ = self.phrases
        source = page.topic.sources[0]
        before, _sign, after = _("Source: {source}, checked on {day}").partition("{source}")
        day = long_date(page.topic.checked, self.locale)
        line = Paragraph(
            (Run(before.format(day=day)), Run(source.publisher, link=source.url), Run(after.format(day=day)))
        )
        return (line, *self._translation(page))

    def _translation(self, page: Page) -> tuple[Block, ...]:
        _ = self.phrases
        texts = []
        if page.locale != self.locale:
            name = self.languages[page.locale].name
            texts.append(_("This page does not exist in your language yet. You see it in: {language}", language=name))
        if page.translation == "machine":
            texts.append(_("A machine translated this. It may contain mistakes."))
        return tuple(Paragraph((Run(text),)) for text in texts)
