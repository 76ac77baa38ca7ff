<?php
/**
 * The guard as a middleware of Laravel 8 and later. Copy this file and FairNotice.php. Put it in front of the middleware that starts a
 * session and trims fields, so that a refusal sets no cookie, and give it your first page:
 *
 *     $this->app->singleton(FairNoticeMiddleware::class, fn () => new FairNoticeMiddleware(
 *         new FairNotice(base_path('edition.json'), base_path('server-form.html')),
 *         fn ($notice, $fields) => view('apply', compact('notice', 'fields'))->render()));
 */
final class FairNoticeMiddleware
{
    private Closure $page;

    public function __construct(private FairNotice $guard, callable $page)
    {
        $this->page = Closure::fromCallable($page);
    }

    public function handle(Illuminate\Http\Request $request, Closure $next)
    {
        $type = (string) $request->server('CONTENT_TYPE', '');
        $raw = FairNotice::isUrlencoded($type) ? substr((string) $request->getContent(), 0, 65537) : null;
        $header = $request->headers->has('Fair-Notice') ? implode(', ', $request->headers->all('Fair-Notice')) : null;
        $no = $this->guard->refusal($request->getRealMethod(), $header, (string) $request->headers->get('Accept', ''), $type, $request->request->all(), $raw, $this->page);
        return $no === null ? $next($request) : new Illuminate\Http\Response($no[2], $no[0], $no[1]);
    }
}
