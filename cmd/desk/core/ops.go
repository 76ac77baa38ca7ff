package core

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
)

// operation is one thing that a desk does. What it changes of the desk is taken back where it ends in an error.
type operation = func(*Desk, json.RawMessage) (any, error)

// tables are the operations, as their files list them. No two have one of the same name: a test reads that.
var tables = []map[string]operation{coreOps, viewOps, pictureOps, interviewOps, askOps, languageOps, counselOps, giveOps}

// ops is every operation.
var ops = join(tables...)

func join(tables ...map[string]operation) map[string]operation {
	out := map[string]operation{}
	for _, t := range tables {
		maps.Copy(out, t)
	}
	return out
}

func sortedKeys[K cmp.Ordered, V any](m map[K]V) []K { return slices.Sorted(maps.Keys(m)) }

// Blob is a file in JSON.
type Blob struct {
	Name  string `json:"name"`
	Bytes []byte `json:"bytes"` // base64
}
