/** What people in the story do to files by hand. */
import { readFile, writeFile } from "node:fs/promises";

/** Adds the column in which an agency names the holder's key, filled for one record. */
export async function addHolderKey(file: string, index: number, thumbprint: string): Promise<void> {
  const lines = (await readFile(file, "utf8")).trimEnd().split("\r\n");
  const extended = lines.map((line, i) => {
    if (i === 0) return `${line},holderKey`;
    return `${line},${i === index + 1 ? thumbprint : ""}`;
  });
  await writeFile(file, `${extended.join("\r\n")}\r\n`);
}

/** Writes a certificate file that says something else in one claim, as somebody with a text editor would. */
export async function alterClaim(
  file: string,
  altered: string,
  name: string,
  value: string,
): Promise<void> {
  const certificate = JSON.parse(await readFile(file, "utf8")) as {
    claims: { name: string; value: unknown }[];
  };
  const claim = certificate.claims.find((each) => each.name === name);
  if (claim !== undefined) claim.value = value;
  await writeFile(altered, JSON.stringify(certificate, null, 2));
}
