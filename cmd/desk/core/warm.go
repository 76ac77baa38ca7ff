package core

import "fairnotice/notices/source"

// Warm does work ahead that the first questions would wait for: it reads the law and the English sentences, and goes once through an edit
// of the example, on a desk of its own, so that a browser has compiled what that needs. Each call does a piece; it is done when there is
// no more. Nothing that anybody sees depends on it.
func Warm(piece int) (more bool) {
	switch piece {
	case 0:
		_, _ = Book()
		return true
	case 1:
		_, _ = english()
		return true
	}
	if piece < 8 {
		d := &warm
		if piece == 2 {
			*d = Desk{day: source.NewDay(2025, 7, 1)}
			d.Do("start.example", nil)
		}
		d.Do("set", []byte(`{"path":"retention.application_file.period","value":"`+[]string{"30 days", "40 days"}[piece%2]+`"}`))
		d.Do("notice", []byte(`{"languages":["en"]}`))
		return true
	}
	warm = Desk{}
	return false
}

var warm Desk
