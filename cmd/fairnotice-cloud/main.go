// Command fairnotice-cloud copies the public files of an edition into a bucket of Amazon S3 or one that speaks its language, Google Cloud
// Storage, Azure Blob Storage, or a folder. It is a module of its own, so that the libraries of three clouds are in no other program.
//
//	fairnotice build program.yaml --out site
//	fairnotice-cloud site 's3://notices?region=us-east-1'
//	fairnotice-cloud site 'gs://notices' --dry-run
//	fairnotice-cloud site 'azblob://notices'
//	fairnotice-cloud site 'file:///srv/www/notices' --plain
//
// A prefix inside a bucket is a parameter of its address: 's3://notices?prefix=citykey/'. The keys to a bucket are found where the
// libraries of its cloud look for them. What is copied in which order, and what is never touched, says package put.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/azureblob"
	_ "gocloud.dev/blob/fileblob"
	_ "gocloud.dev/blob/gcsblob"
	_ "gocloud.dev/blob/s3blob"

	"fairnotice/cmd/fairnotice-cloud/put"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

const usage = `usage: fairnotice-cloud DIR BUCKET [--dry-run] [--plain] [--cache-control WORDS]

Copies public/ of an edition that fairnotice built into a bucket: all files, then pages, edition.json last, and then removes what the
edition before had and this one has not. What is there already is not sent again. A copy that was stopped is finished by the same command.

  --dry-run        says what would be done, and does nothing
  --plain          pages as they are, not packed by gzip: for a cloud in front of which nothing may be packed
  --cache-control  what browsers are told about keeping a page (default "` + put.CacheControl + `")

BUCKET is an address: s3://NAME?region=REGION, gs://NAME, azblob://NAME, file:///FOLDER. With ?prefix=citykey/ it is a part of one.
`

// run carries out the command. Its exit codes are those of fairnotice: 1 the edition is not whole, 2 it was typed wrong, 3 it could not be done.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	say := func(code int, format string, more ...any) int {
		fmt.Fprintf(stderr, "fairnotice-cloud: "+format+"\n", more...)
		return code
	}
	flags := flag.NewFlagSet("fairnotice-cloud", flag.ContinueOnError)
	flags.SetOutput(io.Discard)
	dry, plain := flags.Bool("dry-run", false, ""), flags.Bool("plain", false, "")
	cache := flags.String("cache-control", put.CacheControl, "")
	var words []string
	for len(args) > 0 { // flags may stand anywhere
		switch err := flags.Parse(args); {
		case errors.Is(err, flag.ErrHelp):
			fmt.Fprint(stdout, usage)
			return 0
		case err != nil:
			return say(2, "%s.\nhint: fairnotice-cloud --help", err)
		}
		if args = flags.Args(); len(args) > 0 {
			words, args = append(words, args[0]), args[1:]
		}
	}
	if len(words) != 2 {
		return say(2, "It takes a folder that fairnotice built, and the address of a bucket.\nhint: fairnotice-cloud site 's3://notices?region=us-east-1' --dry-run")
	}
	if !strings.Contains(words[1], "://") {
		return say(2, "%q is not the address of a bucket.\nhint: fairnotice-cloud %s 'file:///srv/www/notices' --dry-run", words[1], words[0])
	}
	root, err := os.OpenRoot(words[0])
	if err != nil {
		return say(3, "The folder %q cannot be opened: %s.", words[0], err)
	}
	defer root.Close()
	edition, err := put.Read(root.FS(), put.Options{Plain: *plain, CacheControl: *cache})
	if err != nil {
		return say(1, "The folder %q is not a whole edition, so nothing was copied: %s.\nhint: fairnotice build PROGRAM.yaml --out %s", words[0], err, words[0])
	}
	bucket, err := blob.OpenBucket(ctx, words[1])
	if err != nil {
		return say(3, "The bucket %q cannot be opened: %s.", words[1], err)
	}
	defer bucket.Close()
	plan, err := edition.Plan(ctx, bucket)
	if err != nil {
		return say(3, "Nothing was copied: %s.", err)
	}
	if *dry {
		fmt.Fprint(stdout, plan)
		return 0
	}
	if err := plan.Do(ctx); err != nil {
		return say(3, "The copy is not finished: %s.\nhint: The same command goes on where it stopped.", err)
	}
	fmt.Fprintln(stdout, plan.Sum())
	return 0
}
