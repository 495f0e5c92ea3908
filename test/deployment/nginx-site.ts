/** The files of deploy/nginx as nginx runs them in a test: with a folder, addresses and a certificate of its own. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PROJECT } from "../support/command.ts";

export interface NginxSite {
  /** For all its names; both in PEM. */
  readonly certificate: string;
  readonly key: string;
  /** Where it listens, instead of port 443 of every address. */
  readonly listen: string;
  /** What the addresses of the verifiers begin with, instead of 10.20. */
  readonly addresses: string;
  /** Where the verifiers listen, instead of 8080. */
  readonly port?: number;
  /** How long a verifier may be silent, instead of 4s. */
  readonly patience?: string;
}

const SNIPPETS = "/etc/nginx/snippets";

/** @returns the file to start it with */
export function prepareNginx(folder: string, site: NginxSite): string {
  const at = (name: string): string => join(folder, name);
  writeFileSync(at("fullchain.pem"), site.certificate);
  writeFileSync(at("privkey.pem"), site.key);
  for (const name of ["liangzheng.conf", "liangzheng-server.conf"]) {
    writeFileSync(at(name), adapted(folder, name, site));
  }
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${at(`nginx-${name}`)};`,
  );
  const main = [
    `user root; worker_processes 1; daemon off; pid ${at("nginx.pid")};`,
    `error_log ${at("error.log")} crit;`,
    "events { worker_connections 2048; }",
    `http { ${temporary.join(" ")} include ${at("liangzheng.conf")}; }`,
  ];
  writeFileSync(at("nginx.conf"), main.join("\n"));
  return at("nginx.conf");
}

function adapted(folder: string, name: string, site: NginxSite): string {
  const { addresses, listen, port = 8_080, patience = "4s" } = site;
  return readFileSync(join(PROJECT, "deploy", "nginx", name), "utf8")
    .replaceAll("10.20.", addresses)
    .replaceAll(":8080 ", `:${String(port)} `)
    .replaceAll("/etc/liangzheng/tls", folder)
    .replaceAll(SNIPPETS, folder)
    .replaceAll("/var/log/nginx/liangzheng-error.log", join(folder, "error.log"))
    .replaceAll("/var/log/nginx/liangzheng.log", join(folder, "access.log"))
    .replaceAll("listen 443 ssl", `listen ${listen} ssl`)
    .replace("proxy_read_timeout 4s", `proxy_read_timeout ${patience}`)
    .replace(/rate=200r\/s/, "rate=10000r/s");
}
