# What reviewers do to the packet in LibreOffice. Run by word_office_test.go: writer.py FOLDER
#
# FOLDER has in.docx and arabic.docx. out.docx becomes the first with changes that are tracked and with comments; again.docx is out.docx
# opened, changed once more by somebody else and saved; silent.docx is in.docx with a change that is not tracked; arabic.pdf is drawn.
import os
import sys
import time

import uno
from com.sun.star.beans import PropertyValue


def prop(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


folder = sys.argv[1]
pipe = os.path.basename(folder)
local = uno.getComponentContext()
resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
for _ in range(600):
    try:
        context = resolver.resolve("uno:pipe,name=%s;urp;StarOffice.ComponentContext" % pipe)
        break
    except Exception:
        time.sleep(0.1)
else:
    sys.exit("LibreOffice did not answer")
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)


def url(path):
    return uno.systemPathToFileUrl(os.path.abspath(path))


def load(path):
    return desktop.loadComponentFromURL(url(path), "_blank", 0, (prop("Hidden", True),))


def save(doc, path):
    doc.storeToURL(url(path), (prop("FilterName", "MS Word 2007 XML"),))
    doc.close(True)


def mark(doc, name):
    return doc.Bookmarks.getByName(name).getAnchor()


def find(doc, name, words):
    """A cursor over words inside a bookmark; over nothing at its end for ""."""
    anchor = mark(doc, name)
    if words == "":
        return anchor.getText().createTextCursorByRange(anchor.getEnd())
    search = doc.createSearchDescriptor()
    search.SearchString, search.SearchCaseSensitive = words, True
    found = doc.findNext(anchor.getStart(), search)
    return found.getText().createTextCursorByRange(found)


def remark(doc, cursor, author, words):
    note = doc.createInstance("com.sun.star.text.textfield.Annotation")
    note.Author, note.Content = author, words
    cursor.getText().insertTextContent(cursor, note, not cursor.isCollapsed())


def be(given, family):
    """Says who works, as Tools, Options, User Data does."""
    provider = context.ServiceManager.createInstanceWithContext("com.sun.star.configuration.ConfigurationProvider", context)
    data = provider.createInstanceWithArguments("com.sun.star.configuration.ConfigurationUpdateAccess", (prop("nodepath", "/org.openoffice.UserProfile/Data"),))
    data.setPropertyValue("givenname", given)
    data.setPropertyValue("sn", family)
    data.commitChanges()


def path(name):
    return os.path.join(folder, name)


try:
    be("Ana", "Ruiz")
    doc = load(path("in.docx"))
    print("records", doc.RecordChanges, "protected", len(doc.RedlineProtectionKey) > 0, "changed", doc.Redlines.hasElements())
    find(doc, "fn_1_es", "recibe esto").setString("va a recibir esto")
    c = find(doc, "fn_2_es", "")
    c.getText().insertString(c, " Siempre.", False)
    find(doc, "fn_3_en", ", you get").setString(" you will get")
    find(doc, "fn_1_es_1", "comida").setString("alimentos")
    find(doc, "fn_4_why", "food-pantry.yaml").setString("the file")
    remark(doc, find(doc, "fn_3_es", "sus papeles"), "Ana Ruiz", "¿Todos?")
    remark(doc, find(doc, "fn_4_es", mark(doc, "fn_4_es").getString()), "reviewer-2", "This is not what the law says.")
    remark(doc, find(doc, "fn_5_es", ""), "محمد", "هل هذا صحيح؟")
    both = find(doc, "fn_6_es", mark(doc, "fn_6_es").getString())
    remark(doc, both, "Ana Ruiz", "wording: Otra frase.")
    save(doc, path("out.docx"))

    be("Second", "Reader")
    doc = load(path("out.docx"))
    print("records", doc.RecordChanges)
    find(doc, "fn_5_es", "No conocemos").setString("Desconocemos")
    save(doc, path("again.docx"))

    doc = load(path("in.docx"))
    doc.RedlineProtectionKey = uno.ByteSequence(b"")
    doc.RecordChanges = False
    find(doc, "fn_3_es", "En persona").setString("En la oficina")
    save(doc, path("silent.docx"))

    doc = load(path("arabic.docx"))
    doc.storeToURL(url(path("arabic.pdf")), (prop("FilterName", "writer_pdf_Export"),))
    doc.close(True)
finally:
    try:
        desktop.terminate()
    except Exception:
        pass
# The office is gone, and the bridge to it may crash when Python tidies up. What was done is done: an error has ended this before.
sys.stdout.flush()
os._exit(0)
