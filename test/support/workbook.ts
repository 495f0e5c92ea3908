/** Writes workbooks, odd and hostile ones too: a ZIP archive of whatever parts it is given. */
import { crc32, deflateRawSync } from "node:zlib";

export interface Part {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** What the archive says of its size, where that is not the truth. */
  readonly claimedSize?: number;
  readonly claimedChecksum?: number;
}

export function zip(parts: readonly Part[]): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const content = Buffer.from(part.content as string);
    const packed = deflateRawSync(content);
    const name = Buffer.from(part.name);
    const sizes = [packed.length, part.claimedSize ?? content.length];
    const checksum = part.claimedChecksum ?? crc32(content);
    const common = header([20, 0x800, 8, 0, 0], [checksum, ...sizes], [name.length, 0]);
    const body = Buffer.concat([signature("0304"), common, name, packed]);
    directory.push(
      ...[signature("0102"), header([20], [], []), common],
      ...[header([0, 0, 0], [], []), header([], [0, offset], []), name],
    );
    bodies.push(body);
    offset += body.length;
  }
  const index = Buffer.concat(directory);
  const counts = header([0, 0, parts.length, parts.length], [index.length, offset], [0]);
  return Buffer.concat([...bodies, index, signature("0506"), counts]);
}

function signature(hex: string): Buffer {
  return Buffer.concat([Buffer.from("PK"), Buffer.from(hex.replace(/(..)(..)/, "$1$2"), "hex")]);
}

function header(
  before: readonly number[],
  words: readonly number[],
  after: readonly number[],
): Buffer {
  const bytes = Buffer.alloc(2 * before.length + 4 * words.length + 2 * after.length);
  let at = 0;
  for (const value of before) at = bytes.writeUInt16LE(value, at);
  for (const value of words) at = bytes.writeUInt32LE(value, at);
  for (const value of after) at = bytes.writeUInt16LE(value, at);
  return bytes;
}

const OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

export interface Content {
  /** The XML inside `worksheet`. */
  readonly sheet: string;
  readonly strings?: string;
  readonly styles?: string;
  readonly workbook?: string;
  /** Of the sheet, where it is not the true one. */
  readonly checksum?: number;
}

/** A workbook of one sheet called 名册. */
export function workbook(given: Content): Buffer {
  const { sheet, strings, styles, workbook: main = "", checksum } = given;
  const relation = (id: string, kind: string, target: string): string =>
    `<Relationship Id="${id}" Type="${OFFICE}/${kind}" Target="${target}"/>`;
  const relations = [
    relation("rId1", "worksheet", "worksheets/sheet1.xml"),
    ...(strings === undefined ? [] : [relation("rId2", "sharedStrings", "/xl/sharedStrings.xml")]),
    ...(styles === undefined ? [] : [relation("rId3", "styles", "styles.xml")]),
  ];
  const rels = (inner: string): string => `<Relationships>${inner}</Relationships>`;
  const parts: Part[] = [
    { name: "_rels/.rels", content: rels(relation("a", "officeDocument", "xl/workbook.xml")) },
    { name: "xl/_rels/workbook.xml.rels", content: rels(relations.join("")) },
    {
      name: "xl/workbook.xml",
      content: `<workbook ${MAIN} xmlns:r="${OFFICE}">${main}<sheets><sheet name="名册" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    },
    {
      name: "xl/worksheets/sheet1.xml",
      content: `<worksheet ${MAIN}>${sheet}</worksheet>`,
      ...(checksum !== undefined && { claimedChecksum: checksum }),
    },
  ];
  if (strings !== undefined) {
    parts.push({ name: "xl/sharedStrings.xml", content: `<sst ${MAIN}>${strings}</sst>` });
  }
  if (styles !== undefined) {
    parts.push({ name: "xl/styles.xml", content: `<styleSheet ${MAIN}>${styles}</styleSheet>` });
  }
  return zip(parts);
}

/** `sheetData` of rows of texts. */
export function textRows(rows: readonly (readonly string[])[]): string {
  const cell = (text: string): string => `<c t="inlineStr"><is><t>${text}</t></is></c>`;
  return `<sheetData>${rows.map((cells) => `<row>${cells.map(cell).join("")}</row>`).join("")}</sheetData>`;
}
