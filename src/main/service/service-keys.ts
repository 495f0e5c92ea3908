/** The keys of a verification service, read from their file, and read again when that has changed. */
import { join } from "node:path";
import { rotateServiceKey, serviceKeys } from "../../adapters/keys/service-key.ts";
import type { Settings } from "../../config.ts";
import type { ServiceKeys } from "../../ports/service-keys.ts";
import { passwordsOf } from "../keys/keys.ts";
import type { ServiceSettings } from "../settings/service-settings.ts";

export function serviceKeyFile({ home }: Pick<Settings, "home">): string {
  return join(home, "keys", "service.key");
}

/** Always those that were read last: whoever was handed it signs with a new key once that is there. */
export class ServiceKeyRing implements ServiceKeys {
  readonly #surroundings: Settings;
  #keys: ServiceKeys;

  private constructor(surroundings: Settings, keys: ServiceKeys) {
    this.#surroundings = surroundings;
    this.#keys = keys;
  }

  /**
   * Made where there are none, encrypted where LZ_KEY_PASSWORD_FILE is set.
   * @throws Problem KEY_MALFORMED, KEY_PASSWORD_…, DISK_FAILED
   */
  static async open(settings: Settings, file = serviceKeyFile(settings)): Promise<ServiceKeyRing> {
    return new ServiceKeyRing(settings, await readKeys(settings, file));
  }

  /** Reads the file again; what it returns changes over to the keys read. @throws Problem KEY_… */
  async prepare({ keys: { service } }: Pick<ServiceSettings, "keys">): Promise<() => void> {
    const keys = await readKeys(this.#surroundings, service ?? serviceKeyFile(this.#surroundings));
    return () => {
      this.#keys = keys;
    };
  }

  get keyId(): string {
    return this.#keys.keyId;
  }

  get publicKey(): ServiceKeys["publicKey"] {
    return this.#keys.publicKey;
  }

  get formerKeys(): ServiceKeys["formerKeys"] {
    return this.#keys.formerKeys;
  }

  sign(bytes: Uint8Array): Uint8Array {
    return this.#keys.sign(bytes);
  }

  pseudonym(domain: string, bytes: Uint8Array): Uint8Array {
    return this.#keys.pseudonym(domain, bytes);
  }

  seal(purpose: string, bytes: Uint8Array): Uint8Array {
    return this.#keys.seal(purpose, bytes);
  }

  open(purpose: string, sealed: Uint8Array): Uint8Array | null {
    return this.#keys.open(purpose, sealed);
  }
}

function readKeys(settings: Settings, file: string): Promise<ServiceKeys> {
  const isNewEncrypted = settings.keyPasswordFile !== null;
  return serviceKeys({ file, passwords: passwordsOf(settings), isNewEncrypted });
}

/** Takes a new signing key, in place. @throws Problem KEY_…, DISK_FAILED */
export function rotateKeys(
  settings: Settings,
  file = serviceKeyFile(settings),
): Promise<ServiceKeys> {
  return rotateServiceKey(file, passwordsOf(settings));
}
