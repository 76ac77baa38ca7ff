package core

var languageOps = map[string]operation{}
