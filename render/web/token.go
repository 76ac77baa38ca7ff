package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"strconv"
	"time"
)

// Tokens makes and judges the tokens of one portal. They say that a page with the notice was served not long ago, and nothing of the
// reader: a token that is used again inside its half hour is right, because to notice that would need a list of who came.
type Tokens struct {
	Key    []byte // secret, at least 32 random bytes, the same on all machines of the portal
	Portal string // what tells this portal from others with the same key, such as its host
}

const (
	bucket      = 600 // seconds
	mostBuckets = 3   // that are accepted: the one of now, and those before it
)

// Make gives the token for an edition that is shown now.
func (t *Tokens) Make(edition string, now time.Time) string {
	return base64.RawURLEncoding.EncodeToString(t.sum(edition, bucketOf(now)))
}

// Valid reports whether a token was made for the edition at most half an hour ago.
func (t *Tokens) Valid(token, edition string, now time.Time) bool {
	got, err := base64.RawURLEncoding.Strict().DecodeString(token)
	if err != nil || len(token) != base64.RawURLEncoding.EncodedLen(sha256.Size) || len(t.Key) == 0 {
		return false
	}
	right := false
	for back := range int64(mostBuckets) {
		right = hmac.Equal(got, t.sum(edition, bucketOf(now)-back)) || right
	}
	return right
}

func (t *Tokens) sum(edition string, bucket int64) []byte {
	h := hmac.New(sha256.New, t.Key)
	h.Write([]byte("fair-notice-token/v1\n" + edition + "\n" + t.Portal + "\n" + strconv.FormatInt(bucket, 10)))
	return h.Sum(nil)
}

func bucketOf(now time.Time) int64 { return now.Unix() / bucket }
