package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	cdpruntime "github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"fairnotice/render/web"
)

// How long a page may take.
const (
	loadTime   = 30 * time.Second // until its load event
	settleTime = 8 * time.Second  // after it, until the notice is there
	askTime    = 60 * time.Second // for one look
)

// window is a size at which a page is looked at.
type window struct {
	Name          string
	Width, Height int
}

var windows = []window{{"on a phone", 360, 640}, {"on a desktop", 1280, 900}}

// browser is a running browser with a profile of its own, which is deleted when it is closed.
type browser struct {
	ctx   context.Context
	close func()
}

// openBrowser starts a browser that shows no window, and asks nobody for anything by itself.
func openBrowser(program string) (*browser, error) {
	if program == "" {
		if program = findBrowser(); program == "" {
			return nil, undone("No browser was found that this can be looked at with. It needs Chromium, Google Chrome, Microsoft Edge or Brave.",
				"Install one of them, or say where it is: --browser PATH")
		}
	} else if _, err := exec.LookPath(program); err != nil {
		return nil, undone("There is no program "+quoted(program)+" that can be run.", "Leave out --browser to use a browser that is installed.")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:len(chromedp.DefaultExecAllocatorOptions):len(chromedp.DefaultExecAllocatorOptions)],
		chromedp.ExecPath(program),
		chromedp.Flag("enable-automation", false),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("disable-domain-reliability", true),
		chromedp.Flag("disable-features", "Translate,BlinkGenPropertyTrees,OptimizationHints,MediaRouter,AutofillServerCommunication,HttpsUpgrades"),
		chromedp.Flag("no-pings", true),
		chromedp.Flag("hide-scrollbars", true),
	)
	silent := func(string, ...any) {}
	alloc, stop := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancel := chromedp.NewContext(alloc, chromedp.WithLogf(silent), chromedp.WithErrorf(silent))
	b := &browser{ctx, func() {
		_ = chromedp.Cancel(ctx)
		cancel()
		stop()
	}}
	if err := chromedp.Do(ctx); err != nil {
		b.close()
		return nil, undone(fmt.Sprintf("The browser %s could not be started: %s.", quoted(program), clean(firstLine(err.Error()))), "Say which browser to use: --browser PATH")
	}
	return b, nil
}

func firstLine(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "\n")
	return strings.TrimSuffix(s, ".")
}

// visit is one page, opened with no cookie and nothing stored.
type visit struct {
	ctx   context.Context
	close func()

	world cdpruntime.ExecutionContextID
	roots []*cdpruntime.CallArgument // closed shadow roots, as the world knows them

	settled  bool   // the page has been put together
	elements string // how many it had when the roots were found

	mu       sync.Mutex
	requests []request
	now      string // what is being done
}

// request is one address that the page asked for; during is "" while it loads.
type request struct{ url, during string }

// visit opens an address.
func (b *browser) visit(address string) (*visit, error) {
	ctx, cancel := chromedp.NewContext(b.ctx, chromedp.WithNewBrowserContext())
	v := &visit{ctx: ctx, close: cancel}
	load, done := context.WithTimeout(ctx, loadTime)
	defer done()
	var answer *network.Response
	err := chromedp.Do(ctx) // opens the tab
	if err == nil {
		err = chromedp.Listen(ctx, v.hear)
	}
	if err == nil {
		err = chromedp.Do(load, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
			return errors.Join(v.likeAnApplicant(ctx, t), v.resize(ctx, t, windows[0]))
		}))
	}
	if err == nil {
		answer, err = chromedp.Run(load, chromedp.NavigateResponse(address))
	}
	if err != nil {
		v.close()
		why := clean(firstLine(err.Error()))
		if errors.Is(err, context.DeadlineExceeded) {
			why = fmt.Sprintf("it had not loaded after %d seconds", int(loadTime.Seconds()))
		}
		return nil, undone(fmt.Sprintf("The page %s could not be opened: %s.", quoted(address), strings.TrimPrefix(why, "page load error ")), "Open it in a browser yourself. Is the address right, and does the portal run?")
	}
	if answer != nil && answer.Status >= 400 {
		v.close()
		return nil, undone(fmt.Sprintf("The page %s could not be opened: the portal answered %d.", quoted(address), answer.Status), "Open it in a browser yourself. Is the address right? Does one have to sign in first?")
	}
	return v, nil
}

// likeAnApplicant makes the browser say what an applicant's browser says: a portal must not show a checker other words.
func (v *visit) likeAnApplicant(ctx context.Context, t *chromedp.Target) error {
	var version struct {
		UserAgent string `json:"userAgent"`
	}
	if err := t.Call(ctx, "Browser.getVersion", nil, &version); err != nil {
		return err
	}
	return errors.Join(
		t.Call(ctx, "Emulation.setUserAgentOverride", map[string]any{"userAgent": strings.ReplaceAll(version.UserAgent, "HeadlessChrome", "Chrome")}, nil),
		t.Call(ctx, "Emulation.setEmulatedMedia", map[string]any{"media": "screen", "features": []map[string]string{{"name": "prefers-color-scheme", "value": "light"}, {"name": "prefers-reduced-motion", "value": "reduce"}}}, nil),
		t.Call(ctx, "Network.setCacheDisabled", map[string]any{"cacheDisabled": true}, nil),
	)
}

func (v *visit) resize(ctx context.Context, t *chromedp.Target, w window) error {
	return t.Call(ctx, "Emulation.setDeviceMetricsOverride", map[string]any{"width": w.Width, "height": w.Height, "deviceScaleFactor": 1, "mobile": false}, nil)
}

// hear notes what the page asks for, and closes what would stand in the way. It runs in the loop that reads the browser's messages.
func (v *visit) hear(event any) {
	switch e := event.(type) {
	case *network.EventRequestWillBeSent:
		v.note(e.Request.URL)
	case *network.EventWebSocketCreated:
		v.note(e.URL)
	case *page.EventJavascriptDialogOpening:
		go func() {
			_ = chromedp.Do(v.ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
				return t.Call(ctx, "Page.handleJavaScriptDialog", map[string]any{"accept": false}, nil)
			}))
		}()
	}
}

func (v *visit) note(address string) {
	u, err := url.Parse(address)
	if err != nil || !slices.Contains([]string{"http", "https", "ws", "wss"}, u.Scheme) {
		return
	}
	v.mu.Lock()
	v.requests = append(v.requests, request{address, v.now})
	v.mu.Unlock()
}

// during says what the requests from now on are made for.
func (v *visit) during(what string) {
	v.mu.Lock()
	v.now = what
	v.mu.Unlock()
}

func (v *visit) asked() []request {
	v.mu.Lock()
	defer v.mu.Unlock()
	return slices.Clone(v.requests)
}

// enter makes the world in which the page is looked at, and finds the roots that no script may ask for.
func (v *visit) enter(ctx context.Context, t *chromedp.Target) error {
	if v.world == 0 {
		var made struct {
			ExecutionContextID cdpruntime.ExecutionContextID `json:"executionContextId"`
		}
		if err := t.Call(ctx, "Page.createIsolatedWorld", map[string]any{"frameId": string(t.TargetID), "worldName": "look"}, &made); err != nil {
			return err
		}
		v.world = made.ExecutionContextID
	}
	var doc struct {
		Root *cdp.Node `json:"root"`
	}
	// The whole tree of a page of many languages is dear: it is asked for again only where the page has more or fewer elements.
	size, err := cdp.Call(ctx, t, cdpruntime.Evaluate, cdpruntime.EvaluateParams{Expression: "document.getElementsByTagName('*').length", ContextID: v.world})
	if err != nil {
		return err
	}
	if v.settled && string(size.Result.Value) == v.elements {
		return nil
	}
	v.elements = string(size.Result.Value)
	if err := t.Call(ctx, "DOM.getDocument", map[string]any{"depth": -1, "pierce": true}, &doc); err != nil {
		return err
	}
	v.roots = nil
	var walk func(n *cdp.Node) error
	walk = func(n *cdp.Node) error {
		for _, r := range n.ShadowRoots {
			if r.ShadowRootType == cdp.ShadowRootTypeClosed {
				var known struct {
					Object struct {
						ObjectID cdpruntime.RemoteObjectID `json:"objectId"`
					} `json:"object"`
				}
				if err := t.Call(ctx, "DOM.resolveNode", map[string]any{"backendNodeId": r.BackendNodeID, "executionContextId": v.world}, &known); err != nil {
					return err
				}
				v.roots = append(v.roots, &cdpruntime.CallArgument{ObjectID: known.Object.ObjectID})
			}
			if r.ShadowRootType != cdp.ShadowRootTypeUserAgent {
				if err := walk(r); err != nil {
					return err
				}
			}
		}
		for _, c := range n.Children {
			if err := walk(c); err != nil {
				return err
			}
		}
		return nil
	}
	return walk(doc.Root)
}

// ask runs one step of the survey.
func (v *visit) ask(size *window, step string, options, result any) error {
	ctx, done := context.WithTimeout(v.ctx, askTime)
	defer done()
	err := chromedp.Do(ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		if size != nil {
			if err := v.resize(ctx, t, *size); err != nil {
				return err
			}
		}
		if err := v.enter(ctx, t); err != nil {
			return err
		}
		given, err := json.Marshal(options)
		if err != nil {
			return err
		}
		yes := true
		args := append([]*cdpruntime.CallArgument{{Value: []byte(fmt.Sprintf("%q", step))}, {Value: given}}, v.roots...)
		got, err := cdp.Call(ctx, t, cdpruntime.CallFunctionOn, cdpruntime.CallFunctionOnParams{FunctionDeclaration: web.SurveyScript, ExecutionContextID: v.world, Arguments: args, ReturnByValue: &yes, AwaitPromise: &yes, Silent: &yes})
		if err != nil {
			return err
		}
		if x := got.ExceptionDetails; x != nil {
			words := x.Text
			if x.Exception != nil {
				words = x.Exception.Description
			}
			return errors.New(firstLine(words))
		}
		return json.Unmarshal(got.Result.Value, result)
	}))
	if err != nil {
		return undone(fmt.Sprintf("The page could not be looked at: %s.", clean(firstLine(err.Error()))), "If the page reloads by itself or leads on, give the address that it leads to.")
	}
	return nil
}

// cookies gives the names of the cookies that the page has set, its server or its scripts.
func (v *visit) cookies() ([]string, error) {
	var jar struct {
		Cookies []struct {
			Name string `json:"name"`
		} `json:"cookies"`
	}
	err := chromedp.Do(v.ctx, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		return t.Call(ctx, "Network.getCookies", nil, &jar)
	}))
	var names []string
	for _, c := range jar.Cookies {
		names = append(names, c.Name)
	}
	return names, err
}

// pause waits for a page that is still being put together.
func (v *visit) pause(d time.Duration) {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-v.ctx.Done():
	}
}

// liveAnswer is what a page was found to be.
type liveAnswer struct {
	facts     web.PageFacts
	kind      string
	guessed   bool
	single    string // the only language of a page that is of one language alone
	languages []languageFinding
	page      []pageFinding
}

// languageFinding is one language of a page.
type languageFinding struct {
	tag   string
	of    int // sentences
	wrong []liveWrong
}

// liveWrong is a sentence that is wrong, and at which sizes of the window: at all, where its words are.
type liveWrong struct {
	web.Wrong
	at []window
}

// pageFinding is what is wrong with the page as a whole: a code for machines, and a sentence.
type pageFinding struct{ code, says string }

// look holds a page against an edition. tags are the languages to look at, kind "" leaves it to the page.
func (b *browser) look(address string, e *verified, tags []string, kind string) (*liveAnswer, error) {
	v, err := b.visit(address)
	if err != nil {
		return nil, err
	}
	defer v.close()
	f := &liveAnswer{kind: kind, guessed: kind == ""}
	begins := e.begins()
	settled := v.settle(e, begins, f)
	if settled != nil {
		return nil, settled
	}
	if f.kind == "" {
		f.kind = e.guess(f.facts.Texts, tags)
	}
	if len(tags) > 1 {
		tags = f.only(e, tags)
	}
	before, err := v.cookies()
	if err != nil {
		return nil, undone("The page could not be asked for its cookies.")
	}
	for _, tag := range tags {
		w := e.wanted(f.kind, tag)
		options := map[string]any{"lang": tag, "begins": w.Begins()}
		v.during(tag)
		var chips web.Survey
		if err := v.ask(&windows[0], "open", options, &chips); err != nil {
			return nil, err
		}
		one := languageFinding{tag: tag, of: len(w.Sentences)}
		for i := range windows {
			var s web.Survey
			if err := v.ask(&windows[i], "look", options, &s); err != nil {
				return nil, err
			}
			one.add(w.Judge(&chips, &s), windows[i])
			chips = web.Survey{}
		}
		f.languages = append(f.languages, one)
	}
	after, err := v.cookies()
	if err != nil {
		return nil, undone("The page could not be asked for its cookies.")
	}
	var end web.PageFacts
	if err := v.ask(nil, "facts", map[string]any{"begins": begins}, &end); err != nil {
		return nil, err
	}
	f.judge(e, v.asked(), before, after, end.Storage)
	return f, nil
}

// settle waits until the notice is there, and the page asks for nothing more; or until it has waited long enough.
func (v *visit) settle(e *verified, begins []string, f *liveAnswer) error {
	const step = 200 * time.Millisecond
	asked, quiet := -1, 0
	for waited := time.Duration(0); ; waited += step {
		if err := v.ask(nil, "facts", map[string]any{"begins": begins}, &f.facts); err != nil {
			return err
		}
		if n := len(v.asked()); n != asked {
			asked, quiet = n, 0
		} else {
			quiet++
		}
		there := e.there(f.facts.Texts)
		if there && quiet > 0 || waited >= settleTime {
			v.settled = true
			return nil
		}
		v.pause(step)
	}
}

// only gives the language of a page that is the notice in one language alone, and else all.
func (f *liveAnswer) only(e *verified, tags []string) []string {
	if !f.facts.Own {
		return tags
	}
	var there []string
	for _, t := range tags {
		if got, of := e.wanted(f.kind, t).Found(f.facts.Texts); got*2 > of {
			there = append(there, t)
		}
	}
	if len(there) == 1 && f.facts.Lang == there[0] {
		f.single = there[0]
		return there
	}
	return tags
}

// add joins what was found at one size of the window to the rest.
func (l *languageFinding) add(ws []web.Wrong, at window) {
	for _, w := range ws {
		i := slices.IndexFunc(l.wrong, func(o liveWrong) bool {
			return o.Wrong == w || o.Code == w.Code && o.ID == w.ID && o.ID != "" && o.Code != "added"
		})
		if i < 0 {
			l.wrong = append(l.wrong, liveWrong{w, []window{at}})
			continue
		}
		l.wrong[i].at = append(l.wrong[i].at, at)
	}
}

// judge finds what is wrong with the page as a whole.
func (f *liveAnswer) judge(e *verified, asked []request, before, after, stored []string) {
	add := func(code, format string, args ...any) {
		p := pageFinding{code, fmt.Sprintf(format, args...)}
		if !slices.Contains(f.page, p) {
			f.page = append(f.page, p)
		}
	}
	id := e.manifest.Edition.ID
	switch others := slices.DeleteFunc(slices.Clone(f.facts.Editions), func(s string) bool { return s == id }); {
	case len(f.facts.Posted) > 0 && slices.ContainsFunc(f.facts.Posted, func(s string) bool { return s != id }):
		other := f.facts.Posted[slices.IndexFunc(f.facts.Posted, func(s string) bool { return s != id })]
		add("other_edition", "The form sends the edition %s with the files. The folder holds %s.", quoted(other), id)
	case len(f.facts.Posted) == 0 && len(f.facts.Editions) == 0:
		add("no_edition", "The page does not say which edition its notice is. It should say %s.", id)
	case len(f.facts.Posted) == 0 && !slices.Contains(f.facts.Editions, id):
		add("other_edition", "The page says that its notice is %s. The folder holds %s.", others[0], id)
	}
	for _, file := range f.facts.Files {
		if !file.Closed {
			name := "a file"
			if file.Name != "" {
				name = "the file " + quoted(file.Name)
			}
			add("upload_open", "The field for %s is open before the box is ticked.", name)
		}
	}
	if slices.Contains(f.facts.Ticks, true) {
		add("ticked", "The box is ticked before anybody has ticked it.")
	}
	own, _ := url.Parse(f.facts.Address)
	for _, r := range asked {
		u, err := url.Parse(r.url)
		if err != nil {
			continue
		}
		site := strings.Replace(u.Scheme, "ws", "http", 1) + "://" + u.Host
		if site != own.Scheme+"://"+own.Host {
			add("third_party", "The page asks %s for something. It learns that somebody opened the page.", quoted(site))
		}
		if r.during != "" {
			add("asks", "While the notice in %s was open, the page asked for %s. Nobody may learn which language is read.", named([]string{r.during})[0], quoted(r.url))
		}
	}
	if f.facts.Own {
		for _, c := range before {
			add("cookie", "The notice's page sets the cookie %s.", quoted(c))
		}
		for _, s := range f.facts.Storage {
			add("storage", "The notice's page stores %s in the browser.", quoted(s))
		}
	}
	for _, c := range after {
		if !slices.Contains(before, c) {
			add("cookie", "While the notice was open, the cookie %s was set.", quoted(c))
		}
	}
	for _, s := range stored {
		if !slices.Contains(f.facts.Storage, s) {
			add("storage", "While the notice was open, %s was stored in the browser.", quoted(s))
		}
	}
	if len(f.facts.Frames) > 0 && slices.ContainsFunc(f.languages, func(l languageFinding) bool { return len(l.wrong) > 0 && l.wrong[0].Code == "absent" }) {
		add("frame", "The page has a frame, and what is inside one is not looked at. If the notice is in it, give the frame's own address: %s.", quoted(f.facts.Frames[0]))
	}
}

func (f *liveAnswer) fine() bool {
	return len(f.page) == 0 && !slices.ContainsFunc(f.languages, func(l languageFinding) bool { return len(l.wrong) > 0 })
}
