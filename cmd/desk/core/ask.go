package core

var askOps = map[string]operation{}
