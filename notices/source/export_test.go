package source

import "go.yaml.in/yaml/v4"

// Values lists the paths of all values of a file that are no groups and no filled lists.
func Values(d *Doc) []string {
	root, err := parse([]byte(d.text))
	if err != nil || root == nil {
		return nil
	}
	var out []string
	var walk func(n *yaml.Node, path string)
	walk = func(n *yaml.Node, path string) {
		switch {
		case len(n.Content) == 0:
			out = append(out, path)
		case n.Kind == yaml.MappingNode:
			for i := 0; i+1 < len(n.Content); i += 2 {
				walk(n.Content[i+1], join(path, n.Content[i].Value))
			}
		default:
			for i, c := range n.Content {
				walk(c, join(path, entryName(n, i)))
			}
		}
	}
	walk(root, "")
	return out
}

// Fault is fault, for tests from outside.
var Fault = fault
