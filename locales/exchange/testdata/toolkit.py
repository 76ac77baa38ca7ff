# What a translation program does to an XLIFF file, done with translate-toolkit. Run by toolkit_test.go: toolkit.py IN OUT
#
# It prints what it sees, translates two units, and saves.
import sys

from translate.storage import factory
from translate.storage.placeables import StringElem
from translate.storage.placeables.xliff import Ph

store = factory.getobject(sys.argv[1])
print(type(store).__module__, "en" if store.getsourcelanguage() == "en" else "?", store.gettargetlanguage(), len(store.units))
for unit in store.units:
    print("|".join([
        unit.getid().split("\x04")[-1], str(unit.source), str(unit.target), unit.xmlelement.get("maxwidth") or "-",
        "approved" if unit.isapproved() else "not approved", unit.getnotes().replace("\n", " / "),
    ]))
    key = unit.getid().split("\x04")[-1]
    if key == "keep.stored":
        unit.target = "La oficina guarda esto:"
    if key == "delete.years#other":
        unit.rich_target = [StringElem(["Borramos la copia ", Ph(id="1", sub=["{n}"]), " años después de su solicitud. [[2, 3, 4 …]]"])]
store.savefile(sys.argv[2])
