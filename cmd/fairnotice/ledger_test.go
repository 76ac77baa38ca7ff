package main

import (
	"fmt"
	"strconv"

	"github.com/rogpeppe/go-internal/testscript"

	"fairnotice/notices/ledger"
	"fairnotice/notices/source"
)

// recorded writes made-up editions into a ledger, as publish does real ones.
func recorded(ts *testscript.TestScript, neg bool, args []string) {
	l, err := openLedger(ts.MkAbs(args[0]), ts.MkAbs(args[1]))
	ts.Check(err)
	for _, a := range args[2:] {
		n, err := strconv.Atoi(a)
		ts.Check(err)
		lines := fmt.Appendf(nil, "fairnotice-edition/v1\nprogram city-rent-aid\nedition %d\n", n)
		_, err = l.Publish([][]byte{lines}, ledger.Entry{Program: "city-rent-aid", Number: n, Digest: ledger.Hash(lines), From: source.NewDay(2026, 11, n)})
		ts.Check(err)
	}
}
