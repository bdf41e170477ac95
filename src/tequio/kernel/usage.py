"""What Typer says of a command's use, in both languages: help headings, and what was wrong with the words given."""

import typer
from typer import rich_utils

# Typer carries its own copy of Click and names its errors nowhere else: everything wrong with a command's words.
WrongUsage: type[Exception] = typer.BadParameter.__mro__[1]

_SPANISH = {
    "ARGUMENTS_PANEL_TITLE": "Argumentos",
    "OPTIONS_PANEL_TITLE": "Opciones",
    "COMMANDS_PANEL_TITLE": "Comandos",
    "ERRORS_PANEL_TITLE": "Error",
    "ABORTED_TEXT": "Detenido.",
    "DEFAULT_STRING": "[si no se indica: {}]",
    "REQUIRED_LONG_STRING": "[obligatorio]",
    "ENVVAR_STRING": "[variable: {}]",
}


def speak(*, language: str) -> None:
    """Let help pages carry Spanish headings where Spanish is spoken."""
    if language == "es":
        for name, text in _SPANISH.items():
            setattr(rich_utils, name, text)


def explained(*, error: Exception, language: str) -> str:
    """What was wrong with a command's words, and how to see what it takes; ends with a new line."""
    context = getattr(error, "ctx", None)
    command = context.command_path if context is not None else "tequio"
    said = _spanish(error=error) if language == "es" else str(getattr(error, "format_message", error.__str__)())
    see = f"Vea: {command} --help" if language == "es" else f"See: {command} --help"
    return f"{said}\n{see}\n"


def _spanish(*, error: Exception) -> str:
    kind = type(error).__name__
    hint = _parameter_of(error=error)
    message = str(getattr(error, "message", "") or "")
    if kind == "MissingParameter":
        return f"Falta {hint}."
    if kind == "NoSuchOption":
        return f"No existe la opción «{getattr(error, 'option_name', '')}»."
    if kind == "BadParameter":
        return f"Valor incorrecto para {hint}: {message}" if hint else message
    if message.startswith("No such command"):
        return f"No existe el comando {message.removeprefix('No such command').strip(' .')}."
    if message.startswith("Missing command"):
        return "Falta el comando."
    return message


def _parameter_of(*, error: Exception) -> str:
    hint = getattr(error, "param_hint", None)
    if hint:
        return str(hint)
    parameter = getattr(error, "param", None)
    if parameter is None:
        return ""
    names = getattr(parameter, "opts", None) or [getattr(parameter, "name", "")]
    return f"«{names[0]}»"
