package core

// viewOps are the pictures: who keeps what, and who can ask.
var viewOps = map[string]operation{}
