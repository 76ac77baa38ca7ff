# What reviewers do to the packet in LibreOffice. Run by word_office_test.go: writer.py PIPE IN OUT AGAIN SILENT
#
# OUT is the file with changes that are tracked and with comments; AGAIN is OUT opened, changed once more and saved; SILENT is IN with a
# change that is not tracked.
import os
import sys
import time

import uno
from com.sun.star.beans import PropertyValue


def prop(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


pipe, source, out, again, silent = sys.argv[1:]
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
    cursor = anchor.getText().createTextCursorByRange(anchor.getStart())
    if words == "":
        cursor.gotoRange(anchor.getEnd(), False)
        return cursor
    at = anchor.getString().index(words)
    cursor.goRight(at, False)
    cursor.goRight(len(words), True)
    return cursor


def remark(doc, cursor, author, words):
    note = doc.createInstance("com.sun.star.text.textfield.Annotation")
    note.Author, note.Content = author, words
    cursor.getText().insertTextContent(cursor, note, not cursor.isCollapsed())


try:
    doc = load(source)
    print("records", doc.RecordChanges, "protected", len(doc.RedlineProtectionKey) > 0, "changed", doc.Redlines.hasElements())
    find(doc, "fn_2_es", "gratis").setString("sin costo")
    c = find(doc, "fn_5_es", "")
    c.getText().insertString(c, " Siempre.", False)
    find(doc, "fn_6_en", ", and booking may").setString("")
    find(doc, "fn_7_es_1", "17").setString("18")
    remark(doc, find(doc, "fn_3_es", "la oficina"), "Ana Ruiz", "¿Cuál oficina?")
    remark(doc, find(doc, "fn_9_es", mark(doc, "fn_9_es").getString()), "reviewer-2", "This is not what the law says.\nSee the case.")
    remark(doc, find(doc, "fn_12_es", ""), "Ana Ruiz", "Nobody says this so.")
    save(doc, out)

    doc = load(out)
    print("records", doc.RecordChanges)
    find(doc, "fn_8_es", "dijo").setString("ha dicho")
    save(doc, again)

    doc = load(source)
    doc.RedlineProtectionKey = uno.ByteSequence(b"")
    doc.RecordChanges = False
    find(doc, "fn_4_es", "Nadie").setString("Ninguna persona")
    save(doc, silent)
finally:
    try:
        desktop.terminate()
    except Exception:
        pass
