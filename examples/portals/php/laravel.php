<?php
// The same portal with the router of Laravel: php -q -S 127.0.0.1:8080 laravel.php. Debian has its classes as php-laravel-framework.
error_reporting(E_ALL & ~E_DEPRECATED);
foreach (['Container', 'Events', 'Http', 'Routing'] as $part) {
    require "/usr/share/php/Illuminate/$part/autoload.php";
}
if (str_starts_with($_SERVER['REQUEST_URI'], '/notice/')) {
    return false; // PHP's server shows the file: the folder public lies as notice below the folder behind -t
}
require __DIR__ . '/FairNotice.php';
require __DIR__ . '/FairNoticeMiddleware.php';
require __DIR__ . '/pages.php';

use Illuminate\Container\Container;
use Illuminate\Events\Dispatcher;
use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Routing\Router;

$guard = new FairNotice(getenv('FN_EDITION'), getenv('FN_FORM'));
$request = Request::capture();
$app = new Container();
$app->instance(Request::class, $request);
$app->instance(FairNoticeMiddleware::class, new FairNoticeMiddleware($guard, 'first_page'));
$router = new Router(new Dispatcher($app), $app);
$router->any('/{any?}', function (Request $request) use ($guard) {
    $text = $request->isMethodSafe() ? first_page($guard->fragment(), [])
        : keep($request->method(), $guard->hidden(), $request->request->all(), $_FILES, getenv('FN_UPLOADS') ?: 'uploads');
    return new Response($text, 200, ['Cache-Control' => 'no-store']);
})->middleware(FairNoticeMiddleware::class);
$router->dispatch($request)->send();
