/** Certificates for one test, by openssl: an authority, a server on this machine, a client. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { ServerOptions } from "node:https";

export interface TestCertificates {
  /** The authority's certificate. */
  readonly caFile: string;
  readonly certificateFile: string;
  readonly certificateKeyFile: string;
  /** A server that talks to nobody without a certificate of that authority. */
  readonly server: ServerOptions;
}

const CURVE = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

/** A certificate that nobody vouches for, with its key; both in PEM. @param host the one it is for besides */
export function selfSigned(
  name: string,
  host = name,
): { readonly certificate: string; readonly key: string } {
  const names = ["-addext", `subjectAltName=DNS:${host}`];
  const subject = ["-subj", `/CN=${name}`, ...(host === name ? [] : names)];
  const to = ["-x509", "-days", "2", ...subject, "-keyout", "-", "-out", "-"];
  const pem = execFileSync("openssl", ["req", ...CURVE, ...to], {
    encoding: "utf8",
    stdio: "pipe",
  });
  const at = pem.indexOf("-----BEGIN CERTIFICATE");
  return { certificate: pem.slice(at), key: pem.slice(0, at) };
}

export function makeCertificates(folder: string): TestCertificates {
  const file = (name: string): string => join(folder, name);
  const openssl = (...args: string[]): void => {
    execFileSync("openssl", args, { stdio: "pipe" });
  };
  const request = (name: string, ...more: string[]): string[] => [
    ...["req", "-subj", `/CN=lz-test-${name}`, ...CURVE],
    ...["-keyout", file(`${name}.key`), "-out", file(`${name}.${more.length > 0 ? "pem" : "csr"}`)],
    ...more,
  ];
  openssl(...request("ca", "-x509", "-days", "2"));
  const names = file("names");
  writeFileSync(names, "subjectAltName=IP:127.0.0.1\n");
  for (const name of ["server", "client"]) {
    openssl(...request(name));
    const by = ["-CA", file("ca.pem"), "-CAkey", file("ca.key"), "-CAcreateserial"];
    const what = ["-in", file(`${name}.csr`), "-out", file(`${name}.pem`), "-extfile", names];
    openssl("x509", "-req", "-days", "2", ...by, ...what);
  }
  return {
    caFile: file("ca.pem"),
    certificateFile: file("client.pem"),
    certificateKeyFile: file("client.key"),
    server: {
      ca: readFileSync(file("ca.pem")),
      cert: readFileSync(file("server.pem")),
      key: readFileSync(file("server.key")),
      requestCert: true,
      rejectUnauthorized: true,
    },
  };
}
