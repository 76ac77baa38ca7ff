package core

import (
	"encoding/json"
	"strings"
	"testing"
)

// FuzzDo asks a desk anything: every answer is JSON, none is a panic, and what is refused changes nothing.
func FuzzDo(f *testing.F) {
	names := sortedKeys(ops)
	for i := range names {
		f.Add(uint8(i), `{}`)
		f.Add(uint8(i), `{"path":"retention.application_file.period","value":"30 days"}`)
	}
	at := func(op string) uint8 {
		for i, n := range names {
			if n == op {
				return uint8(i)
			}
		}
		f.Fatal(op)
		return 0
	}
	f.Add(at("set"), `{"path":"line:97:citykey.yaml","value":"x: ["}`)
	f.Add(at("set"), `{"path":"program.name","value":{"en":"A","ar":"B"}}`)
	f.Add(at("set"), `{"path":"holders.omicron.does","value":["runs_website"],"by":"Ana","on":"2025-06-01","looked":true}`)
	f.Add(at("set"), `{"path":"channels.online.phases.portal.asks.0","value":"items: [name]"}`)
	f.Add(at("add"), `{"template":"copy","values":{"of":"channels.online.phases.portal.asks.0.copies","at":"clerk","kind":"log"}}`)
	f.Add(at("notice"), `{"kind":"what-changed","languages":["en"],"since":{"name":"x.yaml","bytes":"ZmFpcm5vdGljZTogMQ=="}}`)
	f.Add(at("start.open"), `{"files":[{"name":"x.zip","bytes":"UEsDBA=="},{"name":"../x.yaml","bytes":"ZmFpcm5vdGljZTogMQ=="}]}`)
	f.Add(at("start.judge"), `{"text":"We keep it.","language":"en"}`)
	f.Fuzz(func(t *testing.T, op uint8, args string) {
		d := citykey(t)
		name := names[int(op)%len(names)]
		if strings.HasPrefix(name, "give.make") && strings.Contains(args, "zip") {
			return // it takes seconds, and has tests of its own
		}
		before := d.Files()
		out := d.Do(name, []byte(args))
		var said struct {
			Error *struct{ Says, Hint string } `json:"error"`
		}
		if err := json.Unmarshal(out, &said); err != nil {
			t.Fatalf("%s %q: %v: %.200s", name, args, err, out)
		}
		if said.Error == nil {
			return
		}
		if strings.Contains(said.Error.Says, "fault of ours") || said.Error.Says == "" {
			t.Fatalf("%s %q: %s", name, args, out)
		}
		if !sameMap(before, d.files) || len(d.Changed()) > 0 {
			t.Fatalf("%s %q was refused, and changed something", name, args)
		}
	})
}

// TestTables sees that no two owners gave an operation the same name, and that no answer holds what only a program can read.
func TestTables(t *testing.T) {
	n := 0
	for _, table := range tables {
		n += len(table)
	}
	if n != len(ops) || n < 25 {
		t.Errorf("%d operations in the tables, %d with a name", n, len(ops))
	}
	if says := no(t, New(today), "no.such", ""); !strings.Contains(says, "cannot do") {
		t.Error(says)
	}
	for _, op := range sortedKeys(ops) { // nothing is open
		out := string(New(today).Do(op, nil))
		if strings.Contains(out, "panic") || strings.Contains(out, "runtime error") || strings.Contains(out, "This is a fault of ours, in") {
			t.Errorf("%s: %s", op, out)
		}
	}
}
