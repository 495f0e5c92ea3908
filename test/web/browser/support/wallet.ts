/** A person's wallet: what they do in it, by what they see. */
import type { Page } from "playwright-core";
import type { CertificateFile } from "../../../../src/core/certificate/certificate-file.ts";
import { certificateToJson } from "../../../../src/core/certificate/certificate-file.ts";

export const WALLET_PIN = "582046";

/** Chooses the PIN where none was chosen, or unlocks; on whatever page asks for it. */
export async function openWallet(page: Page, pin = WALLET_PIN): Promise<void> {
  await page.locator('input[name="pin"]').waitFor();
  const again = page.locator('input[name="pin-again"]');
  await page.locator('input[name="pin"]').fill(pin);
  if ((await again.count()) > 0) await again.fill(pin);
  await page.locator('form button[type="submit"]').click();
  await page.locator('input[name="pin"]').waitFor({ state: "detached" });
}

/**
 * From the list of the open wallet.
 * @returns its id: /certificates/:id is what is open then. @throws where it is not taken within that time
 */
export async function importCertificate(
  page: Page,
  certificate: CertificateFile,
  timeout = 20_000,
): Promise<string> {
  const json = JSON.stringify(certificateToJson(certificate));
  await page.locator("details.import summary").click();
  await page.locator('input[type="file"]').setInputFiles({
    ...{ name: "test.lzc.json", mimeType: "application/json", buffer: Buffer.from(json) },
  });
  await page.waitForURL("**/certificates/*", { timeout });
  return new URL(page.url()).pathname.split("/").at(-1) as string;
}
