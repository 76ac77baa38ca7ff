package source_test

import (
	"testing"

	"fairnotice/notices/source"
)

const good = `# a comment
fairnotice: 1
as_of: 2025-06-14
languages: [en, es, zh-Hans]
mandatory: false
name: {en: City ID, es: Tarjeta}
gives: {is: {en: A card.}, source: s1}
authority: none
contact: {name: Clerk, phone: {is: 312-660-1370, confidence: unverified, but: [312-555-0100, {is: unknown, source: s2}]}, page: https://www.chicityclerk.com, zip: 02134}
retention:
  application_file: {period: {is: 7 years, source: s4, law: il-records, asked: [{who: vendor, on: 2025-05}]}, at_end: unknown, law: []}
  website_log:
    period: not_applicable
channels:
  online:
    name: Web
    phases:
      - id: portal
        from: 2024-12
        to: {is: 2025-06-13, source: s1, but: [{is: 2025-06-15, source: s2}]}
        rule: chicago-2-176@2024-06-12
        asks:
          - items: [name, date_of_birth]
            handling: stored
          - {items: [phone], handling: {is: stored, confidence: reported}}
        never_asks: {is: [photo], law: [a, b]}
        told: true
      - id: "2024"
        from: 2024
        to: open
        asks: unknown
suspended: {is: {since: 2025-06, what: [online]}, source: s1}
routes: {leak: applies, broker: unknown}
counts:
  - {is: 87100, about: true}
`

func TestReadGood(t *testing.T) {
	var p program
	doc, ps := source.Read("good.yaml", []byte(good), &p)
	for _, x := range ps {
		t.Error(x)
	}
	t.Logf("%+v", p)
	for _, l := range doc.Leaves() {
		t.Log(l, doc.Pos(l))
	}
}
