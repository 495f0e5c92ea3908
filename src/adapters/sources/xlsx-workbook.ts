/** What a workbook says of itself: its sheets, where its parts are, how its cells show numbers. */
import { posix } from "node:path";
import { Problem } from "../../core/problem.ts";
import type { XlsxArchive } from "./xlsx-archive.ts";
import type { NumberFormat } from "./xlsx-format.ts";
import { numberFormat } from "./xlsx-format.ts";
import type { Attributes } from "./xlsx-xml.ts";
import { readXml } from "./xlsx-xml.ts";

export interface Workbook {
  /** The part of the sheet. */
  readonly sheet: string;
  /** The part of the shared strings; null where there are none. */
  readonly strings: string | null;
  /** By the number of a cell's style. */
  readonly formats: readonly NumberFormat[];
  /** Whether day 0 is in 1904, as once on the Macintosh, and not in 1900. */
  readonly is1904: boolean;
}

interface Sheet {
  readonly name: string;
  readonly relation: string;
  readonly isHidden: boolean;
}

interface Relation {
  readonly kind: string;
  readonly part: string;
}

/** @param wanted a sheet's name; without it the first that is shown. @throws Problem SHEET_UNKNOWN */
export async function readWorkbook(
  file: string,
  archive: XlsxArchive,
  wanted: string | undefined,
): Promise<Workbook> {
  const main = (await relationsOf(file, archive, "")).find(isOf("officeDocument"));
  if (main === undefined) throw new Problem("SOURCE_FORMAT", `${file}: an archive, no workbook`);
  const relations = await relationsOf(file, archive, main[1].part);
  const { sheets, is1904 } = await readSheets(file, archive, main[1].part);
  const tables = sheets.filter(({ relation }) => {
    return relations.some(([id, { kind }]) => id === relation && kind === "worksheet");
  });
  const partOf = (kind: string): string | null => relations.find(isOf(kind))?.[1].part ?? null;
  const { relation } = chosen(file, tables, wanted);
  const sheet = relations.find(([id]) => id === relation) as [string, Relation];
  const formats = await readFormats(file, archive, partOf("styles"));
  return { sheet: sheet[1].part, strings: partOf("sharedStrings"), formats, is1904 };
}

function isOf(kind: string): (relation: [string, Relation]) => boolean {
  return ([, relation]) => relation.kind === kind;
}

function chosen(file: string, sheets: readonly Sheet[], wanted: string | undefined): Sheet {
  const found =
    wanted === undefined
      ? sheets.find(({ isHidden }) => !isHidden)
      : sheets.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const names = sheets.map(({ name }) => name).join(", ");
  throw new Problem("SHEET_UNKNOWN", `${file}: ${wanted ?? ""} not among ${names}`);
}

/** Of the package itself, or of one of its parts, by identifier. */
async function relationsOf(
  file: string,
  archive: XlsxArchive,
  part: string,
): Promise<[string, Relation][]> {
  const folder = posix.dirname(part);
  const at = posix.join(folder, "_rels", `${posix.basename(part)}.rels`);
  const relations: [string, Relation][] = [];
  await readXml(`${file}, ${at}`, archive.small(at), {
    open: (name, { Id = "", Type = "", Target = "" }) => {
      if (name !== "Relationship") return;
      const target = Target.startsWith("/") ? Target.slice(1) : posix.join(folder, Target);
      relations.push([Id, { kind: Type.slice(Type.lastIndexOf("/") + 1), part: target }]);
    },
  });
  return relations;
}

async function readSheets(
  file: string,
  archive: XlsxArchive,
  part: string,
): Promise<{ sheets: Sheet[]; is1904: boolean }> {
  const sheets: Sheet[] = [];
  let is1904 = false;
  await readXml(`${file}, ${part}`, archive.small(part), {
    open: (tag, attributes) => {
      const { name = "", state = "visible", date1904 = "0" } = attributes;
      if (tag === "workbookPr") is1904 = ["1", "true"].includes(date1904);
      if (tag !== "sheet") return;
      sheets.push({ name, relation: relationIn(attributes), isHidden: state !== "visible" });
    },
  });
  return { sheets, is1904 };
}

/** `r:id`, whatever the namespace's prefix is. */
function relationIn(attributes: Attributes): string {
  return Object.entries(attributes).find(([name]) => name.endsWith(":id"))?.[1] ?? "";
}

async function readFormats(
  file: string,
  archive: XlsxArchive,
  part: string | null,
): Promise<NumberFormat[]> {
  if (part === null) return [];
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let isCellStyle = false;
  await readXml(`${file}, ${part}`, archive.small(part), {
    open: (name, { numFmtId = "0", formatCode = "" }) => {
      if (name === "numFmt") codes.set(Number(numFmtId), formatCode);
      if (name === "cellXfs") isCellStyle = true;
      if (name === "xf" && isCellStyle) {
        formats.push(numberFormat(Number(numFmtId), codes.get(Number(numFmtId))));
      }
    },
    close: (name) => {
      if (name === "cellXfs") isCellStyle = false;
    },
  });
  return formats;
}
