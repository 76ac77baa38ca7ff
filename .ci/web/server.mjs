// The web servers that an edition brings configuration for, each on a port of its own of 127.0.0.1, with a copy of the edition's public
// files, in a folder of its own that holds everything the server writes. Only the lines marked CHANGE are changed.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, connect } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { site } from "./browser.mjs";

const asRoot = process.getuid() === 0;
const modules = "/usr/lib/apache2/modules";

// Around the configuration stands what a system has by itself, and it logs everything: what our lines do not silence would be found.
const servers = {
  nginx: {
    file: "nginx.conf",
    around: (dir) => `pid ${dir}/pid;\nerror_log ${dir}/error.log info;\nworker_processes 1;\n${asRoot ? "user root;\n" : ""}events {}\nhttp {\n\taccess_log ${dir}/access.log;\n` +
      ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((t) => `\t${t}_temp_path ${dir}/${t};\n`).join("") + `\tinclude ${dir}/notice.conf;\n}\n`,
    command: (dir) => ["nginx", ["-c", `${dir}/main.conf`, "-e", `${dir}/error.log`, "-g", "daemon off;"]],
    loud: (conf) => conf.replace(/^\s*(access_log|error_log|log_not_found) .*$/gm, ""),
  },
  Caddy: {
    file: "Caddyfile",
    around: (dir) => `import ${dir}/notice.conf\n`,
    command: (dir) => ["caddy", ["run", "--adapter", "caddyfile", "--config", `${dir}/main.conf`]],
    // Caddy logs visits only where it is told to.
    loud: (conf, dir) => conf.replace(/\tlog \{\n\t\toutput discard\n\t\}/, `\tlog {\n\t\toutput file ${dir}/caddy.log\n\t}`).replace("\troot *", "\tlog\n\troot *"),
  },
  Apache: {
    file: "apache.conf",
    around: (dir) => `ServerRoot ${dir}\nDefaultRuntimeDir ${dir}\nPidFile ${dir}/pid\nServerName localhost\nServerTokens Prod\n${asRoot ? "User www-data\nGroup www-data\n" : ""}` +
      ["mpm_event", "authz_core", "mime", "dir", "headers", "filter", "deflate"].map((m) => `LoadModule ${m}_module ${modules}/mod_${m}.so\n`).join("") +
      `TypesConfig /etc/mime.types\nErrorLog ${dir}/error.log\nLogLevel info\nCustomLog ${dir}/access.log "%h %r %U %q %{User-Agent}i %{Accept-Language}i %{Referer}i %{Cookie}i"\nInclude ${dir}/notice.conf\n`,
    command: (dir) => ["apache2", ["-f", `${dir}/main.conf`, "-DFOREGROUND"]],
    loud: (conf) => conf.replace(/^\s*(CustomLog|ErrorLog|LogLevel) .*$/gm, ""),
  },
};

export const names = Object.keys(servers);

async function freePort() {
  const s = createServer();
  s.listen(0, "127.0.0.1");
  await once(s, "listening");
  const { port } = s.address();
  s.close();
  await once(s, "close");
  return port;
}

const answers = (port) => new Promise((yes) => {
  const s = connect(port, "127.0.0.1", () => { s.destroy(); yes(true); });
  s.on("error", () => yes(false));
});

// start runs one of names. loud leaves out the lines that silence it. written gives the text of every file that is there, the server's own
// configuration and the edition's files left out, and what it said.
export async function start(name, { loud = false } = {}) {
  const kind = servers[name];
  const dir = await mkdtemp(join(tmpdir(), `fn-${name.toLowerCase()}-`));
  await chmod(dir, 0o755);
  await cp(site.path("public"), join(dir, "public"), { recursive: true });
  const port = await freePort();
  let conf = await readFile(site.path(`office/server/${kind.file}`), "utf8");
  conf = conf.replaceAll("/srv/notice/public", join(dir, "public")).replaceAll(":8080", `:${port}`);
  await writeFile(join(dir, "notice.conf"), loud ? kind.loud(conf, dir) : conf);
  await writeFile(join(dir, "main.conf"), kind.around(dir));
  await mkdir(join(dir, "home"));
  const [command, args] = kind.command(dir);
  const child = spawn(command, args, { cwd: dir, env: { PATH: process.env.PATH, HOME: join(dir, "home"), XDG_DATA_HOME: join(dir, "home"), XDG_CONFIG_HOME: join(dir, "home") } });
  let said = "";
  child.stdout.on("data", (d) => (said += d));
  child.stderr.on("data", (d) => (said += d));
  const ended = new Promise((r) => child.on("close", r));
  for (let i = 0; !(await answers(port)); i++) {
    if (i > 200 || child.exitCode !== null) throw new Error(`${name} does not start: ${said}`);
    await new Promise((r) => setTimeout(r, 50));
  }
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    stop: async () => {
      child.kill("SIGTERM");
      const hard = setTimeout(() => child.kill("SIGKILL"), 5000);
      await ended;
      clearTimeout(hard);
    },
    written: async () => {
      const out = { "what it said": said };
      for (const e of await readdir(dir, { withFileTypes: true, recursive: true })) {
        const path = join(e.parentPath ?? e.path, e.name);
        const under = relative(dir, path);
        if (e.isFile() && !under.startsWith("public/") && under !== "notice.conf" && under !== "main.conf") out[under] = await readFile(path, "latin1");
      }
      return out;
    },
    remove: () => rm(dir, { recursive: true, force: true }),
  };
}
