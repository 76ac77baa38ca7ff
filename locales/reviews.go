package locales

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"strings"

	"github.com/BurntSushi/toml"

	"fairnotice/notices/source"
)

const reviewsFile = "reviews.toml"

// Draft and Reviewed are the two states of a translation.
const (
	Draft    = "draft"
	Reviewed = "reviewed"
)

// reviews is the content of reviews.toml, which is specified in its own comments.
type reviews struct {
	Review []struct {
		Language string `toml:"language"`
		File     string `toml:"file"`
		By       string `toml:"by"`
		Role     string `toml:"role"`
		On       string `toml:"on"`
	} `toml:"review"`
}

var hashPattern = regexp.MustCompile(`^sha256:[0-9a-f]{64}$`)

// readReviews reads reviews.toml; where there is none, nobody has reviewed anything.
func readReviews(fsys fs.FS, t table) (reviews, source.Problems) {
	var out reviews
	fail := func(format string, args ...any) (reviews, source.Problems) {
		return reviews{}, source.Problems{{Pos: source.Pos{File: reviewsFile}, Code: "reviews", Severity: source.Error,
			Message: fmt.Sprintf(format, args...), Hint: "Each [[review]] has language, file, by, role and on."}}
	}
	data, err := fs.ReadFile(fsys, reviewsFile)
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return fail("The reviews cannot be read: %v.", err)
	}
	meta, err := toml.Decode(string(data), &out)
	if err != nil {
		return fail("The reviews cannot be read: %v.", err)
	}
	if more := meta.Undecoded(); len(more) > 0 {
		return fail("%q is not a part of a review.", more[0].String())
	}
	for i, r := range out.Review {
		_, known := t.find(r.Language)
		_, day := source.ParseDay(r.On)
		switch {
		case !known:
			return fail("Review %d is of the language %q, which is not in the table of languages.", i+1, r.Language)
		case !hashPattern.MatchString(r.File):
			return fail("Review %d does not say which file was read.", i+1)
		case strings.TrimSpace(r.By) == "" || strings.TrimSpace(r.Role) == "":
			return fail("Review %d does not name a person with a role.", i+1)
		case day != nil:
			return fail("Review %d has no day: %v.", i+1, day)
		}
		if _, what := source.CheckText(r.By); what != "" {
			return fail("The name in review %d has %s.", i+1, what)
		}
	}
	return out, nil
}

// of gives the state of a file: reviewed only by a named person, on a day, and only if the file is the one that was read.
func (r reviews) of(tag, hash string) Translation {
	out := Translation{State: Draft}
	for _, v := range r.Review {
		if v.Language == tag && v.File == hash {
			out = Translation{State: Reviewed, By: v.By, On: v.On}
		}
	}
	return out
}
