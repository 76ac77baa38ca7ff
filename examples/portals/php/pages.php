<?php
// The two pages of the tiny portals: the first has the notice and no field for files, the second comes only behind the guard.

function typed(array $fields, string $name): string
{
    foreach ($fields as [$n, $value]) {
        if ($n === $name) {
            return htmlspecialchars($value);
        }
    }
    return '';
}

function page(string $inside): string
{
    return <<<HTML
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Apply</title>
        <h1>Apply</h1>$inside</html>
        HTML;
}

function first_page(string $notice, array $fields): string
{
    $name = typed($fields, 'name');
    $story = typed($fields, 'story');
    return page(<<<HTML
        <form method="post" action="/apply">
        <p><label>Name <input name="name" value="$name"></label></p>
        <p><label>Your story <textarea name="story">\n$story</textarea></label></p>
        $notice
        <p><button>Go on to your papers</button></p></form>
        HTML);
}

function second_page(string $confirmed, array $fields): string
{
    $name = typed($fields, 'name');
    $story = typed($fields, 'story');
    return page(<<<HTML
        <form method="post" action="/apply" enctype="multipart/form-data">$confirmed
        <input type="hidden" name="name" value="$name"><input type="hidden" name="story" value="$story">
        <p><label>Papers <input type="file" name="files[]" multiple></label></p>
        <p><button>Send</button></p></form>
        HTML);
}

/** Keeps what came with a confirmed request, and says what to answer. */
function keep(string $method, string $confirmed, array $post, array $files, string $uploads): string
{
    if ($method === 'PUT') {
        file_put_contents("$uploads/" . bin2hex(random_bytes(16)), fopen('php://input', 'rb'));
        return '';
    }
    if (!str_starts_with(strtolower($_SERVER['CONTENT_TYPE'] ?? ''), 'multipart/form-data')) {
        $post = array_filter($post, 'is_string');
        return second_page($confirmed, array_map(null, array_keys($post), array_values($post)));
    }
    $kept = 0;
    foreach ($files as $f) {
        foreach (array_map(null, (array) $f['tmp_name'], (array) $f['error']) as [$from, $error]) {
            $kept += (int) ($error === UPLOAD_ERR_OK && move_uploaded_file($from, "$uploads/" . bin2hex(random_bytes(16))));
        }
    }
    return "Thank you. Files: $kept";
}
