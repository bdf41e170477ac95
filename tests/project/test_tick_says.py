"""What the daily work says of late dues: also why nobody was reminded."""

from tequio.followup.operations.making import Made
from tequio.project.daily import TickResult


def said(**given):
    result = TickResult(resumed=[], runs=[], standings_changed=0, without_dues=[], **given)
    return [text.en for text in result.said()], [text.es for text in result.said()]


def test_what_was_put_down_came_back_and_waits_is_counted():
    made = Made(mails=4, letters=2, calls=1, held=3, tasks=5, money_unknown=["mx"])

    english, spanish = said(notices=made, came_back=6, dropped=7, mails_sent=8, mails_left=9)

    assert english == [
        "Late dues: 4 mails, 2 letters and 1 calls put down, 5 tasks for people; 6 came back, 7 no longer needed.",
        "Mail: 8 sent, 9 wait.",
        "3 notices about being cut off go to many and wait for a person to look at them.",
        "mx: nobody is reminded, because its money was not entered for too long.",
    ]
    assert len(spanish) == len(english)


def test_without_a_mail_server_it_says_that_nobody_is_reminded():
    english, spanish = said(no_mail_server=True)

    assert english[-1] == "No mail server is set (TEQUIO_SMTP_URL), so nobody is reminded: a folder warns nobody."
    assert spanish[-1].startswith("No hay servidor de correo")
