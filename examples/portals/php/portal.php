<?php
// A tiny portal in plain PHP: php -q -S 127.0.0.1:8080 portal.php. Where the edition and the uploads lie comes
// from the environment.
if (str_starts_with($_SERVER['REQUEST_URI'], '/notice/')) {
    return false; // PHP's server shows the file: the folder public lies as notice below the folder behind -t
}
require __DIR__ . '/FairNotice.php';
require __DIR__ . '/pages.php';

header('Cache-Control: no-store');
$guard = new FairNotice(getenv('FN_EDITION'), getenv('FN_FORM'));
$guard->stop('first_page');
if (in_array($_SERVER['REQUEST_METHOD'], ['GET', 'HEAD', 'OPTIONS'], true)) {
    echo first_page($guard->fragment(), []);
    return;
}
echo keep($_SERVER['REQUEST_METHOD'], $guard->hidden(), $_POST, $_FILES, getenv('FN_UPLOADS') ?: 'uploads');
