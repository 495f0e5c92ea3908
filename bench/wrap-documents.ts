/**
 * Wraps documents as a peer does, in a process of its own, and prints how many CPU seconds that took.
 *
 *     node bench/wrap-documents.ts PEER COUNT CLAIMS-FILE
 */
import { readFileSync } from "node:fs";
import { cpuSeconds } from "./compare.ts";
import { peer } from "./peers.ts";

interface Wrapping {
  wrapDocuments(documents: readonly unknown[]): readonly unknown[];
  verifySignature(document: unknown): boolean;
}

const PEERS: Readonly<Record<string, readonly [name: string, version: string]>> = {
  OpenAttestation: ["@govtechsg/open-attestation", "6.9.7"],
  TradeTrust: ["@tradetrust-tt/tradetrust", "6.10.3"],
};
const WARM_UP = 100;
/** What the peers ask of every document beside its claims. */
const FRAME = {
  issuers: [
    {
      name: "上海市证照样例局",
      documentStore: "0x0000000000000000000000000000000000000001",
      identityProof: { type: "DNS-TXT", location: "example.com" },
    },
  ],
  $template: { name: "CERTIFICATE", type: "EMBEDDED_RENDERER", url: "https://example.com" },
};

const [name = "", count = "", file = ""] = process.argv.slice(2);
const [packageName, version] = PEERS[name] ?? ["", ""];
const wrapping = (await peer(packageName, version)) as Wrapping;
const claims = JSON.parse(readFileSync(file, "utf8")) as readonly object[];
const documents = Array.from({ length: Number(count) }, (_, i) => {
  return { ...FRAME, ...claims[i % claims.length] };
});
wrapping.wrapDocuments(documents.slice(0, WARM_UP));
const before = process.cpuUsage();
const wrapped = wrapping.wrapDocuments(documents);
const seconds = cpuSeconds(before);
if (wrapped.length !== documents.length || !wrapping.verifySignature(wrapped.at(-1))) {
  throw new Error(`${name} wrapped them wrongly`);
}
process.stdout.write(JSON.stringify({ seconds }));
