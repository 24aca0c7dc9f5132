from bot.store.arrivals import Arrival


def test_an_arrival_comes_out_of_its_text_as_it_went_in() -> None:
    arrival = Arrival("telegram", "42", "7001", "press", "القائمة \n 🧭", ("ar-SY", "de"), screen="913")
    assert Arrival.from_text(arrival.to_text()) == arrival


def test_an_arrival_without_languages_and_screen_comes_back_too() -> None:
    arrival = Arrival("web", "w-1", "k", "start")
    assert Arrival.from_text(arrival.to_text()) == arrival
