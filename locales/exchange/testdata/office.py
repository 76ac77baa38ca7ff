# What a person does to the workbook in LibreOffice. Run by office_test.go: office.py PIPE IN SAVED WORKED
#
# SAVED is the workbook opened and saved again. WORKED is: unprotected, sorted by the English backwards, a column inserted at the
# left, the sheet renamed, one translation typed, one emptied, one that begins like a formula.
import os
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.table import CellAddress, CellRangeAddress
from com.sun.star.table import TableSortField


def prop(name, value):
    p = PropertyValue()
    p.Name, p.Value = name, value
    return p


pipe, source, saved, worked = sys.argv[1:]
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


def save(doc, path):
    doc.storeToURL(url(path), (prop("FilterName", "Calc MS Excel 2007 XML"),))


try:
    doc = desktop.loadComponentFromURL(url(source), "_blank", 0, (prop("Hidden", True),))
    sheet = doc.Sheets.getByIndex(0)
    print("sheets", ",".join(doc.Sheets.ElementNames))
    print("protected", sheet.isProtected())
    for col, what in ((0, "ID"), (1, "English"), (2, "Translation"), (3, "Note")):
        print("locked", what, sheet.getCellByPosition(col, 1).CellProtection.IsLocked)
    print("hidden", [i for i in range(8) if not sheet.Columns.getByIndex(i).IsVisible])
    print("rtl", sheet.TableLayout)
    formulas = 0
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last = cursor.RangeAddress.EndRow
    for row in range(1, last + 1):
        for col in range(8):
            kind = sheet.getCellByPosition(col, row).Type.value
            if kind not in ("TEXT", "EMPTY"):
                formulas += 1
    print("cells that are no text", formulas)
    save(doc, saved)

    sheet.unprotect("")
    field = TableSortField()
    field.Field, field.IsAscending = 1, False
    body = sheet.getCellRangeByPosition(0, 1, 7, last)
    body.sort((prop("SortFields", uno.Any("[]com.sun.star.table.TableSortField", (field,))), prop("ContainsHeader", False)))
    for row in range(1, last + 1):
        key = sheet.getCellByPosition(0, row).String
        cell = sheet.getCellByPosition(2, row)
        if key == "work.typed":
            cell.String = "Escrito en LibreOffice, con ñ."
        elif key == "work.emptied":
            cell.String = ""
        elif key == "work.formula":
            cell.Formula = '=HYPERLINK("https://example.org";"aquí")'
    sheet.Columns.insertByIndex(0, 1)
    sheet.Name = "Hoja de trabajo"
    save(doc, worked)
    doc.close(True)
finally:
    try:
        desktop.terminate()
    except Exception:
        pass
# The office is gone, and the bridge to it may crash when Python tidies up. What was done is done: an error has ended this before.
sys.stdout.flush()
os._exit(0)
