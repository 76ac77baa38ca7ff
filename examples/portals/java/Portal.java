import java.io.*;
import java.nio.file.*;
import java.util.*;
import javax.servlet.*;
import javax.servlet.http.*;
import org.eclipse.jetty.server.*;
import org.eclipse.jetty.servlet.*;

/** A tiny portal on 127.0.0.1 with the guard in front. Where the edition and the uploads lie, and the port, come from the environment. */
@SuppressWarnings("serial")
public final class Portal extends HttpServlet {
  private static final Path EDITION = Path.of(System.getenv("FN_EDITION")), FORM = Path.of(System.getenv("FN_FORM"));
  private static final Path UPLOADS = Path.of(System.getenv().getOrDefault("FN_UPLOADS", "uploads"));
  private static final int PORT = Integer.parseInt(System.getenv().getOrDefault("PORT", "8080"));

  /** The form, made in one place, for the first visit and for a refusal. */
  static String page(String notice, List<String[]> fields) {
    Map<String, String> typed = new HashMap<>();
    for (String[] f : fields) typed.putIfAbsent(f[0], f[1].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;"));
    return """
        <!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Apply</title>
        <h1>Apply</h1><form method="post" action="/apply" enctype="multipart/form-data">
        <p><label>Name <input name="name" value="%s"></label></p>
        <p><label>Your story <textarea name="story">
        %s</textarea></label></p>
        %s
        <p><label>Papers <input type="file" name="files" multiple></label></p>
        <p><button>Send</button></p></form></html>""".formatted(typed.getOrDefault("name", ""), typed.getOrDefault("story", ""), notice);
  }

  static final class Guard extends FairNoticeFilter {
    Guard() {
      super(EDITION, FORM, 50 << 20, "/notice/", "");
    }

    @Override
    protected String page(String notice, List<String[]> fields) {
      return Portal.page(notice, fields);
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
    response.setContentType("text/html; charset=utf-8");
    response.setHeader("Cache-Control", "no-store");
    response.getWriter().write(page(FairNoticeFilter.fragment(FORM, ""), List.of()));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
    int kept = 0;
    for (Part part : request.getParts()) {
      if (part.getSubmittedFileName() != null && !part.getSubmittedFileName().isEmpty()) {
        part.write(UPLOADS.resolve(UUID.randomUUID().toString()).toString());
        kept++;
      }
    }
    response.getWriter().write("Thank you. Files: " + kept);
  }

  @Override
  protected void doPut(HttpServletRequest request, HttpServletResponse response) throws IOException {
    Path to = UPLOADS.resolve(UUID.randomUUID().toString());
    try {
      Files.copy(request.getInputStream(), to);
    } catch (IOException cutOff) {
      Files.deleteIfExists(to);
      throw cutOff;
    }
  }

  public static void main(String[] args) throws Exception {
    System.setProperty("org.eclipse.jetty.util.log.class", "org.eclipse.jetty.util.log.StdErrLog");
    System.setProperty("org.eclipse.jetty.util.log.announce", "false");
    System.setProperty("org.eclipse.jetty.LEVEL", "OFF"); // no line of a log: it could name who sent what
    Files.createDirectories(UPLOADS);
    Server server = new Server(new java.net.InetSocketAddress("127.0.0.1", PORT));
    ServletContextHandler context = new ServletContextHandler();
    context.addFilter(new FilterHolder(new Guard()), "/*", EnumSet.of(DispatcherType.REQUEST));
    context.addServlet(Portal.class, "/");
    ServletHolder notice = new ServletHolder("notice", DefaultServlet.class);
    notice.setInitParameter("resourceBase", System.getenv().getOrDefault("FN_NOTICE", "public"));
    notice.setInitParameter("pathInfoOnly", "true");
    notice.setInitParameter("dirAllowed", "false");
    context.addServlet(notice, "/notice/*");
    context.setWelcomeFiles(new String[] {"index.html"});
    server.setHandler(context);
    server.start();
    System.out.println("http://127.0.0.1:" + PORT + "/");
  }
}
