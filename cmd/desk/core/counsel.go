package core

var counselOps = map[string]operation{}
