"""What Typer says of a command's use, in both languages: help headings, and what was wrong with the words given."""

from typing import Any

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


def speaking(*, app: typer.Typer, language: str) -> Any:
    """The program as a command to call, its help pages in the language, headings and all."""
    command = typer.main.get_command(app)
    if language == "es":
        for name, text in _SPANISH.items():
            setattr(rich_utils, name, text)
        _translate(command=command)
    return command


def _translate(*, command: Any) -> None:
    """Give a command and all below it Spanish words for what Typer says of every command."""
    command.options_metavar = "[OPCIONES]"
    help_option, usage = command.get_help_option, command.get_usage

    def get_help_option(context: Any) -> Any:
        option = help_option(context)
        if option is not None:
            option.help = "Muestra esta ayuda y termina."
        return option

    command.get_help_option = get_help_option
    command.get_usage = lambda context: usage(context).replace("Usage: ", "Uso: ", 1)
    if hasattr(command, "commands"):
        command.subcommand_metavar = "COMANDO [ARGUMENTOS]..."
        for below in command.commands.values():
            _translate(command=below)


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
