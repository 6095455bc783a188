"""What is wrong with a file."""


class FileError(ValueError):
    """A file that cannot be used: which file, which key, what is wrong and what to do."""

    def __init__(self, file: object, where: str, message: str):
        super().__init__(f"{file}: {where}: {message}" if where else f"{file}: {message}")
        self.file, self.where, self.message = str(file), where, message
