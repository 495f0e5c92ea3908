/**
 * What the catalogue calls the claims of its types, for pages that name them without a network and without asking
 * anyone: a code that a service knows no matter for is still read in words.
 */
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Plugin } from "vite";
import type { ClaimDefinition } from "../src/core/catalogue/certificate-type.ts";
import type { Words } from "../src/core/words.ts";

const MODULE = "virtual:claim-names";
const CATALOGUE = join(import.meta.dirname, "..", "catalogue");

/** Names of claims in words, by the code of their type. */
type ClaimNames = Readonly<Record<string, Readonly<Record<string, Words>>>>;

export function claimNames(): Plugin {
  return {
    name: "liangzheng-claim-names",
    resolveId: (id) => (id === MODULE ? `\0${MODULE}` : null),
    load: (id) => {
      return id === `\0${MODULE}` ? `export default ${JSON.stringify(makeClaimNames())}` : null;
    },
  };
}

function makeClaimNames(): ClaimNames {
  const files = readdirSync(CATALOGUE).filter((name) => name.endsWith(".json"));
  return Object.fromEntries(files.map((name) => namesIn(join(CATALOGUE, name))));
}

interface TypeFile {
  readonly code: string;
  readonly claims: readonly ClaimDefinition[];
}

function namesIn(file: string): [code: string, names: Record<string, Words>] {
  const { code, claims } = JSON.parse(readFileSync(file, "utf8")) as TypeFile;
  return [code, Object.fromEntries(claims.map(({ name, zh, en }) => [name, { zh, en }]))];
}
