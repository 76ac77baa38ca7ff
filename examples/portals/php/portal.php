<?php
// A tiny portal in plain PHP: php -q -S 127.0.0.1:8080 portal.php. Its folder of uploads and the edition come from the environment.
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
