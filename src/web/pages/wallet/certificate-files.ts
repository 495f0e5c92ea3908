/** Certificate files in and out of the wallet. A file has no key: whoever has it can show it as its bearer. */
import {
  CERTIFICATE_EXTENSION,
  MAX_CERTIFICATE_CHARACTERS,
  certificateToJson,
  parseCertificateText,
} from "../../../core/certificate/certificate-file.ts";
import type { CertificateFile } from "../../../core/certificate/certificate-file.ts";
import { toHex } from "../../../core/encoding/bytes.ts";
import { FormatError } from "../../../core/encoding/format-error.ts";
import { loadHashes } from "../../judging/page-primitives.ts";
import type { NewHolding } from "../../vault/held.ts";
import { WalletFault } from "../../vault/wallet-fault.ts";
import type { KnownType } from "./known-types.ts";
import { proveCertificate } from "./prove-delivery.ts";

type FindType = (code: string, version: number) => Promise<KnownType | null>;

/** UTF-8 takes up to four bytes a character. */
const MAX_BYTES = 4 * MAX_CERTIFICATE_CHARACTERS;

/** @throws WalletFault FILE_TOO_LARGE, FILE_MALFORMED with the member at fault, NOT_PROVEN */
export async function readCertificateFile(
  file: Pick<Blob, "size" | "text">,
  findType: FindType,
): Promise<NewHolding> {
  if (file.size > MAX_BYTES) throw new WalletFault("FILE_TOO_LARGE");
  const certificate = parsed(await file.text());
  proveCertificate(await loadHashes(), certificate);
  const type = await findType(certificate.type, certificate.schemaVersion);
  return {
    holding: { kind: "own", certificate },
    ...{ binding: null, agencyUrl: null },
    ...{ definition: type?.definition ?? null, template: type?.template ?? null },
  };
}

function parsed(text: string): CertificateFile {
  try {
    return parseCertificateText(text);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const code = error.code === "TOO_LARGE" ? "FILE_TOO_LARGE" : "FILE_MALFORMED";
    throw new WalletFault(code, error.where, error);
  }
}

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** Its name tells nothing of whom it is about. */
export function certificateFileOf(certificate: CertificateFile): NamedText {
  const { root, index } = certificate.batch;
  const place = `${toHex(root).slice(0, 8)}-${String(index)}`;
  const text = `${JSON.stringify(certificateToJson(certificate), null, 2)}\n`;
  return { name: `${place}${CERTIFICATE_EXTENSION}`, text };
}

/** As if a link to it had been clicked. */
export function download({ name, text }: NamedText): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
