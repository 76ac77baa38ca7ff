<?php
/**
 * A guard for PHP: takes nothing until the notice in force was read and ticked. Copy this file; it needs nothing else.
 *
 *     $guard = new FairNotice('edition.json', 'server-form.html');
 *     $guard->stop(fn (string $notice, array $fields) => first_page($notice, $fields));   // ends here if it was not confirmed
 *
 * PHP has read a whole form, with its files, before a line of yours runs. So ask in two requests: the first page has the notice and no
 * field for files; the second page, which comes only behind this guard, has it, with hidden() beside it. If a form with files comes
 * unconfirmed all the same, PHP deletes them when the request ends; the guard keeps nothing, and writes no file, no log and no cookie.
 */
final class FairNotice
{
    private const ID = '/\Aed-[0-9a-f]{12}\z/';
    private const MOST = 65536; // bytes of all fields
    private const FIELDS = 100;

    /**
     * @param string $edition the file edition.json of the edition, read at each request
     * @param string $form    the file server-form.html of the edition: the notice and its tick, to stand inside your <form>
     * @param string $notice  the address of the notice, for scripts that are refused
     * @param string $changed the address of the page that says what changed, or ''
     */
    public function __construct(private string $edition, private string $form, private string $notice = '/notice/', private string $changed = '')
    {
    }

    /** Ends the request if it was not confirmed. $page gives your form: $notice is what server-form.html holds, $fields [[name, value], …]. */
    public function stop(callable $page): void
    {
        $raw = self::isUrlencoded($_SERVER['CONTENT_TYPE'] ?? '') ? (string) file_get_contents('php://input', false, null, 0, self::MOST + 1) : null;
        $no = $this->refusal($_SERVER['REQUEST_METHOD'], $_SERVER['HTTP_FAIR_NOTICE'] ?? null, $_SERVER['HTTP_ACCEPT'] ?? '',
            $_SERVER['CONTENT_TYPE'] ?? '', $_POST, $raw, $page);
        if ($no === null) {
            return;
        }
        [$status, $headers, $body] = $no;
        http_response_code($status);
        foreach ($headers as $name => $value) {
            header("$name: $value");
        }
        echo $body;
        exit;
    }

    /**
     * Says how a request is to be refused: [status, headers, body]; null if it may pass.
     *
     * @param string|null $header the header Fair-Notice, if there is one
     * @param array       $post   $_POST
     * @param string|null $raw    the first 65537 bytes of an urlencoded body: $_POST forgets a field that comes twice
     */
    public function refusal(string $method, ?string $header, string $accept, string $type, array $post, ?string $raw, callable $page): ?array
    {
        if (in_array($method, ['GET', 'HEAD', 'OPTIONS'], true)) {
            return null;
        }
        [$said, $fields] = $header !== null ? [self::fromHeader($header), []] : self::fromFields(self::fields($type, $post, $raw));
        $ids = $this->inForce();
        if ($said !== '' && in_array($said, $ids, true)) {
            return null;
        }
        $changed = $said !== '' && $ids !== [];
        $headers = ['Cache-Control' => 'no-store', 'Referrer-Policy' => 'no-referrer'];
        if ($header !== null || !preg_match('~\btext/html\b~i', $accept)) {
            $answer = ['error' => $changed ? 'notice_changed' : 'notice_not_confirmed', 'edition' => $ids[0] ?? '', 'in_force' => $ids, 'notice' => $this->notice];
            $answer += $changed ? ['changed' => $this->changed] : [];
            return [$changed ? 412 : 428, $headers + ['Content-Type' => 'application/json'], json_encode($answer, JSON_UNESCAPED_SLASHES)];
        }
        try {
            return [422, $headers + ['Content-Type' => 'text/html; charset=utf-8'], $page($this->fragment($changed ? 'fn-changed' : 'fn-refused'), $fields)];
        } catch (Throwable) { // server-form.html cannot be read: closed, and nothing said
            return [500, $headers + ['Content-Type' => 'text/plain; charset=utf-8'], ''];
        }
    }

    /** Gives server-form.html; with the sentence that says why the form is back, if $block is fn-refused or fn-changed. */
    public function fragment(string $block = ''): string
    {
        $html = @file_get_contents($this->form);
        if ($html === false) {
            throw new RuntimeException('server-form.html cannot be read');
        }
        return str_replace("<div id=\"$block\" hidden>", "<div id=\"$block\">", $html);
    }

    /** Gives the two fields of a confirmation that has passed, for the second page. */
    public function hidden(): string
    {
        $id = self::fromHeader($_SERVER['HTTP_FAIR_NOTICE'] ?? '');
        $posted = $_POST['fair_notice_edition'] ?? '';
        $id = $id === '' && is_string($posted) ? $posted : $id;
        return '<input type="hidden" name="fair_notice_edition" value="' . htmlspecialchars($id) . '"><input type="hidden" name="fair_notice_read" value="yes">';
    }

    /** Which editions count at this moment, the one in force first; none if the file cannot be read. */
    private function inForce(): array
    {
        $file = json_decode((string) @file_get_contents($this->edition), true);
        $list = is_array($file) && is_array($file['in_force'] ?? null) ? array_values($file['in_force']) : [];
        $ids = [];
        if (($list[0]['id'] ?? null) !== ($file['edition']['id'] ?? '')) {
            return [];
        }
        foreach ($list as $i => $e) {
            $id = is_array($e) && is_string($e['id'] ?? null) ? $e['id'] : '';
            if (preg_match(self::ID, $id) && (isset($e['until']) ? self::soon($e['until']) : $i === 0)) {
                $ids[] = $id;
            } elseif ($i === 0) {
                return [];
            }
        }
        return $ids;
    }

    private static function soon(mixed $until): bool
    {
        $end = is_string($until) ? DateTimeImmutable::createFromFormat('Y-m-d\TH:i:s\Z', $until, new DateTimeZone('UTC')) : false;
        return $end && time() < $end->getTimestamp() && $end->getTimestamp() <= time() + 48 * 3600;
    }

    /** Gives the edition that "edition=ed-…; read=1" names, or '' if it is not exactly that. */
    private static function fromHeader(string $header): string
    {
        $said = [];
        foreach (explode(';', $header) as $part) {
            if (!preg_match('/\A(edition|read|token)=([A-Za-z0-9_-]+)\z/', trim($part, " \t"), $m) || isset($said[$m[1]])) {
                return '';
            }
            $said[$m[1]] = $m[2];
        }
        return ($said['read'] ?? '') === '1' && preg_match(self::ID, $said['edition'] ?? '') ? $said['edition'] : '';
    }

    /** Takes the two fields out of the others. A field that comes twice has to say the same twice. */
    private static function fromFields(array $all): array
    {
        $one = function (string $name) use ($all) {
            $values = array_unique(array_column(array_filter($all, fn ($f) => $f[0] === $name), 1));
            return count($values) === 1 ? reset($values) : '';
        };
        $id = $one('fair_notice_edition');
        $said = $one('fair_notice_read') === 'yes' && preg_match(self::ID, $id) ? $id : '';
        return [$said, array_values(array_filter($all, fn ($f) => !str_starts_with($f[0], 'fair_notice_')))];
    }

    /** Gives the fields of a form as [[name, value], …]; none of anything else, and none of a form that is too long. */
    private static function fields(string $type, array $post, ?string $raw): array
    {
        $all = [];
        if (self::isUrlencoded($type)) {
            foreach (strlen((string) $raw) > self::MOST ? [] : explode('&', (string) $raw) as $pair) {
                $all[] = array_map('urldecode', explode('=', $pair, 2) + ['', '']);
            }
        } elseif (preg_match('~\Amultipart/form-data\s*;~i', $type)) {
            $long = 0;
            foreach ($post as $name => $value) {
                if (is_string($value)) {
                    $all[] = [(string) $name, $value];
                }
                $long += strlen(is_string($value) ? $value : json_encode($value));
            }
            if ($long > self::MOST || count($post, COUNT_RECURSIVE) > self::FIELDS) {
                return [];
            }
        }
        return $all;
    }

    public static function isUrlencoded(string $type): bool
    {
        return (bool) preg_match('~\Aapplication/x-www-form-urlencoded\s*(;|\z)~i', $type);
    }
}
