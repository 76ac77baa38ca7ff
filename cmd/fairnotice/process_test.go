//go:build linux

package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"testing"
	"time"
)

// What a whole process may take, on two cores with a folder in memory.
const (
	buildTime  = 150 * time.Millisecond // the example: all kinds, languages and forms
	brokenTime = 100 * time.Millisecond // the answer to any bad file
	mostMemory = 64 << 20
)

// process runs a command and gives what it took.
func process(b *testing.B, bin string, code int, args ...string) (time.Duration, int64) {
	b.Helper()
	cmd := exec.Command(bin, args...)
	start := time.Now()
	out, err := cmd.CombinedOutput()
	took := time.Since(start)
	var exit *exec.ExitError
	if err != nil && (!errors.As(err, &exit) || exit.ExitCode() != code) || err != nil && code == fine {
		b.Fatalf("%v: %v\n%s", args, err, out)
	}
	return took, cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
}

// shipped compiles the command as it is released.
func shipped(b *testing.B) string {
	b.Helper()
	bin := filepath.Join(b.TempDir(), "fairnotice")
	if out, err := exec.Command("go", "build", "-trimpath", "-buildvcs=false", "-o", bin, ".").CombinedOutput(); err != nil {
		b.Fatalf("%v\n%s", err, out)
	}
	return bin
}

// memory is a folder in memory.
func memory(b *testing.B) string {
	b.Helper()
	dir, err := os.MkdirTemp("/dev/shm", "fairnotice")
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}

// within fails a benchmark whose best run took too long, or any of whose runs took too much memory. The best run is the one that
// other work on the machine disturbed least.
func within(b *testing.B, times []time.Duration, most time.Duration, peak int64) {
	b.Helper()
	slices.Sort(times)
	middle := times[len(times)/2]
	b.ReportMetric(float64(times[0].Microseconds())/1000, "ms/best")
	b.ReportMetric(float64(middle.Microseconds())/1000, "ms/median")
	b.ReportMetric(float64(peak)/(1<<20), "MB/peak")
	if times[0] > most {
		b.Errorf("took %v, and may take %v", times[0], most)
	}
	if peak > mostMemory {
		b.Errorf("took %d MB, and may take %d", peak>>20, mostMemory>>20)
	}
}

// BenchmarkProcess is the whole process that builds the example into an empty folder: all kinds, languages and forms.
func BenchmarkProcess(b *testing.B) {
	bin, dir := shipped(b), memory(b)
	var times []time.Duration
	var peak int64
	for i := 0; b.Loop() || len(times) < 9; i++ {
		took, rss := process(b, bin, fine, "build", example("citykey"), "--out", filepath.Join(dir, fmt.Sprint(i)), "--date", day)
		times, peak = append(times, took), max(peak, rss)
	}
	within(b, times, buildTime, peak)
}

// BenchmarkProcessBroken is the whole process that answers each broken file of the repository.
func BenchmarkProcessBroken(b *testing.B) {
	bin := shipped(b)
	var files []string
	for _, pattern := range []string{"../../notices/testdata/*.yaml", "../../notices/testdata/*/*.yaml", "../../notices/source/testdata/*.yaml"} {
		more, err := filepath.Glob(filepath.FromSlash(pattern))
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, more...)
	}
	// what would be too large to keep among the files
	dir := memory(b)
	for name, text := range map[string]string{
		"keys.yaml":  string(slices.Repeat([]byte("a: 1\n"), 1<<20)),
		"deep.yaml":  string(slices.Repeat([]byte("["), 1<<20)),
		"flow.yaml":  string(slices.Repeat([]byte("{a: [b, "), 8000)),
		"zeros.yaml": string(make([]byte, 8<<20)),
	} {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			b.Fatal(err)
		}
		files = append(files, path)
	}
	if len(files) < 50 {
		b.Fatalf("only %d broken files", len(files))
	}
	slowest, peak := time.Duration(0), int64(0)
	for b.Loop() {
		for _, f := range files {
			var times []time.Duration
			for range 5 {
				took, rss := process(b, bin, fileFault, "check", f, "--date", day)
				times, peak = append(times, took), max(peak, rss)
			}
			slices.Sort(times)
			if slowest = max(slowest, times[0]); times[0] > brokenTime {
				b.Errorf("%s took %v, and may take %v", f, times[0], brokenTime)
			}
		}
	}
	b.ReportMetric(float64(len(files)), "files")
	within(b, []time.Duration{slowest}, brokenTime, peak)
}

// BenchmarkManyPrograms builds 250 and 1,000 programs with one command each: the work grows as their number does, the memory does not.
func BenchmarkManyPrograms(b *testing.B) {
	bin := shipped(b)
	data, err := os.ReadFile(example("citykey"))
	if err != nil {
		b.Fatal(err)
	}
	work, rss := map[int]float64{}, map[int]int64{}
	for b.Loop() {
		for _, n := range []int{250, 1000} {
			dir := memory(b)
			args := []string{"build"}
			for i := range n {
				path := filepath.Join(dir, fmt.Sprintf("p%04d.yaml", i))
				text := replaced(b, string(data), `(?m)^  id: citykey\b`, fmt.Sprintf("  id: p%04d", i))
				if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
					b.Fatal(err)
				}
				args = append(args, path)
			}
			cmd := exec.Command(bin, append(args, "--out", filepath.Join(dir, "sites"), "--date", day)...)
			start := time.Now()
			if out, err := cmd.CombinedOutput(); err != nil {
				b.Fatalf("%v\n%s", err, out)
			}
			// The processor's time, not the clock's: other work on the machine shall not bend the line.
			work[n] = (cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()).Seconds()
			rss[n] = cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss << 10
			os.RemoveAll(dir)
			b.Logf("%4d programs: %.1f s, %.1f ms of a processor each, %d MB", n, time.Since(start).Seconds(), work[n]*1000/float64(n), rss[n]>>20)
		}
	}
	b.ReportMetric(work[1000], "ms/program")
	b.ReportMetric(float64(rss[1000])/(1<<20), "MB/peak")
	if got := work[1000] / work[250]; got > 5 {
		b.Errorf("four times the programs took %.1f times the work", got)
	}
	if rss[1000] > rss[250]*3/2 {
		b.Errorf("1,000 programs took %d MB, 250 took %d", rss[1000]>>20, rss[250]>>20)
	}
}
