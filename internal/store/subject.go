package store

import "sluss/internal/idea"

// column is a field that a subject's table holds.
type column struct {
	field   idea.Field
	number  bool // an INTEGER
	ref     bool // a reference or a number, NULL for nothing
	words   bool // searched: a change of it is indexed again
	private bool // about a person: kept in payload, not in the event
}

// set is a table of pairs that belongs to a subject: the thing, in the column
// holder, and what it holds.
type set struct {
	field                 idea.Field
	table, holder, member string
	number                bool
}

// layout says where a subject is kept.
type layout struct {
	table, key string
	columns    []column
	sets       []set
}

// layoutOf is the closed list of what can change. Names of tables and columns
// in SQL come from here and from nowhere else.
func layoutOf(s idea.Subject) (layout, bool) {
	switch s {
	case idea.AnIdea:
		return layout{"idea", "number", ideaColumns(), []set{
			{idea.FieldTag, "idea_tag", "idea", "tag", false},
			{idea.FieldGiver, "idea_giver", "idea", "giver", true},
			{idea.FieldRelated, "idea_related", "idea", "other", true},
			{idea.FieldPartOf, "idea_part_of", "idea", "other", true},
			{idea.FieldBuildsOn, "idea_builds_on", "idea", "other", true},
		}}, true
	case idea.AGiver:
		return layout{table: "giver", key: "id", columns: []column{
			{field: idea.FieldKind}, {field: idea.FieldName, private: true}, {field: idea.FieldEmail, private: true},
			{field: idea.FieldPhone, private: true}, {field: idea.FieldUnit, ref: true}}}, true
	case idea.AContact:
		return layout{table: "contact", key: "id", columns: []column{
			{field: idea.FieldName, private: true}, {field: idea.FieldUnit, ref: true}, {field: idea.FieldRole},
			{field: idea.FieldEmail, private: true}, {field: idea.FieldPhone, private: true}}}, true
	case idea.ANetwork:
		return layout{"network", "id", []column{{field: idea.FieldName}, {field: idea.FieldText}}, []set{
			{idea.FieldMember, "network_member", "network", "contact", true},
		}}, true
	case idea.AnActivity:
		return layout{"activity", "id", []column{
			{field: idea.FieldTitle}, {field: idea.FieldKind}, {field: idea.FieldDay},
			{field: idea.FieldParticipants, ref: true}, {field: idea.FieldText}}, []set{
			{idea.FieldUnit, "activity_unit", "activity", "unit", true},
			{idea.FieldNetwork, "activity_network", "activity", "network", true},
		}}, true
	case idea.ACoach:
		return layout{table: "coach", key: "id", columns: []column{{field: idea.FieldName, private: true}}}, true
	case idea.AUnit:
		return layout{table: "unit", key: "id", columns: []column{
			{field: idea.FieldName}, {field: idea.FieldKind}, {field: idea.FieldParent, ref: true},
			{field: idea.FieldClosed, number: true}, {field: idea.FieldSuccessor, ref: true}, {field: idea.FieldEmployees, number: true}}}, true
	case idea.AStage:
		return layout{table: "stage", key: "id", columns: []column{
			{field: "key"}, {field: idea.FieldNameEN}, {field: idea.FieldNameSV}, {field: idea.FieldKind},
			{field: idea.FieldPosition, number: true}, {field: idea.FieldLimit, number: true},
			{field: idea.FieldWip, number: true}, {field: idea.FieldRemoved, number: true}}}, true
	case idea.AGate:
		return layout{table: "gate", key: "id", columns: []column{{field: "stage"}, {field: "condition"}}}, true
	case idea.AForum:
		return layout{table: "forum", key: "id", columns: []column{{field: idea.FieldName}, {field: idea.FieldKind}}}, true
	case idea.AnAgendaItem:
		return layout{table: "agenda_item", key: "id", columns: []column{
			{field: idea.FieldForum, ref: true}, {field: idea.FieldDay}, {field: "idea", ref: true}}}, true
	case idea.ADecision:
		return layout{table: "decision", key: "id", columns: []column{
			{field: "idea", ref: true}, {field: idea.FieldForum, ref: true}, {field: idea.FieldDay},
			{field: idea.FieldResolution}, {field: idea.FieldWhy}, {field: idea.FieldTakenBy, private: true}}}, true
	case idea.ATest:
		return layout{table: "test_card", key: "id", columns: []column{
			{field: "idea", ref: true}, {field: idea.FieldBelief}, {field: idea.FieldMethod}, {field: idea.FieldMeasure},
			{field: idea.FieldTarget}, {field: idea.FieldBegins}, {field: idea.FieldEnds}, {field: idea.FieldWho, private: true},
			{field: idea.FieldCost}, {field: idea.FieldStarted}, {field: idea.FieldFinished}, {field: idea.FieldResult},
			{field: idea.FieldVerdict}, {field: idea.FieldLearnt}}}, true
	case idea.ATestNote:
		return layout{table: "test_note", key: "id", columns: []column{
			{field: "test_card", ref: true}, {field: "at", number: true}, {field: idea.FieldCoach, ref: true}, {field: idea.FieldText}}}, true
	case idea.AnEffect:
		return layout{table: "effect", key: "id", columns: []column{
			{field: "idea", ref: true}, {field: idea.FieldMeasure}, {field: idea.FieldBefore}, {field: idea.FieldAfter},
			{field: idea.FieldCost}, {field: idea.FieldBegins}, {field: idea.FieldFollowUp}}}, true
	case idea.ASight:
		return layout{table: "effect_seen", key: "id", columns: []column{
			{field: "effect", ref: true}, {field: idea.FieldDay}, {field: idea.FieldBefore}, {field: idea.FieldAfter},
			{field: idea.FieldCost}, {field: idea.FieldText}}}, true
	case idea.ATelling:
		return layout{table: "telling", key: "id", columns: []column{
			{field: "answer", ref: true}, {field: idea.FieldGiver, ref: true}, {field: idea.FieldChannel}, {field: idea.FieldOn}}}, true
	case idea.ARule:
		return layout{table: "rule", key: "id", columns: []column{{field: idea.FieldName}, {field: idea.FieldRule}}}, true
	case idea.AReportText:
		return layout{table: "report_text", key: "id", columns: []column{
			{field: idea.FieldPart}, {field: idea.FieldPeriodFrom}, {field: idea.FieldPeriodTo}, {field: idea.FieldText}}}, true
	case idea.ATemplate:
		return layout{table: "letter_template", key: "id", columns: []column{
			{field: idea.FieldName}, {field: "lang"}, {field: idea.FieldText}}}, true
	case idea.AQuestionSet:
		return layout{table: "question_set", key: "id", columns: []column{{field: idea.FieldName}, {field: idea.FieldText}}}, true
	case idea.AMeasure:
		return layout{table: "measure", key: "id", columns: []column{
			{field: idea.FieldKey}, {field: idea.FieldNameEN}, {field: idea.FieldNameSV}, {field: idea.FieldCountedIn}, {field: idea.FieldBetter},
			{field: idea.FieldTogether}, {field: idea.FieldFormula}, {field: idea.FieldDefinition}, {field: idea.FieldSource}}}, true
	case idea.AValue:
		return layout{table: "measure_value", key: "id", columns: []column{
			{field: idea.FieldMeasure, ref: true}, {field: idea.FieldDay}, {field: idea.FieldFigure}, {field: idea.FieldText}}}, true
	case idea.ATarget:
		return layout{table: "aim", key: "id", columns: []column{
			{field: idea.FieldMeasure}, {field: idea.FieldBegins}, {field: idea.FieldEnds}, {field: idea.FieldGoal}}}, true
	case idea.AMashup:
		return layout{table: "mashup", key: "id", columns: []column{
			{field: idea.FieldName}, {field: idea.FieldDay}, {field: idea.FieldLastDay}, {field: idea.FieldPlace},
			{field: idea.FieldMode}, {field: idea.FieldText}}}, true
	case idea.ASession:
		return layout{table: "session", key: "id", columns: []column{
			{field: idea.FieldMashup, ref: true}, {field: idea.FieldDay}, {field: idea.FieldBegins}, {field: idea.FieldEnds},
			{field: idea.FieldRoom}, {field: idea.FieldTitle}, {field: idea.FieldKind}, {field: "idea", ref: true}, {field: "story", ref: true},
			{field: idea.FieldSpeakers, private: true}, {field: idea.FieldText}}}, true
	case idea.AParticipant:
		return layout{table: "participant", key: "id", columns: []column{
			{field: idea.FieldMashup, ref: true}, {field: idea.FieldName, private: true}, {field: idea.FieldOrganisation},
			{field: idea.FieldKind}, {field: idea.FieldEmail, private: true}, {field: idea.FieldStatus}}}, true
	case idea.AMashupOutcome:
		return layout{table: "mashup_outcome", key: "id", columns: []column{
			{field: idea.FieldMashup, ref: true}, {field: idea.FieldOrganisation}, {field: "idea", ref: true}, {field: "story", ref: true},
			{field: idea.FieldText}}}, true
	case idea.AnEvaluation:
		return layout{table: "evaluation", key: "id", columns: []column{
			{field: idea.FieldMashup, ref: true}, {field: idea.FieldQuestion}, {field: idea.FieldAnswers, number: true},
			{field: idea.FieldGrade}, {field: idea.FieldScale}, {field: idea.FieldText}}}, true
	case idea.AStory:
		return layout{"story", "id", []column{
			{field: "idea", ref: true}, {field: idea.FieldStatus}, {field: idea.FieldAudience}, {field: idea.FieldPublished},
			{field: idea.FieldOfficial, ref: true}}, []set{
			{idea.FieldNamed, "story_named", "story", "giver", true},
		}}, true
	case idea.AStoryVersion:
		return layout{table: "story_version", key: "id", columns: []column{
			{field: "story", ref: true}, {field: idea.FieldLang}, {field: idea.FieldText, private: true}, {field: idea.FieldPublished, private: true}}}, true
	case idea.APicture:
		return layout{"story_picture", "id", []column{
			{field: "story", ref: true}, {field: idea.FieldFile}, {field: idea.FieldAlt, private: true}, {field: idea.FieldCaption, private: true},
			{field: idea.FieldPublished, number: true}}, []set{
			{idea.FieldShows, "story_picture_giver", "picture", "giver", true},
		}}, true
	case idea.AConsent:
		return layout{table: "consent", key: "id", columns: []column{
			{field: idea.FieldGiver, ref: true}, {field: idea.FieldKind}, {field: idea.FieldOn}, {field: idea.FieldUntil},
			{field: idea.FieldHow}, {field: idea.FieldWithdrawn}}}, true
	case idea.ASpread:
		return layout{"spread", "id", []column{
			{field: idea.FieldDay}, {field: idea.FieldChannel}, {field: idea.FieldAudience}, {field: idea.FieldReach, ref: true}, {field: idea.FieldText}}, []set{
			{idea.FieldStory, "spread_story", "spread", "story", true},
			{idea.FieldIdea, "spread_idea", "spread", "idea", true},
		}}, true
	case idea.AnUptake:
		return layout{table: "uptake", key: "id", columns: []column{
			{field: idea.FieldStory, ref: true}, {field: idea.FieldDay}, {field: idea.FieldOrganisation}, {field: idea.FieldKind}, {field: idea.FieldText}}}, true
	case idea.AProfile:
		return layout{table: "profile", key: "id", columns: []column{
			{field: idea.FieldName}, {field: idea.FieldCommand}, {field: idea.FieldFile}, {field: idea.FieldPeople, number: true}}}, true
	case idea.ASchedule:
		return layout{table: "schedule", key: "id", columns: []column{
			{field: idea.FieldProfile, ref: true}, {field: idea.FieldEvery}, {field: idea.FieldSince, number: true}, {field: idea.FieldOnlyChanged, number: true}}}, true
	case idea.AnAnswer:
		return layout{table: "answer", key: "id", columns: []column{
			{field: "idea", ref: true}, {field: idea.FieldText}, {field: idea.FieldStatus},
			{field: idea.FieldChannel}, {field: idea.FieldOn}}}, true
	}
	return layout{}, false
}

func ideaColumns() []column {
	columns := []column{
		{field: idea.FieldTitle, words: true}, {field: idea.FieldKind}, {field: idea.FieldStage},
		{field: "stage_since", number: true}, {field: idea.FieldReason},
		{field: idea.FieldMergedInto, ref: true},
		{field: idea.FieldUnit, ref: true}, {field: idea.FieldOwner, ref: true},
		{field: idea.FieldCoach, ref: true}, {field: "registrar", ref: true},
		{field: idea.FieldChannel}, {field: idea.FieldReceived}, {field: "registered", number: true},
		{field: idea.FieldDue}, {field: idea.FieldWake}, {field: idea.FieldNextBy}, {field: idea.FieldAnswered},
		{field: idea.FieldType}, {field: idea.FieldNewness}, {field: idea.FieldBenefits},
		{field: "source"}, {field: "external_id"},
	}
	for _, s := range idea.Sections() {
		columns = append(columns, column{field: idea.Field(s), words: true})
	}
	return columns
}

func (l layout) column(f idea.Field) (column, bool) {
	for _, c := range l.columns {
		if c.field == f {
			return c, true
		}
	}
	return column{}, false
}

func (l layout) set(f idea.Field) (set, bool) {
	for _, s := range l.sets {
		if s.field == f {
			return s, true
		}
	}
	return set{}, false
}
