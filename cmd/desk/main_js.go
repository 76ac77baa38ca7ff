package main

import "syscall/js"

// main gives the page one function, fairnoticeCheck(name, bytes, day), which returns JSON, and stays.
func main() {
	js.Global().Set("fairnoticeCheck", js.FuncOf(func(_ js.Value, args []js.Value) any {
		if len(args) != 3 {
			return `{"verdict":"fairnoticeCheck takes a name, bytes and a day."}`
		}
		text := make([]byte, args[1].Get("length").Int())
		js.CopyBytesToGo(text, args[1]) // bytes, as they were saved: a file that is not UTF-8 shall be told so
		return checkJSON(args[0].String(), text, args[2].String())
	}))
	select {}
}
