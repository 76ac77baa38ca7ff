package source_test

import "fairnotice/notices/source"

// These types stand for what other packages read: every kind of value, and the combinations that a program file needs.

type handling string

func (handling) Words() []string {
	return []string{"stored", "seen_returned", "fields_extracted", "not_kept"}
}

type item string

func (item) Words() []string {
	return []string{"name", "date_of_birth", "address", "phone", "photo", "foreign_passport", "consular_id", "foreign_drivers_license",
		"us_identity_document", "residence_proof", "access_log", "ip_address", "visit_time"}
}

type rule string

func (rule) Pattern() (string, string) {
	return `[a-z0-9-]+@\d{4}-\d{2}-\d{2}`, "chicago-2-176@2024-06-12"
}

type program struct {
	source.At   `yaml:"-"`
	Version     int                          `yaml:"fairnotice" need:"yes" validate:"eq=1"`
	AsOf        source.Day                   `yaml:"as_of"`
	Languages   []string                     `yaml:"languages" validate:"unique,dive,lang"`
	Mandatory   bool                         `yaml:"mandatory"`
	Name        source.Text                  `yaml:"name" need:"yes"`
	Gives       source.Fact[source.Text]     `yaml:"gives"`
	Authority   source.Fact[[]source.ID]     `yaml:"authority"`
	Contact     *contact                     `yaml:"contact"`
	Retention   map[source.ID]retention      `yaml:"retention"`
	Channels    map[source.ID]channel        `yaml:"channels"`
	Counts      []count                      `yaml:"counts"`
	Suspended   source.Fact[suspension]      `yaml:"suspended"`
	Tested      source.Fact[*suspension]     `yaml:"tested"`
	Routes      map[route]source.Fact[state] `yaml:"routes"`
	unreachable int
}

type (
	route string
	state string
)

func (route) Words() []string { return []string{"leak", "broker", "agreement"} }
func (state) Words() []string { return []string{"applies", "stopped"} }

type contact struct {
	Name  source.Text         `yaml:"name"`
	Phone source.Fact[string] `yaml:"phone" validate:"phone"`
	Page  source.Fact[string] `yaml:"page" validate:"https_url"`
	Zip   string              `yaml:"zip"`
	Email string              `yaml:"email" validate:"email"`
}

type retention struct {
	source.At `yaml:"-"`
	Period    source.Fact[source.Period] `yaml:"period" need:"yes"`
	AtEnd     source.Fact[handling]      `yaml:"at_end"`
	Law       []source.ID                `yaml:"law"`
}

type channel struct {
	Name   source.Text `yaml:"name"`
	Phases []phase     `yaml:"phases" need:"yes"`
}

type phase struct {
	source.At `yaml:"-"`
	ID        source.ID                `yaml:"id" need:"yes" validate:"slug"`
	From      source.Date              `yaml:"from" need:"yes"`
	To        source.Fact[source.End]  `yaml:"to" need:"yes"`
	Rule      rule                     `yaml:"rule"`
	Asks      source.Fact[[]ask]       `yaml:"asks"`
	Never     source.Fact[[]item]      `yaml:"never_asks"`
	Told      source.Fact[bool]        `yaml:"told"`
	How       source.Fact[source.Text] `yaml:"how"`
}

type ask struct {
	source.At `yaml:"-"`
	Items     []item                `yaml:"items" need:"yes"`
	Handling  source.Fact[handling] `yaml:"handling" need:"yes"`
}

type count struct {
	Is    source.Fact[int] `yaml:"is" need:"yes" validate:"min=1"`
	About bool             `yaml:"about"`
}

type suspension struct {
	Since source.Date `yaml:"since" need:"yes"`
	What  []source.ID `yaml:"what"`
}
