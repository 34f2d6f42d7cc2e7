package store

import (
	"database/sql"

	"sluss/internal/idea"
)

// Stories gives the stories of ideas with their versions and pictures, in the
// order of the ideas; all without numbers.
func (tx *Tx) Stories(numbers ...int64) ([]idea.Story, error) {
	where, args := "", []any{}
	if len(numbers) > 0 {
		where, args = "WHERE s.idea IN ("+marks(len(numbers))+")", anys(numbers)
	}
	var out []idea.Story
	at := map[int64]int{}
	err := tx.each(func(rows *sql.Rows) error {
		var s idea.Story
		if err := rows.Scan(&s.ID, &s.Idea, &s.Status, &s.Audience, &s.Published, &s.Official); err != nil {
			return err
		}
		at[s.ID] = len(out)
		out = append(out, s)
		return nil
	}, "SELECT id, idea, status, audience, published, coalesce(official, 0) FROM story s "+where+" ORDER BY idea", args...)
	if err != nil || len(out) == 0 {
		return nil, err
	}
	if err := tx.storyParts(out, at, where, args); err != nil {
		return nil, err
	}
	return out, nil
}

// storyParts adds to stories what belongs to them; at is where each stands.
func (tx *Tx) storyParts(out []idea.Story, at map[int64]int, where string, args []any) error {
	err := tx.each(func(rows *sql.Rows) error {
		var v idea.StoryVersion
		err := rows.Scan(&v.ID, &v.Story, &v.Lang, &v.Text, &v.Published)
		s := &out[at[v.Story]]
		s.Versions = append(s.Versions, v)
		return err
	}, "SELECT v.id, v.story, v.lang, v.text, v.published FROM story s JOIN story_version v ON v.story = s.id "+where+" ORDER BY v.id", args...)
	if err != nil {
		return err
	}
	err = tx.each(func(rows *sql.Rows) error {
		var story, giver int64
		err := rows.Scan(&story, &giver)
		s := &out[at[story]]
		s.Named = append(s.Named, giver)
		return err
	}, "SELECT n.story, n.giver FROM story s JOIN story_named n ON n.story = s.id "+where+" ORDER BY n.giver", args...)
	if err != nil {
		return err
	}
	err = tx.each(func(rows *sql.Rows) error {
		var p idea.Picture
		err := rows.Scan(&p.ID, &p.Story, &p.File, &p.Alt, &p.Caption, &p.Published)
		s := &out[at[p.Story]]
		s.Pictures = append(s.Pictures, p)
		return err
	}, "SELECT p.id, p.story, p.file, p.alt, p.caption, p.published FROM story s JOIN story_picture p ON p.story = s.id "+where+" ORDER BY p.id", args...)
	if err != nil {
		return err
	}
	return tx.each(func(rows *sql.Rows) error {
		var story, picture, giver int64
		err := rows.Scan(&story, &picture, &giver)
		pictures := out[at[story]].Pictures
		for k := range pictures {
			if pictures[k].ID == picture {
				pictures[k].Shows = append(pictures[k].Shows, giver)
			}
		}
		return err
	}, `SELECT p.story, p.id, g.giver FROM story s JOIN story_picture p ON p.story = s.id
		JOIN story_picture_giver g ON g.picture = p.id `+where+" ORDER BY g.giver", args...)
}

// StoryPart tells of what a version or a picture of a story is, also if it was
// taken away: the idea, and the language or the file.
func (tx *Tx) StoryPart(s idea.Subject, id int64) (number int64, name string, err error) {
	table, column := "story_version", "lang"
	if s == idea.APicture {
		table, column = "story_picture", "file"
	}
	var story int64
	found, err := tx.one([]any{&story, &name}, "SELECT story, "+column+" FROM "+table+" WHERE id = ?", id)
	if err == nil && !found {
		_, err = tx.one([]any{&story, &name}, `SELECT CAST(old ->> '$.fields.story' AS INTEGER), old ->> '$.fields.`+column+`'
			FROM payload WHERE subject = ? AND subject_id = ? AND json_valid(old) AND old ->> '$.fields.story' IS NOT NULL ORDER BY event DESC LIMIT 1`, s, id)
	}
	if err != nil {
		return 0, name, err
	}
	number, err = tx.StoryIdea(story)
	return number, name, err
}

// StoryIdea gives the idea that a story tells of, also if it was taken away; 0
// if that is not known any more.
func (tx *Tx) StoryIdea(id int64) (number int64, err error) {
	found, err := tx.one([]any{&number}, "SELECT idea FROM story WHERE id = ?", id)
	if err == nil && !found {
		_, err = tx.one([]any{&number}, `SELECT CAST(old ->> '$.fields.idea' AS INTEGER)
			FROM payload WHERE subject = 'story' AND subject_id = ? ORDER BY event DESC LIMIT 1`, id)
	}
	return number, err
}

// Consents gives the consents of givers in the order in which they were
// recorded; all without givers.
func (tx *Tx) Consents(givers ...int64) (idea.Consents, error) {
	where, args := "", []any{}
	if len(givers) > 0 {
		where, args = "WHERE giver IN ("+marks(len(givers))+") ", anys(givers)
	}
	var out idea.Consents
	err := tx.each(func(rows *sql.Rows) error {
		var c idea.Consent
		if err := rows.Scan(&c.ID, &c.Giver, &c.Kind, &c.From, &c.Until, &c.How, &c.Withdrawn); err != nil {
			return err
		}
		out = append(out, c)
		return nil
	}, "SELECT id, giver, kind, given, until, how, withdrawn FROM consent "+where+"ORDER BY id", args...)
	return out, err
}

// Consent gives one consent, also one that was taken away.
func (tx *Tx) Consent(id int64) (c idea.Consent, err error) {
	c.ID = id
	found, err := tx.one([]any{&c.Giver, &c.Kind, &c.From}, "SELECT giver, kind, given FROM consent WHERE id = ?", id)
	if found || err != nil {
		return c, err
	}
	_, err = tx.one([]any{&c.Giver, &c.Kind, &c.From}, `SELECT CAST(old ->> '$.fields.giver' AS INTEGER), old ->> '$.fields.kind', old ->> '$.fields.given'
		FROM payload WHERE subject = 'consent' AND subject_id = ? ORDER BY event DESC LIMIT 1`, id)
	return c, err
}

// People gives everybody on record: givers, contacts, participants of mashups, and
// whoever is named as a speaker or in tests and decisions. Names in the last three
// are as they were typed.
func (tx *Tx) People() (out []idea.Person, err error) {
	err = tx.each(func(rows *sql.Rows) error {
		var p idea.Person
		if err := rows.Scan(&p.Of, &p.ID, &p.Name, &p.Email, &p.Phone); err != nil {
			return err
		}
		out = append(out, p)
		return nil
	}, `SELECT 'giver', id, name, email, phone FROM giver
		UNION ALL SELECT 'contact', id, name, email, phone FROM contact
		UNION ALL SELECT 'participant', id, name, email, '' FROM participant
		UNION ALL SELECT 'session', id, speakers, '', '' FROM session WHERE speakers <> ''
		UNION ALL SELECT 'test_card', idea, who, '', '' FROM test_card WHERE who <> ''
		UNION ALL SELECT 'decision', idea, taken_by, '', '' FROM decision WHERE taken_by <> ''`)
	return out, err
}
