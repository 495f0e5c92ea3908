/** The pages as a browser gets them: from memory, compressed, and with a policy that lets nothing else in. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { readPages } from "../../src/adapters/pages/read-pages.ts";
import type { Pages } from "../../src/http/pages/page-file.ts";
import { loadPrimitives } from "../../src/adapters/hashing/primitives.ts";
import { runHttpApp, serviceOver } from "../support/http-app.ts";
import type { RunningApp } from "../support/http-app.ts";

const SCRIPT = `console.log(${JSON.stringify("亮证".repeat(400))});`;
const ENDPOINT = {
  agency: "11460000MB1A00001P",
  name: "海南省证照样例局",
  url: "https://wallet.example.gov.cn/claims",
};
const primitives = await loadPrimitives();
let folder = "";
let app: RunningApp;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-pages-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<!doctype html><title>亮证</title>");
  await writeFile(join(folder, "assets", "main-abc.js"), SCRIPT);
  await writeFile(join(folder, "notes.txt"), "not a page's");
  const scripts = ["/assets/counter-abc.js", "/assets/main-abc.js"];
  await writeFile(join(folder, "preloads.json"), JSON.stringify({ "counter-page": scripts }));
  const pages: Pages = {
    files: await readPages(folder),
    endpoints: [ENDPOINT],
    help: { name: "12345 政务服务便民热线", phone: "12345" },
    host: "verify.example.gov.cn",
  };
  app = await runHttpApp(serviceOver(primitives, null, { pages }));
});

afterAll(async () => {
  await app.stop();
  await rm(folder, { recursive: true });
});

describe("the document", () => {
  test.each(["/", "/q", "/counter", "/overview", "/settings", "/claim", "/request", "/show/abc"])(
    "is at %s",
    async (path) => {
      const reply = await app.send(path);
      expect([reply.status, reply.text]).toEqual([200, "<!doctype html><title>亮证</title>"]);
      expect(reply.headers["content-type"]).toBe("text/html; charset=utf-8");
      expect(reply.headers["cache-control"]).toBe("no-cache");
    },
  );

  test("lets scripts of its own run and no others, talks to its service and the agencies named, and can't be framed", async () => {
    const { headers } = await app.send("/");
    const policy = String(headers["content-security-policy"]).split("; ");
    expect(policy).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "connect-src 'self' https://wallet.example.gov.cn",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
      ]),
    );
    expect(policy.join()).not.toMatch(/unsafe-inline|unsafe-eval'.*'unsafe-eval|\*/);
    expect(headers["x-frame-options"]).toBe("DENY");
  });

  test("names the scripts of the page that it is for, so that they come at once", async () => {
    const linkOf = async (path: string) => (await app.send(path)).headers["link"];
    expect(await linkOf("/counter")).toBe(
      '</assets/counter-abc.js>; rel="modulepreload", </assets/main-abc.js>; rel="modulepreload"',
    );
    expect([await linkOf("/q"), await linkOf("/assets/main-abc.js")]).toEqual([
      undefined,
      undefined,
    ]);
  });

  test("is not sent again where the browser has it", async () => {
    const { headers } = await app.send("/");
    const again = await app.send("/", { "if-none-match": String(headers.etag) });
    expect([again.status, again.text]).toEqual([304, ""]);
  });
});

describe("a file of the pages", () => {
  test("is kept by browsers for ever, since its name changes with its content", async () => {
    const { headers, text } = await app.send("/assets/main-abc.js");
    expect(headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(text).toBe(SCRIPT);
  });

  test("is compressed for browsers that can read it", async () => {
    const { headers, text } = await app.send("/assets/main-abc.js", {
      "accept-encoding": "gzip, br",
    });
    expect(headers["content-encoding"]).toBe("br");
    expect(headers.vary).toContain("Accept-Encoding");
    expect(text.length).toBeLessThan(SCRIPT.length / 4);
  });

  test("is compressed when it is first asked for, and never again", async () => {
    const file = (await readPages(folder)).get("/assets/main-abc.js");
    expect(await file?.brotli()).toBeInstanceOf(Uint8Array);
    expect(await file?.brotli()).toBe(await file?.brotli());
  });

  test("is told of without its content where only its head is asked for", async () => {
    const reply = await app.send("/assets/main-abc.js", {}, "HEAD");
    expect([reply.status, reply.text]).toEqual([200, ""]);
  });
});

describe("what is no page", () => {
  test("is told to a person in a page, with 404, and to programs as a problem", async () => {
    const asked = async (path: string, accept: string): Promise<readonly unknown[]> => {
      const { status, headers } = await app.send(path, { accept });
      return [status, String(headers["content-type"]).split(";")[0]];
    };
    const browser = "text/html,application/xhtml+xml,*/*;q=0.8";
    expect(await asked("/conter", browser)).toEqual([404, "text/html"]);
    expect(await asked("/conter", "*/*")).toEqual([404, "application/problem+json"]);
    expect(await asked("/v1/conter", browser)).toEqual([404, "application/problem+json"]);
    expect(await asked("/conter.js", browser)).toEqual([404, "application/problem+json"]);
  });

  test.each(["/notes.txt", "/assets/other.js", "/assets/../notes.txt", "/show/a/b", "/wp-admin"])(
    "%s is not found",
    async (path) => {
      const reply = await app.send(path);
      expect([reply.status, JSON.parse(reply.text).code]).toEqual([404, "NOT_FOUND"]);
    },
  );

  test("a page can't be posted to", async () => {
    expect((await app.send("/counter", {}, "POST")).status).toBe(404);
  });
});

describe("GET /v1/pages", () => {
  test("tells the name of the service, the agencies' endpoints and whom to call", async () => {
    const { json } = await app.get("/v1/pages");
    expect(json).toMatchObject({
      host: "verify.example.gov.cn",
      endpoints: [ENDPOINT],
      help: { phone: "12345" },
    });
  });

  test("is not found where there are no pages, and neither are they", async () => {
    const bare = await runHttpApp(serviceOver(primitives, null));
    try {
      expect((await bare.get("/v1/pages")).status).toBe(404);
      expect((await bare.get("/")).status).toBe(404);
    } finally {
      await bare.stop();
    }
  });
});

test("a folder that isn't there has no pages", async () => {
  expect((await readPages(join(folder, "none"))).size).toBe(0);
});
