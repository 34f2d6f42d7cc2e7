package lang

// SwedishTexts is the Swedish texts by their English formats.
func SwedishTexts() map[string]string { return swedish() }
