/** The rows of a sheet, with each cell as text or at fault (ECMA-376, part 1, 18.3.1). */
import type { RecordFaultCode } from "../../core/catalogue/record-faults.ts";
import type { NumberFormat } from "./xlsx-format.ts";
import { numberText } from "./xlsx-format.ts";
import type { SharedStrings } from "./xlsx-strings.ts";
import { StringGatherer } from "./xlsx-strings.ts";
import type { Attributes, XmlEvents } from "./xlsx-xml.ts";

/** A value, or what is wrong with it. */
export type SheetCell =
  | { readonly text: string; readonly fault?: never }
  | { readonly fault: RecordFaultCode; readonly text?: never };

export interface SheetRow {
  /** The row's number in the sheet. */
  readonly line: number;
  /** By column, from 0; nothing where the cell is empty. */
  readonly cells: readonly (SheetCell | undefined)[];
}

export interface SheetContext {
  readonly strings: Pick<SharedStrings, "at"> | null;
  readonly formats: readonly NumberFormat[];
  readonly is1904: boolean;
}

const MAX_ROWS = 1_048_576;
const MAX_COLUMNS = 16_384;
const PLAIN: NumberFormat = { kind: "number" };

/** Takes the events of a sheet's XML and gathers its rows. */
export class SheetReader implements XmlEvents {
  readonly #context: SheetContext;
  readonly #gather = new StringGatherer();
  #rows: SheetRow[] = [];
  #line = 0;
  #cells: (SheetCell | undefined)[] = [];
  #column = -1;
  #type = "n";
  #style = 0;
  #value: string | null = null;
  #isValue = false;
  #hasFormula = false;

  constructor(context: SheetContext) {
    this.#context = context;
  }

  /** The rows that are whole since the last time. */
  take(): SheetRow[] {
    const rows = this.#rows;
    this.#rows = [];
    return rows;
  }

  open(name: string, attributes: Attributes): void {
    if (name === "row") this.#beginRow(attributes);
    else if (name === "c") this.#beginCell(attributes);
    else if (name === "v") this.#isValue = true;
    else if (name === "f") this.#hasFormula = true;
    else this.#gather.open(name);
  }

  text(text: string): void {
    if (this.#isValue) this.#value = (this.#value ?? "") + text;
    else this.#gather.text(text);
  }

  close(name: string): void {
    if (name === "row") this.#rows.push({ line: this.#line, cells: this.#cells });
    else if (name === "c") this.#endCell();
    else if (name === "v") this.#isValue = false;
    else if (name === "is") this.#value = this.#gather.take();
    else this.#gather.close(name);
  }

  #beginRow({ r }: Attributes): void {
    const line = r === undefined ? this.#line + 1 : Number(r);
    if (!Number.isInteger(line) || line <= this.#line || line > MAX_ROWS) {
      throw new RangeError(`row ${String(r)} is out of place`);
    }
    this.#line = line;
    this.#cells = [];
    this.#column = -1;
  }

  #beginCell({ r, t = "n", s = "0" }: Attributes): void {
    const column = r === undefined ? this.#column + 1 : columnOf(r);
    if (column <= this.#column || column >= MAX_COLUMNS) {
      throw new RangeError(`cell ${String(r)} is out of place`);
    }
    this.#column = column;
    this.#type = t;
    this.#style = Number(s);
    this.#value = null;
    this.#hasFormula = false;
  }

  #endCell(): void {
    const cell = this.#cell();
    if (cell !== undefined && cell.text !== "") this.#cells[this.#column] = cell;
  }

  #cell(): SheetCell | undefined {
    const value = this.#value;
    if (value === null) return this.#hasFormula ? { fault: "CELL_NOT_CALCULATED" } : undefined;
    switch (this.#type) {
      case "s":
        return { text: this.#shared(value) };
      case "str":
      case "inlineStr":
        return { text: value };
      case "b":
        return { text: value === "1" ? "true" : "false" };
      case "e":
        return { fault: "CELL_ERROR" };
      case "d":
        return { text: value.replace(/T00:00:00(?:\.0+)?Z?$/, "").replace("T", " ") };
      default:
        return this.#number(value);
    }
  }

  #shared(value: string): string {
    const text = this.#context.strings?.at(Number(value)) ?? null;
    if (text === null) throw new RangeError(`there is no shared string ${value}`);
    return text;
  }

  #number(value: string): SheetCell {
    const { formats, is1904 } = this.#context;
    const text = numberText(Number(value), formats[this.#style] ?? PLAIN, is1904);
    return text === null ? { fault: "CELL_PRECISION" } : { text };
  }
}

/** `C7` → 2; -1 where it is no such name. */
function columnOf(reference: string): number {
  const letters = /^[A-Z]{1,3}(?=\d+$)/.exec(reference)?.[0] ?? "";
  return Array.from(letters).reduce((column, letter) => {
    return (column + 1) * 26 + letter.charCodeAt(0) - 65;
  }, -1);
}
