/** Certificates of ten claims in flat buffers, alike in length to those that agencies issue. */
import { randomFillSync } from "node:crypto";
import type { FlatCertificates } from "../src/adapters/hashing/flat-certificates.ts";
import { FlatWriter } from "../src/adapters/hashing/flat-writer.ts";

const NAMES = [
  ...["address", "birthDate", "category", "holderName", "idNumber"],
  ...["issueDate", "issuer", "number", "remarks", "validUntil"],
];
const BEARER = new Uint8Array(32);

export function certificateChunk(firstIndex: number, count: number): FlatCertificates {
  const writer = new FlatWriter(NAMES);
  for (let i = firstIndex; i < firstIndex + count; i++) {
    valuesOf(i).forEach((value, name) => {
      writer.claim(name, value);
    });
    writer.end({ notBefore: 1_767_225_600, notAfter: 1_956_527_999 }, BEARER);
  }
  return writer.take(firstIndex, (length) => randomFillSync(new Uint8Array(length)));
}

/** Made up, and nobody's. */
function valuesOf(i: number): string[] {
  const number = String(i).padStart(8, "0");
  return [
    ...[
      `海南省三亚市吉阳区解放路${String(i % 999)}号`,
      "1990-01-31",
      "C1",
      `测试${String(i % 9999)}`,
    ],
    ...[
      `46020019900131${number.slice(-4)}`,
      "2026-01-01",
      "海南省交通运输厅",
      `CERT-2026-${number}`,
    ],
    ...["无", "2031-12-31"],
  ];
}

export function copyOf(certificates: FlatCertificates): FlatCertificates {
  return structuredClone(certificates);
}
