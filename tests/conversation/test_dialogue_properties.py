"""What holds in every conversation, whatever happens in it."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.conversation.actions import Action, decode
from bot.conversation.dialogue import advance
from bot.conversation.events import Event
from bot.conversation.replies import DidYouMean, GroupMenu, LanguageNotice, TopicAnswer
from bot.conversation.state import State
from bot.conversation.step import Step
from bot.conversation.utterance import ACTS
from tests.support.dialogue import GUIDE, LANGUAGES, Chat
from tests.support.strategies import BROKEN_TEXTS, TEXTS, actions, events, from_newcomer, intents, states

LOCALES = st.none() | st.sampled_from(LANGUAGES.interface)


@settings(max_examples=500)
@given(states(GUIDE), events(GUIDE))
def test_the_dialogue_never_raises(state: State, event: Event) -> None:
    assert isinstance(advance(state, event, GUIDE), Step)


@given(states(GUIDE), from_newcomer(GUIDE), st.lists(intents(GUIDE), max_size=4))
def test_whatever_a_newcomer_does_is_answered(state: State, event: Event, pages: list[str]) -> None:
    chat = Chat(state=state)
    chat.finds(*pages)

    chat.happens(event)  # fails by itself if the requests do not come to an end

    assert chat.shown


@settings(max_examples=300)
@given(states(GUIDE, LOCALES), st.lists(events(GUIDE), max_size=8))
def test_a_conversation_is_held_in_an_interface_language(state: State, happenings: list[Event]) -> None:
    chat = Chat(state=state)

    for event in happenings:
        chat.happens(event)

        assert chat.state.locale in {None, *LANGUAGES.interface}
        assert {reply.locale for reply in chat.shown} <= set(LANGUAGES.interface)


@given(states(GUIDE), events(GUIDE))
def test_lotse_only_speaks_of_what_there_is(state: State, event: Event) -> None:
    for reply in advance(state, event, GUIDE).replies:
        match reply.meaning:
            case TopicAnswer(topic, related):
                assert {topic, *related} <= set(GUIDE.topics)
            case GroupMenu(group, topics):
                assert group in GUIDE.groups
                assert topics == GUIDE.in_group(group)
            case DidYouMean(offered):
                assert 1 <= len(offered) <= 3
                assert set(offered) <= {*GUIDE.topics, *ACTS}
            case LanguageNotice(language):
                assert language in LANGUAGES


@given(states(GUIDE))
def test_a_state_comes_back_from_the_database_as_it_went_in(state: State) -> None:
    assert State.from_json(json.loads(json.dumps(state.to_json()))) == state


@given(actions(GUIDE), TEXTS)
def test_a_button_does_what_it_was_made_for(action: Action, about: str) -> None:
    action = Action(action.kind, about)

    assert decode(action.encode()) == action


@given(BROKEN_TEXTS)
def test_no_button_text_breaks_lotse(text: str) -> None:
    action = decode(text)

    assert action is None or text in {action.kind, f"{action.kind}:{action.about}"}
