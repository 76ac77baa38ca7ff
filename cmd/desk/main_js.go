// Command desk is the desk in the browser, as one file that opens from a disk, a stick or a mail: the page of package page, and the core,
// compiled for the browser.
//
//	go run ./cmd/desk --out dist/desk
//
// writes that file, desk.html. In it the page and the core talk through connect.js and worker.js: the core runs in a worker beside the
// page, so that the page can be used before the core is there, and while it works.
package main

import (
	"runtime/debug"
	"syscall/js"

	"fairnotice/cmd/desk/core"
	"fairnotice/notices/source"
)

// main gives the worker four functions, and stays. The worker says in fairnoticeDay which day it is, as 2025-06-14.
//
//	fairnoticeDo(op, args)           does one operation of the core: JSON in, JSON out
//	fairnoticeFiles()                an object of all files that are on the desk, as bytes by name
//	fairnoticeOpen(files)            opens such files; gives "", or why they cannot be opened
//	fairnoticeWarm(piece)            does a piece of the work that the first questions would wait for; gives false when there is no more
func main() {
	debug.SetGCPercent(400) // one person's desk: time is dearer than memory
	today, err := source.ParseDay(js.Global().Get("fairnoticeDay").String())
	if err != nil {
		panic(err) // the worker writes it
	}
	desk := core.New(today)
	js.Global().Set("fairnoticeDo", js.FuncOf(func(_ js.Value, args []js.Value) any {
		return string(desk.Do(args[0].String(), []byte(args[1].String())))
	}))
	js.Global().Set("fairnoticeFiles", js.FuncOf(func(js.Value, []js.Value) any {
		out := js.Global().Get("Object").New()
		for name, data := range desk.Files() {
			bytes := js.Global().Get("Uint8Array").New(len(data))
			js.CopyBytesToJS(bytes, data)
			out.Set(name, bytes)
		}
		return out
	}))
	js.Global().Set("fairnoticeOpen", js.FuncOf(func(_ js.Value, args []js.Value) any {
		files, names := map[string][]byte{}, js.Global().Get("Object").Call("keys", args[0])
		for i := range names.Length() {
			name := names.Index(i).String()
			data := make([]byte, args[0].Get(name).Length())
			js.CopyBytesToGo(data, args[0].Get(name))
			files[name] = data
		}
		if err := desk.Open(files); err != nil {
			return err.Error()
		}
		return ""
	}))
	js.Global().Set("fairnoticeWarm", js.FuncOf(func(_ js.Value, args []js.Value) any { return core.Warm(args[0].Int()) }))
	select {}
}
