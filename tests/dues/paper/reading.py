"""What a reader finds in a PDF: its words page by page, where they stand, its codes and its tags."""

from io import BytesIO

from pypdf import PdfReader

MM = 25.4 / 72
PAGE_HEIGHT = 279.4


def opened(pdf):
    return PdfReader(BytesIO(pdf))


def words(text):
    """Words with one plain space between them, as they are read aloud; marks of no width left out."""
    return " ".join(text.replace("\u200b", "").split())


def pages(pdf):
    return [words(page.extract_text()) for page in opened(pdf).pages]


def placed(pdf, number=0):
    """Each piece of text of a page as (text, left, baseline, size), in millimetres from the top left."""
    found = []

    def visit(text, matrix, _text_matrix, _font, size):
        if text.strip():
            found.append((words(text), matrix[4] * MM, PAGE_HEIGHT - matrix[5] * MM, size * MM))

    opened(pdf).pages[number].extract_text(visitor_text=visit)
    return found


def codes(pdf, number=0):
    """The QR codes of a page as rows of modules, 1 for dark."""
    images = opened(pdf).pages[number]["/Resources"].get("/XObject", {})
    found = []
    for image in (reference.get_object() for reference in images.values()):
        width, pixels = image["/Width"], image.get_data()
        rows = [pixels[begin : begin + width] for begin in range(0, len(pixels), width)]
        found.append(tuple(tuple(1 if pixel == 0 else 0 for pixel in row) for row in rows))
    return found


def tags(pdf):
    """Every tag of the document as (kind, language, alternative text), in the order they are read."""
    found = []

    def walk(node):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for part in node:
                walk(part)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append((node["/S"], node.get("/Lang"), node.get("/Alt")))
            walk(node.get("/K", []))

    walk(opened(pdf).trailer["/Root"]["/StructTreeRoot"].get("/K", []))
    return found
