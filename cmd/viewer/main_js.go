package main

import (
	"encoding/json"
	"syscall/js"
)

// main gives the page four functions, each of which returns JSON, and stays:
//
//	fairnoticeLedger(names, bytes, key)      opens files, or one zip file
//	fairnoticeTell(program, language)        what it promised when
//	fairnoticeText(line, language)           every sentence of the edition of that line
//	fairnoticeKept(bytes)                    whether a checkpoint or a proof that somebody kept fits
func main() {
	var o *opened
	answer := func(v any) any {
		b, err := json.Marshal(v)
		if err != nil {
			return `{"error":"The page could not say what it found."}`
		}
		return string(b)
	}
	bytesOf := func(v js.Value) []byte {
		b := make([]byte, v.Get("length").Int())
		js.CopyBytesToGo(b, v)
		return b
	}
	js.Global().Set("fairnoticeLedger", js.FuncOf(func(_ js.Value, args []js.Value) any {
		var files []file
		for i := range args[0].Length() {
			files = append(files, file{args[0].Index(i).String(), bytesOf(args[1].Index(i))})
		}
		var s summary
		o, s = open(files, args[2].String())
		return answer(s)
	}))
	js.Global().Set("fairnoticeTell", js.FuncOf(func(_ js.Value, args []js.Value) any {
		return answer(o.tell(args[0].String(), args[1].String()))
	}))
	js.Global().Set("fairnoticeText", js.FuncOf(func(_ js.Value, args []js.Value) any {
		return answer(o.text(int64(args[0].Int()), args[1].String()))
	}))
	js.Global().Set("fairnoticeKept", js.FuncOf(func(_ js.Value, args []js.Value) any {
		return answer(o.kept(bytesOf(args[0])))
	}))
	select {}
}
