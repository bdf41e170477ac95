"""Delivery reports as mail servers write them, made for a mail of ours."""

from email import policy
from email.message import EmailMessage, MIMEPart


def report(*, message_id, status="5.1.1", action="failed", original="message/rfc822", to="someone@example.org"):
    """A report about a mail with a Message-ID, as bytes."""
    subtype = original.partition("/")[2]
    about = f"Message-ID: {message_id}\nSubject: dues\nTo: {to}\n\ntext\n"
    lines = [
        "From: Mail Delivery System <MAILER-DAEMON@mx.example.org>",
        "To: post@example.org",
        "Subject: Undelivered Mail Returned to Sender",
        "MIME-Version: 1.0",
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
        "",
        "--b",
        "Content-Type: text/plain",
        "",
        "This is the mail system. It could not be delivered.",
        "--b",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example.org",
        "",
        f"Final-Recipient: rfc822; {to}",
        f"Action: {action}",
        f"Status: {status}",
        "Diagnostic-Code: smtp; 550 no such user",
        "",
        "--b",
        f"Content-Type: {'message' if subtype == 'rfc822' else 'text'}/{subtype}",
        "",
        about,
        "--b--",
        "",
    ]
    return "\r\n".join(line.replace("\n", "\r\n") for line in lines).encode()


def answer():
    """A mail that is no report: somebody wrote back."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"], message["To"], message["Subject"] = "a@example.org", "post@example.org", "Re: dues"
    message.set_content("We will pay on Friday.")
    return message.as_bytes()


def deep(*, depth=3000):
    """A mail of parts within parts, made to exhaust who reads it."""
    part = MIMEPart()
    part.set_content("x")
    start = b"".join(
        b'Content-Type: multipart/report; boundary="b%d"\r\n\r\n--b%d\r\n' % (number, number) for number in range(depth)
    )
    return start + part.as_bytes()
