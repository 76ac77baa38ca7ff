package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"
)

// What examples/kubernetes/serve.yaml may hold: the fields that it uses, and no others. A field that the cluster does not know is passed
// over there, and with it what it was to forbid; so a mistyped one must not pass here.
type (
	object struct {
		APIVersion string `yaml:"apiVersion"`
		Kind       string
		Metadata   metadata
		Spec       yaml.Node
	}
	metadata struct {
		Name, Namespace     string
		Labels, Annotations map[string]string
	}
	selector struct {
		MatchLabels map[string]string `yaml:"matchLabels"`
	}
	deployment struct {
		Replicas             int
		RevisionHistoryLimit int `yaml:"revisionHistoryLimit"`
		Selector             selector
		Strategy             struct {
			Type          string
			RollingUpdate struct {
				MaxUnavailable int `yaml:"maxUnavailable"`
				MaxSurge       int `yaml:"maxSurge"`
			} `yaml:"rollingUpdate"`
		}
		Template struct {
			Metadata metadata
			Spec     pod
		}
	}
	pod struct {
		AutomountServiceAccountToken  *bool `yaml:"automountServiceAccountToken"`
		EnableServiceLinks            *bool `yaml:"enableServiceLinks"`
		TerminationGracePeriodSeconds int   `yaml:"terminationGracePeriodSeconds"`
		SecurityContext               struct {
			RunAsNonRoot   bool                  `yaml:"runAsNonRoot"`
			RunAsUser      int                   `yaml:"runAsUser"`
			RunAsGroup     int                   `yaml:"runAsGroup"`
			SeccompProfile struct{ Type string } `yaml:"seccompProfile"`
		} `yaml:"securityContext"`
		TopologySpreadConstraints []struct {
			MaxSkew           int      `yaml:"maxSkew"`
			TopologyKey       string   `yaml:"topologyKey"`
			WhenUnsatisfiable string   `yaml:"whenUnsatisfiable"`
			LabelSelector     selector `yaml:"labelSelector"`
		} `yaml:"topologySpreadConstraints"`
		Containers []container
	}
	container struct {
		Name, Image     string
		ImagePullPolicy string `yaml:"imagePullPolicy"`
		Ports           []struct {
			Name          string
			ContainerPort int `yaml:"containerPort"`
		}
		SecurityContext struct {
			AllowPrivilegeEscalation *bool `yaml:"allowPrivilegeEscalation"`
			ReadOnlyRootFilesystem   bool  `yaml:"readOnlyRootFilesystem"`
			Privileged               bool
			Capabilities             struct{ Drop, Add []string }
		} `yaml:"securityContext"`
		Resources      struct{ Requests, Limits map[string]string }
		ReadinessProbe probe `yaml:"readinessProbe"`
		LivenessProbe  probe `yaml:"livenessProbe"`
		Lifecycle      struct {
			PreStop struct{ Sleep struct{ Seconds int } } `yaml:"preStop"`
		}
	}
	probe struct {
		HTTPGet       *struct{ Path, Port string } `yaml:"httpGet"`
		TCPSocket     *struct{ Port string }       `yaml:"tcpSocket"`
		PeriodSeconds int                          `yaml:"periodSeconds"`
	}
	service struct {
		Selector map[string]string
		Ports    []struct {
			Name       string
			Port       int
			TargetPort string `yaml:"targetPort"`
		}
	}
	networkPolicy struct {
		PodSelector selector `yaml:"podSelector"`
		PolicyTypes []string `yaml:"policyTypes"`
		Ingress     []struct {
			From []struct {
				NamespaceSelector selector `yaml:"namespaceSelector"`
			}
			Ports []struct{ Protocol, Port string }
		}
		Egress *[]yaml.Node
	}
	budget struct {
		MinAvailable int `yaml:"minAvailable"`
		Selector     selector
	}
	ingress struct {
		IngressClassName string `yaml:"ingressClassName"`
		TLS              []struct {
			Hosts      []string
			SecretName string `yaml:"secretName"`
		}
		Rules []struct {
			Host string
			HTTP struct {
				Paths []struct {
					Path     string
					PathType string `yaml:"pathType"`
					Backend  struct {
						Service struct {
							Name string
							Port struct{ Name string }
						}
					}
				}
			}
		}
	}
)

// manifests reads a file of objects strictly, and gives the spec of each kind.
func manifests(data []byte) (map[string]any, error) {
	out := map[string]any{}
	l, err := yaml.NewLoader(bytes.NewReader(data), yaml.WithKnownFields())
	if err != nil {
		return nil, err
	}
	for {
		var o object
		if err := l.Load(&o); err == io.EOF {
			return out, nil
		} else if err != nil {
			return nil, err
		}
		kinds := map[string]any{"v1 Namespace": nil, "apps/v1 Deployment": new(deployment), "v1 Service": new(service), "networking.k8s.io/v1 NetworkPolicy": new(networkPolicy),
			"policy/v1 PodDisruptionBudget": new(budget), "networking.k8s.io/v1 Ingress": new(ingress)}
		spec, ok := kinds[o.APIVersion+" "+o.Kind]
		if !ok {
			return nil, &os.PathError{Op: "kind", Path: o.APIVersion + " " + o.Kind, Err: os.ErrInvalid}
		}
		if spec != nil {
			text, err := yaml.Dump(&o.Spec)
			if err == nil {
				err = yaml.Load(text, spec, yaml.WithKnownFields())
			}
			if err != nil {
				return nil, err
			}
		}
		out[o.Kind] = spec
		out[o.Kind+" metadata"] = o.Metadata
	}
}

// loose lists what of the hardening is missing in a set of objects.
func loose(all map[string]any) []string {
	var out []string
	must := func(ok bool, what string) {
		if !ok {
			out = append(out, what)
		}
	}
	d, _ := all["Deployment"].(*deployment)
	n, _ := all["NetworkPolicy"].(*networkPolicy)
	s, _ := all["Service"].(*service)
	i, _ := all["Ingress"].(*ingress)
	b, _ := all["PodDisruptionBudget"].(*budget)
	if d == nil || n == nil || s == nil || i == nil || b == nil || len(d.Template.Spec.Containers) != 1 {
		return []string{"an object is missing"}
	}
	no := func(b *bool) bool { return b != nil && !*b }
	p, c := d.Template.Spec, d.Template.Spec.Containers[0]
	must(no(p.AutomountServiceAccountToken), "no token of the cluster")
	must(no(p.EnableServiceLinks), "no names of other services")
	must(p.SecurityContext.RunAsNonRoot && p.SecurityContext.RunAsUser > 0 && p.SecurityContext.RunAsGroup > 0, "not the administrator")
	must(p.SecurityContext.SeccompProfile.Type == "RuntimeDefault", "few system calls")
	must(no(c.SecurityContext.AllowPrivilegeEscalation) && !c.SecurityContext.Privileged, "no more rights")
	must(c.SecurityContext.ReadOnlyRootFilesystem, "nothing to write to")
	must(slices.Equal(c.SecurityContext.Capabilities.Drop, []string{"ALL"}) && len(c.SecurityContext.Capabilities.Add) == 0, "no capabilities")
	must(c.Resources.Limits["memory"] != "", "bounded memory")
	must(c.ReadinessProbe.HTTPGet != nil && c.ReadinessProbe.HTTPGet.Path == "/edition.json" && c.LivenessProbe.TCPSocket != nil, "probes that name no language")
	must(d.Strategy.RollingUpdate.MaxUnavailable == 0 && c.Lifecycle.PreStop.Sleep.Seconds > 0 && p.TerminationGracePeriodSeconds > c.Lifecycle.PreStop.Sleep.Seconds+int(usualLimits.stop.Seconds()), "no request lost at a change")
	must(slices.Equal(n.PolicyTypes, []string{"Ingress", "Egress"}) && n.Egress != nil && len(*n.Egress) == 0, "nothing goes out")
	must(len(n.Ingress) == 1 && len(n.Ingress[0].From) == 1 && len(n.Ingress[0].From[0].NamespaceSelector.MatchLabels) > 0, "only the ingress comes in")
	app := d.Template.Metadata.Labels
	for _, labels := range []map[string]string{d.Selector.MatchLabels, n.PodSelector.MatchLabels, s.Selector, b.Selector.MatchLabels} {
		must(len(labels) > 0 && reflect.DeepEqual(labels, app), "the labels are of the pods")
	}
	m, _ := all["Ingress metadata"].(metadata)
	must(m.Annotations["nginx.ingress.kubernetes.io/enable-access-log"] == "false" && len(i.TLS) == 1 && len(i.Rules) == 1 && slices.Contains(i.TLS[0].Hosts, i.Rules[0].Host), "a certificate, and no log in front")
	ns, _ := all["Namespace metadata"].(metadata)
	must(ns.Labels["pod-security.kubernetes.io/enforce"] == "restricted", "the namespace is restricted")
	return out
}

// TestKubernetes: the example is strict YAML of known fields, and everything that it is to forbid is forbidden; taking any of it away is seen.
func TestKubernetes(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root, "examples", "kubernetes", "serve.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	all, err := manifests(data)
	if err != nil {
		t.Fatal(err)
	}
	if missing := loose(all); len(missing) > 0 {
		t.Errorf("missing: %s", strings.Join(missing, "; "))
	}
	for _, line := range []string{"automountServiceAccountToken: false", "enableServiceLinks: false", "runAsNonRoot: true", "runAsUser: 65532", "type: RuntimeDefault", "allowPrivilegeEscalation: false",
		"readOnlyRootFilesystem: true", "drop: [ALL]", "memory: 128Mi", "path: /edition.json", "maxUnavailable: 0", "policyTypes: [Ingress, Egress]", "egress: []", "terminationGracePeriodSeconds: 20",
		`nginx.ingress.kubernetes.io/enable-access-log: "false"`, "pod-security.kubernetes.io/enforce: restricted", "kubernetes.io/metadata.name: ingress-nginx"} {
		key, value, _ := strings.Cut(line, ":")
		for what, other := range map[string]string{"mistyped": key + "x:" + value, "turned": key + ": " + map[string]string{" false": "true", " true": "false", ` "false"`: `"true"`, " [ALL]": "[]", " [Ingress, Egress]": "[Ingress]", " []": "[{}]", " 20": "3", " 0": "1", " 65532": "0"}[value]} {
			if what == "turned" && strings.HasSuffix(other, ": ") || what == "mistyped" && strings.Contains(key, "/") && !strings.HasPrefix(key, "nginx") {
				continue
			}
			changed := strings.Replace(string(data), line, other, 1)
			if changed == string(data) {
				t.Errorf("%q is not in the file", line)
			}
			if all, err := manifests([]byte(changed)); err == nil && len(loose(all)) == 0 {
				t.Errorf("%s: %q is not seen", what, other)
			}
		}
	}
}

// TestDockerfile: the image starts from nothing, holds what is served and no more, and is not run by the administrator.
func TestDockerfile(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(root, "examples", "kubernetes", "Dockerfile"))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, line := range strings.Split(string(data), "\n") {
		if line != "" && !strings.HasPrefix(line, "#") {
			got = append(got, line)
		}
	}
	want := []string{`^FROM scratch$`, `^COPY --chmod=0555 fairnotice /fairnotice$`, `^COPY site/manifest.json /site/manifest.json$`, `^COPY site/public /site/public$`, `^USER 65532:65532$`, `^EXPOSE 8080$`,
		`^ENTRYPOINT \["/fairnotice", "serve", "/site", "--addr", "0.0.0.0:8080"\]$`}
	if len(got) != len(want) {
		t.Fatalf("%d lines, want %d", len(got), len(want))
	}
	for i := range want {
		if !regexp.MustCompile(want[i]).MatchString(got[i]) {
			t.Errorf("%q, want %s", got[i], want[i])
		}
	}
}
