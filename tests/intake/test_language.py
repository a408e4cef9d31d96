from __future__ import annotations

import pytest

from onrecord.intake.language import foreign_language

FOREIGN = {
    "German": "Der Minister sagte am Montag, dass die Gespräche nach der Wahl fortgesetzt werden.",
    "French": "Le ministre a dit lundi que les discussions avec le voisin ne sont pas dans une impasse.",
    "Spanish": "El ministro dijo el lunes que las conversaciones con los vecinos no están en peligro.",
    "Italian": "Il ministro ha detto che i colloqui non sono della massima urgenza, ma anche utili.",
    "Portuguese": "O ministro disse que os acordos não são para uma semana, mas também pelo futuro.",
    "Dutch": "De minister zei dat het overleg niet voor maandag wordt hervat en dat hij geen haast heeft.",
    "Polish": "Minister powiedział, że rozmowy nie są na razie możliwe, ale się odbędą.",
    "Turkish": "Bakan bu görüşmenin çok önemli olduğunu ve daha sonra devam edeceğini dedi.",
    "Vietnamese": "Bộ trưởng cho biết các cuộc đàm phán sẽ được nối lại với những nước này.",
    "Indonesian": "Menteri itu mengatakan bahwa perundingan ini tidak akan ditunda dan tetap pada jadwal.",
    "Russian": "Министр заявил, что переговоры продолжатся.",
    "Chinese": "部长周一表示，会谈将在下周继续。",
    "Japanese": "大臣は月曜日、交渉は来週も続くと述べた。",
    "Korean": "장관은 회담이 다음 주에 계속될 것이라고 말했다.",
    "Arabic": "قال الوزير يوم الاثنين إن المحادثات ستستمر.",
    "Greek": "Ο υπουργός δήλωσε ότι οι συνομιλίες θα συνεχιστούν.",
}
ENGLISH = [
    "Minister: no deal",
    "Xi, Macron meet",
    "NATO",
    "42",
    "He said no.",
    "Lavrov, Karimov, Rahmon, Tokayev, Mirziyoyev, Aliyev, Pashinyan attended",
    "Die-hard fans of Las Vegas and El Paso met in Des Moines",
    "The paper wrote „Der Minister und die Kanzlerin haben das nicht gesagt“, which he denied on the same day.",
    "“Слава!” they shouted, and the minister said that the talks would go on in spite of it.",
    "Question: Is that so? Answer: Yes.",
]


@pytest.mark.parametrize(("language", "text"), FOREIGN.items())
def test_foreign_texts_are_named(language: str, text: str) -> None:
    assert (foreign_language(text) or "").find(language) >= 0


@pytest.mark.parametrize("text", ENGLISH)
def test_english_and_doubtful_texts_pass(text: str) -> None:
    assert foreign_language(text) is None
