package notices

// neutralIDs are the sentences of a letter, a call or a text message about news of the office. Others open mail and answer phones: they
// name neither the program nor whoever asked. No notice says them; the papers of a demand do.
func neutralIDs() []string {
	return w(`neutral.news neutral.page neutral.phone neutral.come neutral.no_reply`)
}
