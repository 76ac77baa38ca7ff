package exchange

import (
	"cmp"

	"fairnotice/notices/source"
)

// byPos orders by sheet and row.
func byPos(a, b source.Pos) int {
	return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
}
