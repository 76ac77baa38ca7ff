package main

import (
	"fmt"
	"os"
	"path/filepath"

	"fairnotice/locales"
	"fairnotice/notices"
	"fairnotice/notices/law"
	"fairnotice/notices/source"
	"fairnotice/render"
)

// build makes the edition of a program file in memory, as `fairnotice build` makes it on the disk. A portal of an office reads that folder
// instead: public/ and, for the Guard, public/edition.json and for-the-vendor/server-form.html.
func build(program, since string, on source.Day) (*render.Edition, error) {
	now, err := side(program)
	if err != nil {
		return nil, err
	}
	now.On = on
	var ns []*notices.Notice
	for _, k := range now.Program.Kinds() {
		n, err := notices.Build(now.Program, now.Book, k, on)
		if err != nil {
			return nil, err
		}
		ns = append(ns, n)
	}
	if since != "" {
		old, err := side(since)
		if err != nil {
			return nil, err
		}
		n, err := notices.BuildChanged(*old, *now)
		if err != nil {
			return nil, err
		}
		ns = append(ns, n)
	}
	cat, ps := locales.Shipped(now.Program.Languages...)
	if ps.Failed() {
		return nil, ps.Of(source.Error)[0]
	}
	return render.NewEdition(cat, ns)
}

// side reads a program file and judges it on the day of its edition.
func side(file string) (*notices.Side, error) {
	shipped, ps := law.Shipped()
	if ps.Failed() {
		return nil, ps.Of(source.Error)[0]
	}
	dir, name := filepath.Split(file)
	fsys := os.DirFS(filepath.Join(".", dir))
	if filepath.IsAbs(dir) {
		fsys = os.DirFS(dir)
	}
	if _, err := os.Stat(file); err != nil {
		return nil, fmt.Errorf("there is no program file %s here: start the portal in the folder of the repository, or name the file after --program", file)
	}
	book, more := shipped.With(fsys, name[:len(name)-len(filepath.Ext(name))]+"/law")
	p, ps := notices.Load(fsys, name)
	if ps = append(ps, more...); p != nil && !ps.Failed() {
		ps = append(ps, notices.Check(p, book, p.Edition.AsOf.Last)...)
	}
	if ps.Failed() {
		return nil, fmt.Errorf("%s has errors, which `fairnotice check` lists. %w", file, ps.Of(source.Error)[0])
	}
	return &notices.Side{Program: p, Book: book, On: p.Edition.AsOf.Last}, nil
}
