/** Options of commands that put certificates on paper. */
import type { Command } from "commander";
import type { CertificateType } from "../../core/catalogue/certificate-type.ts";
import type { CertificateFile } from "../../core/certificate/certificate-file.ts";
import { Problem } from "../../core/problem.ts";
import { printPresentation } from "../../app/print-presentation.ts";
import { loadCatalogue } from "../../main/catalogue.ts";
import { primitives } from "../../main/system.ts";
import { collect, list } from "../terminal/options.ts";

export interface PrintOptions {
  readonly disclose?: readonly string[];
  readonly print?: string;
  readonly font?: readonly string[];
  readonly catalogue?: string;
}

export function withPrint(command: Command): Command {
  return command
    .option("--disclose <names>", "claims in the code besides those always shown", list)
    .option("--print <host>", "a link to that host's checking page, for any phone's camera")
    .option("--font <file>", "another font for rare characters (TTF, OTF; repeatable)", collect)
    .option("--catalogue <folder>", "certificate types (default: the project's catalogue/)");
}

/** Finds certificates' types, and makes what their codes hold. */
export class Printing {
  readonly #types: readonly CertificateType[];
  readonly #options: PrintOptions;

  private constructor(types: readonly CertificateType[], options: PrintOptions) {
    this.#types = types;
    this.#options = options;
  }

  static async prepare(options: PrintOptions): Promise<Printing> {
    return new Printing(await loadCatalogue(options.catalogue), options);
  }

  /** @throws Problem TYPE_UNKNOWN */
  typeOf({ type, schemaVersion }: CertificateFile): CertificateType {
    const found = this.#types.find(({ code, version }) => {
      return code === type && version === schemaVersion;
    });
    if (found === undefined) throw new Problem("TYPE_UNKNOWN", `${type}, ${String(schemaVersion)}`);
    return found;
  }

  /** The number on its face. @throws Problem TYPE_UNKNOWN */
  numberOf(certificate: CertificateFile): string {
    const { numberClaim } = this.typeOf(certificate);
    const number = certificate.claims.find(({ name }) => name === numberClaim)?.value;
    return typeof number === "string" ? number : "";
  }

  /** @throws Problem TYPE_UNKNOWN, CLAIM_UNKNOWN */
  codeOf(certificate: CertificateFile): string {
    const { disclose = [], print } = this.#options;
    const always = this.typeOf(certificate).alwaysDisclosed;
    const names = [...new Set([...always, ...disclose])];
    return printPresentation(primitives, certificate, { disclose: names, host: print ?? null });
  }
}
