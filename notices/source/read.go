package source

// At is embedded (with the tag `yaml:"-"`) in every struct that wants to know its own place in the file.
type At struct {
	Pos  Pos
	Path string
}

// End is the end of a time: a date, or the word `open`.
type End struct {
	Date Date
	Open bool
}

// String writes the end as the file does; the zero End is "".
func (e End) String() string {
	if e.Open {
		return "open"
	}
	return e.Date.String()
}

// IsZero says that no end was given.
func (e End) IsZero() bool { return !e.Open && e.Date.IsZero() }
