import java.io.*;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.*;
import java.time.format.DateTimeParseException;
import java.util.*;
import java.util.regex.*;
import javax.servlet.*;      // Servlet 5 and later (Tomcat 10, Spring Boot 3): jakarta.servlet
import javax.servlet.http.*; // and jakarta.servlet.http

/**
 * A guard for servlets: keeps uploads closed until the notice in force was read and ticked. Copy this file; it needs nothing else.
 * Extend it with page(), which gives your form as HTML, and put it in front of what takes uploads.
 *
 * <p>It decides at the head of the first file, before a byte of that file is read. A container cannot be given back what was read of a
 * body, so behind this filter getParts, getPart, getParameter and getInputStream come from it, with the limit of {@code most} bytes for
 * a form. Before the decision it writes nothing: no file, no log, no cookie.
 */
public abstract class FairNoticeFilter implements Filter {
  private static final Pattern ID = Pattern.compile("ed-[0-9a-f]{12}");
  private static final Pattern BOUNDARY =
      // One boundary and, at most, a charset: with anything else two readers may take two boundaries.
      Pattern.compile("multipart/form-data\\s*;(?:\\s*charset=[\\w-]+\\s*;)?\\s*boundary=(\"[^\"]{1,70}\"|[^\\s;,\"]{1,70})\\s*(?:;\\s*charset=[\\w-]+\\s*)?", Pattern.CASE_INSENSITIVE);
  private static final int HEAD = 65536; // bytes up to the head of the first file, and of an urlencoded body
  private static final int PARTS = 100;

  private final Path edition, form;
  private final long most;
  private final String notice, changed;
  private String stamp = "";
  private List<String[]> known = List.of(); // id and until, or null

  /**
   * @param edition the file edition.json of the edition, read again whenever it changes
   * @param form the file server-form.html of the edition: the notice and its tick, to stand inside your form
   * @param most bytes that one form may have with its files
   * @param notice the address of the notice, for scripts that are refused
   * @param changed the address of the page that says what changed, or ""
   */
  protected FairNoticeFilter(Path edition, Path form, long most, String notice, String changed) {
    this.edition = edition;
    this.form = form;
    this.most = most;
    this.notice = notice;
    this.changed = changed;
  }

  /** Gives your form: notice is what server-form.html holds, fields are names and values as typed so far. */
  protected abstract String page(String notice, List<String[]> fields) throws IOException;

  @Override public void init(FilterConfig config) {}

  @Override public void destroy() {}

  @Override
  public void doFilter(ServletRequest req, ServletResponse res, FilterChain chain) throws IOException, ServletException {
    HttpServletRequest request = (HttpServletRequest) req;
    HttpServletResponse response = (HttpServletResponse) res;
    // One of these with a body could carry a file: it is asked like any other.
    boolean empty = request.getContentLengthLong() <= 0 && request.getHeader("Transfer-Encoding") == null;
    if (empty && List.of("GET", "HEAD", "OPTIONS").contains(request.getMethod())) {
      chain.doFilter(request, response);
      return;
    }
    List<String> headers = Collections.list(request.getHeaders("Fair-Notice"));
    Body body = new Body(request);
    String said = headers.isEmpty() ? body.confirmed() : headers.size() == 1 ? fromHeader(headers.get(0)) : "";
    List<String> ids = inForce();
    if (!said.isEmpty() && ids.contains(said)) {
      try {
        chain.doFilter(body, response);
      } finally {
        body.forget();
      }
      return;
    }
    boolean differs = !said.isEmpty() && !ids.isEmpty();
    int status = 422;
    String type = "text/html; charset=utf-8", text;
    String accept = Objects.toString(request.getHeader("Accept"), "").toLowerCase(Locale.ROOT);
    if (!headers.isEmpty() || !accept.contains("text/html")) {
      status = differs ? 412 : 428;
      type = "application/json";
      text = "{\"error\":" + quote(differs ? "notice_changed" : "notice_not_confirmed") + ",\"edition\":" + quote(ids.isEmpty() ? "" : ids.get(0))
          + ",\"in_force\":[" + String.join(",", ids.stream().map(FairNoticeFilter::quote).toList()) + "],\"notice\":" + quote(notice)
          + (differs ? ",\"changed\":" + quote(changed) : "") + "}";
    } else {
      try {
        text = page(fragment(form, differs ? "fn-changed" : "fn-refused"), others(body.fields));
      } catch (IOException | RuntimeException e) { // server-form.html cannot be read: closed, and nothing said
        status = 500;
        text = "";
      }
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    response.setStatus(status);
    response.setContentType(type);
    response.setContentLength(bytes.length);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Connection", "close");
    response.getOutputStream().write(bytes);
    response.flushBuffer();
    body.drain();
  }

  private static String quote(String s) {
    return '"' + s.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static List<String[]> others(List<String[]> fields) {
    return fields.stream().filter(f -> !f[0].startsWith("fair_notice_")).toList();
  }

  /** Gives server-form.html; with the sentence that says why the form is back, if block is fn-refused or fn-changed. */
  public static String fragment(Path form, String block) throws IOException {
    String html = Files.readString(form);
    return html.replace("<div id=\"" + block + "\" hidden>", "<div id=\"" + block + "\">");
  }

  /** Which editions count at this moment, the one in force first; none if the file cannot be read. */
  private synchronized List<String> inForce() {
    try {
      BasicFileAttributes file = Files.readAttributes(edition, BasicFileAttributes.class);
      String now = file.lastModifiedTime() + " " + file.size() + " " + file.fileKey();
      if (!now.equals(stamp)) {
        known = parse(Files.readString(edition));
        stamp = now;
      }
    } catch (IOException e) {
      stamp = "";
      return List.of();
    }
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < known.size(); i++) {
      String[] e = known.get(i);
      if (ID.matcher(e[0]).matches() && (e[1] == null ? i == 0 : soon(e[1]))) {
        ids.add(e[0]);
      } else if (i == 0) {
        return List.of();
      }
    }
    return ids;
  }

  private static boolean soon(String until) {
    try {
      Instant now = Instant.now(), end = Instant.parse(until);
      return now.isBefore(end) && !end.isAfter(now.plus(Duration.ofHours(48)));
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  /** Reads in_force of an edition.json. The JDK has no reader of JSON; the entries of this list hold no list and no object. */
  private static List<String[]> parse(String json) {
    List<String[]> out = new ArrayList<>();
    Matcher list = Pattern.compile("\"in_force\"\\s*:\\s*\\[([^\\[\\]]*)\\]").matcher(json);
    Matcher first = Pattern.compile("\"edition\"\\s*:\\s*\\{[^{}]*\"id\"\\s*:\\s*\"([^\"]*)\"").matcher(json);
    if (!list.find() || !first.find() || !json.strip().endsWith("}")) {
      return out;
    }
    Matcher entry = Pattern.compile("\\{([^{}]*)\\}").matcher(list.group(1));
    while (entry.find()) {
      Matcher id = Pattern.compile("\"id\"\\s*:\\s*\"([^\"]*)\"").matcher(entry.group(1));
      Matcher until = Pattern.compile("\"until\"\\s*:\\s*\"?([^\",]*)").matcher(entry.group(1));
      out.add(new String[] {id.find() ? id.group(1) : "", until.find() ? until.group(1) : null});
    }
    return !out.isEmpty() && out.get(0)[0].equals(first.group(1)) ? out : List.of();
  }

  /** Gives the edition that "edition=ed-…; read=1" names, or "" if it is not exactly that. */
  private static String fromHeader(String header) {
    Map<String, String> said = new HashMap<>();
    for (String part : header.split(";", -1)) {
      Matcher m = Pattern.compile("[ \\t]*(edition|read|token)=([A-Za-z0-9_-]+)[ \\t]*").matcher(part);
      if (!m.matches() || said.put(m.group(1), m.group(2)) != null) {
        return "";
      }
    }
    String id = said.getOrDefault("edition", "");
    return "1".equals(said.get("read")) && ID.matcher(id).matches() ? id : "";
  }

  /** Gives the edition that the two fields confirm, or "". A field that comes twice has to say the same twice. */
  private static String fromFields(List<String[]> fields) {
    Set<String> ids = new HashSet<>(), ticks = new HashSet<>();
    for (String[] f : fields) {
      if (f[0].equals("fair_notice_edition")) ids.add(f[1]);
      if (f[0].equals("fair_notice_read")) ticks.add(f[1]);
    }
    String id = ids.size() == 1 ? ids.iterator().next() : "";
    return ticks.equals(Set.of("yes")) && ID.matcher(id).matches() ? id : "";
  }

  private static List<String[]> urlencoded(String text) {
    List<String[]> out = new ArrayList<>();
    for (String pair : text.split("&")) {
      int i = pair.indexOf('=');
      try {
        out.add(new String[] {decode(i < 0 ? pair : pair.substring(0, i)), i < 0 ? "" : decode(pair.substring(i + 1))});
      } catch (IllegalArgumentException e) {
        out.add(new String[] {pair, ""}); // not encoded as it should be: it names nothing of ours
      }
    }
    return out;
  }

  private static String decode(String s) {
    return URLDecoder.decode(s, StandardCharsets.UTF_8);
  }

  /** A request whose body was read as far as it had to be, and is there once more from its beginning. */
  private final class Body extends HttpServletRequestWrapper {
    final List<String[]> fields = new ArrayList<>();
    private final InputStream in;
    private final byte[] head = new byte[HEAD];
    private final String type = Objects.toString(getContentType(), "");
    private final byte[] line; // CRLF, two hyphens and the boundary; empty if this is no multipart form
    private int length; // bytes of head
    private ServletInputStream again;
    private List<Part> parts;

    Body(HttpServletRequest request) throws IOException {
      super(request);
      in = request.getInputStream();
      Matcher m = BOUNDARY.matcher(type);
      line = m.matches() ? ("\r\n--" + m.group(1).replace("\"", "")).getBytes(StandardCharsets.ISO_8859_1) : new byte[0];
    }

    String confirmed() throws IOException {
      boolean multipart = line.length > 0;
      if (!multipart && !type.toLowerCase(Locale.ROOT).matches("application/x-www-form-urlencoded\\s*(;.*)?")) return "";
      for (int n; length < HEAD && (n = in.read(head, length, HEAD - length)) >= 0; ) {
        length += n;
        if (multipart) {
          Boolean whole = scan();
          if (whole != null) return whole ? fromFields(fields) : "";
        }
      }
      if (multipart || length == HEAD && in.read() >= 0) {
        return "";
      }
      fields.addAll(urlencoded(new String(head, 0, length, StandardCharsets.UTF_8)));
      return fromFields(fields);
    }

    private int at; // where the next head begins, at the CRLF behind its delimiter

    /** Reads the fields that are there. True at the head of a file and at the end; false where it is not as RFC 7578 has it; else null. */
    private Boolean scan() {
      if (at == 0) {
        int first = line.length - 2;
        if (length < first) return null;
        if (!Arrays.equals(head, 0, first, line, 2, line.length)) return false;
        at = first;
      }
      while (length >= at + 2) {
        String after = text(at, at + 2);
        if (after.equals("--")) return true;
        if (!after.equals("\r\n")) return false;
        int end = find(END_OF_HEAD, at);
        if (end < 0) return null;
        Map<String, String> part = partHead(text(at + 2, end));
        if (part == null) return false;
        if (part.containsKey("filename")) return true;
        int close = find(line, end + 4);
        if (looseBoundary(end + 4, close < 0 ? length : close)) return false;
        if (close < 0) return null;
        if (fields.size() == PARTS) return false;
        fields.add(new String[] {part.get("name"), text(end + 4, close)});
        at = close + line.length;
      }
      return null;
    }

    /** Whether a boundary stands there for readers that take CR or LF alone, or the head of a part, for what comes before one. */
    private boolean looseBoundary(int from, int to) {
      byte[] mark = Arrays.copyOfRange(line, 2, line.length);
      for (int i = find(mark, from); i >= 0 && i < to; i = find(mark, i + 1)) {
        if (head[i - 1] == '\n' || head[i - 1] == '\r') return true;
      }
      return false;
    }

    private String text(int from, int to) {
      return new String(head, from, to - from, StandardCharsets.UTF_8);
    }

    private int find(byte[] what, int from) {
      for (int i = from; i + what.length <= length; i++) {
        if (head[i] == what[0] && Arrays.equals(head, i, i + what.length, what, 0, what.length)) return i;
      }
      return -1;
    }

    /** Reads a little of what is left: a browser that is still sending would not see the answer otherwise. */
    void drain() {
      byte[] some = new byte[8192];
      try {
        for (int n, left = 1 << 20; left > 0 && (n = in.read(some)) >= 0; left -= n) {}
      } catch (IOException gone) {
        return;
      }
    }

    void forget() throws IOException {
      if (parts != null) for (Part p : parts) p.delete();
    }

    @Override
    public ServletInputStream getInputStream() {
      if (again == null) again = new Again(new SequenceInputStream(new ByteArrayInputStream(head, 0, length), in));
      return again;
    }

    @Override
    public BufferedReader getReader() throws IOException {
      return new BufferedReader(new InputStreamReader(getInputStream(), Objects.toString(getCharacterEncoding(), "UTF-8")));
    }

    @Override
    public Collection<Part> getParts() throws IOException {
      if (parts == null) parts = readParts();
      return parts;
    }

    @Override
    public Part getPart(String name) throws IOException {
      return getParts().stream().filter(p -> p.getName().equals(name)).findFirst().orElse(null);
    }

    private List<Part> readParts() throws IOException {
      List<Part> out = new ArrayList<>();
      if (line.length == 0) return out;
      InputStream body = new BufferedInputStream(new SequenceInputStream(new ByteArrayInputStream(new byte[] {'\r', '\n'}), getInputStream()));
      long[] left = {most};
      try {
        copy(body, line, OutputStream.nullOutputStream(), left);
        while (new String(body.readNBytes(2), StandardCharsets.ISO_8859_1).equals("\r\n")) {
          ByteArrayOutputStream lines = new ByteArrayOutputStream();
          copy(body, END_OF_HEAD, lines, left);
          Map<String, String> about = partHead(lines.toString(StandardCharsets.UTF_8));
          if (about == null || out.size() == 10 * PARTS) throw new IOException("a body that is not as RFC 7578 has it");
          FormPart part = new FormPart(about);
          out.add(part);
          try (OutputStream to = new BufferedOutputStream(Files.newOutputStream(part.path))) {
            copy(body, line, to, left);
          }
        }
        return out;
      } catch (IOException e) {
        for (Part p : out) p.delete();
        throw e;
      }
    }

    @Override
    public Map<String, String[]> getParameterMap() {
      List<String[]> all = new ArrayList<>(getQueryString() == null ? List.of() : urlencoded(getQueryString()));
      if (line.length == 0) all.addAll(fields);
      try {
        for (Part p : getParts()) {
          if (p.getSubmittedFileName() == null) all.add(new String[] {p.getName(), new String(p.getInputStream().readAllBytes(), StandardCharsets.UTF_8)});
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Map<String, List<String>> lists = new LinkedHashMap<>();
      for (String[] f : all) lists.computeIfAbsent(f[0], k -> new ArrayList<>()).add(f[1]);
      Map<String, String[]> out = new LinkedHashMap<>();
      lists.forEach((name, values) -> out.put(name, values.toArray(new String[0])));
      return out;
    }

    @Override
    public String[] getParameterValues(String name) {
      return getParameterMap().get(name);
    }

    @Override
    public String getParameter(String name) {
      String[] values = getParameterValues(name);
      return values == null ? null : values[0];
    }

    @Override
    public Enumeration<String> getParameterNames() {
      return Collections.enumeration(getParameterMap().keySet());
    }
  }

  private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

  /** Copies up to the bytes of end, which begin with the only CR in them or are CRLFCRLF, and takes those away. */
  private static void copy(InputStream in, byte[] end, OutputStream out, long[] left) throws IOException {
    for (int seen = 0; seen < end.length; ) {
      int c = in.read();
      if (c < 0) throw new EOFException("a body that was cut off");
      if (--left[0] < 0) throw new IOException("a form that is too long");
      if (c == end[seen]) {
        seen++;
        continue;
      }
      out.write(end, 0, seen);
      seen = c == end[0] ? 1 : 0;
      if (seen == 0) out.write(c);
    }
  }

  private static final Pattern LINE = Pattern.compile("[!-9;-~]+:[^\\r\\n\\x00]*");
  private static final Pattern DISPOSITION = Pattern.compile("content-disposition:[ \\t]*([\\w-]+)(.*)", Pattern.CASE_INSENSITIVE);
  private static final Pattern PARAMETER = Pattern.compile(";[ \\t]*([\\w*-]+)=(?:\"((?:\\\\.|[^\"\\\\])*)\"|([^\\s;\"]+))");

  /** Reads the lines above one part: its name, filename where it is a file, and its type; null if it is no part of a form. */
  private static Map<String, String> partHead(String head) {
    Map<String, String> out = new HashMap<>();
    String kind = null, rest = "";
    for (String l : head.split("\r\n")) {
      if (!LINE.matcher(l).matches()) return null; // no folded line either
      Matcher m = DISPOSITION.matcher(l);
      if (m.matches()) {
        if (kind != null) return null;
        kind = m.group(1);
        rest = m.group(2);
      } else if (l.toLowerCase(Locale.ROOT).startsWith("content-type:")) {
        out.put("content-type", l.substring(13).strip());
      }
    }
    Matcher m = PARAMETER.matcher(rest);
    while (m.find()) {
      String value = m.group(2) != null ? m.group(2).replaceAll("\\\\(.)", "$1").replace("%22", "\"") : m.group(3);
      String name = m.group(1).toLowerCase(Locale.ROOT);
      if (name.startsWith("filename*")) {
        try {
          value = decode(value.substring(value.lastIndexOf('\'') + 1));
        } catch (IllegalArgumentException e) {
          value = ""; // a file all the same
        }
        name = "filename";
      }
      out.put(name, value);
    }
    boolean field = "form-data".equalsIgnoreCase(kind) && out.containsKey("name") && m.replaceAll("").isBlank();
    return field || out.containsKey("filename") ? out : null;
  }

  /** One part of a confirmed form, in a temporary file that goes when the request ends. */
  private static final class FormPart implements Part {
    private final Map<String, String> about;
    final Path path = Files.createTempFile("part", null);

    FormPart(Map<String, String> about) throws IOException {
      this.about = about;
    }

    @Override public InputStream getInputStream() throws IOException { return Files.newInputStream(path); }
    @Override public String getContentType() { return about.get("content-type"); }
    @Override public String getName() { return about.getOrDefault("name", ""); }
    @Override public String getSubmittedFileName() { return about.get("filename"); }
    @Override public long getSize() { return path.toFile().length(); }
    @Override public void write(String to) throws IOException { Files.copy(path, Path.of(to)); }
    @Override public void delete() throws IOException { Files.deleteIfExists(path); }
    @Override public String getHeader(String name) { return about.get(name.toLowerCase(Locale.ROOT)); }
    @Override public Collection<String> getHeaders(String name) { return getHeader(name) == null ? List.of() : List.of(getHeader(name)); }
    @Override public Collection<String> getHeaderNames() { return getContentType() == null ? List.of() : List.of("content-type"); }
  }

  /** What was read, and then the rest. */
  private static final class Again extends ServletInputStream {
    private final InputStream in;
    private boolean finished;

    Again(InputStream in) { this.in = in; }

    @Override public int read() throws IOException {
      int c = in.read();
      finished = c < 0;
      return c;
    }

    @Override public int read(byte[] b, int from, int n) throws IOException {
      int got = in.read(b, from, n);
      finished = got < 0;
      return got;
    }

    @Override public boolean isFinished() { return finished; }
    @Override public boolean isReady() { return true; }
    @Override public void setReadListener(ReadListener listener) { throw new IllegalStateException("this body is read in one go"); }
  }
}
