/**
 * A list of certificates, as a clerk has it: by file, by root and index, or by number. It is read to its end before
 * anything is sent, and every fault is found with its line.
 */
import type { CertificatePlace } from "../../app/set-statuses.ts";
import { findAnchor } from "../../core/ledger/anchors.ts";
import type { LedgerState } from "../../core/ledger/state.ts";
import { batchKey } from "../../core/ledger/state.ts";
import { isLegalTransition, recordedStatus } from "../../core/ledger/statuses.ts";
import { PROBLEMS } from "../../core/problem-codes.ts";
import type { ProblemCode } from "../../core/problem-codes.ts";
import { Problem } from "../../core/problem.ts";
import type { Words } from "../../core/words.ts";
import { openSource } from "../../main/files.ts";
import type { Cell, SourceRecord } from "../../ports/record-source.ts";
import type { CertificateChoice, CertificateFinder } from "../terminal/certificate-choice.ts";
import { statusText } from "./status-show.ts";

export interface ListFault {
  readonly line: number;
  readonly code: ProblemCode;
  readonly detail: string;
}

export interface StatusList {
  /** In the order of the list, each once. */
  readonly places: readonly CertificatePlace[];
  /** Lines that name a certificate named before. */
  readonly repeated: number;
  readonly faults: readonly ListFault[];
  /** Columns that say nothing of which certificate is meant. */
  readonly unused: readonly string[];
}

/** What can be wrong with one line; anything else, such as a store that can't be read, is wrong with all of them. */
const OF_ONE_LINE: ReadonlySet<ProblemCode> = new Set([
  "SOURCE_MALFORMED",
  "FILE_NOT_FOUND",
  "FILE_TOO_LARGE",
  "CERTIFICATE_UNREADABLE",
  "CERTIFICATE_NOT_FOUND",
  "CERTIFICATE_AMBIGUOUS",
  "TYPE_UNKNOWN",
  "STATUS_FINAL",
]);

/** What is wrong with a line, shorter than what is said of a whole command. */
const FAULT_WORDS: Partial<Readonly<Record<ProblemCode, Words>>> = {
  SOURCE_MALFORMED: { zh: "单元格不正确", en: "A cell is not as expected." },
  STATUS_FINAL: { zh: "该状态不可再变更", en: "That status is final." },
};

export function faultWords(code: ProblemCode): Words {
  return FAULT_WORDS[code] ?? PROBLEMS[code].words;
}

/** The columns by which a certificate is named, and what they are called in a Chinese list. */
const COLUMNS: ReadonlyMap<string, string> = new Map([
  ["证照文件", "certificate"],
  ["发证机关", "agency"],
  ["根", "root"],
  ["序号", "index"],
  ["证照编号", "number"],
  ["证照类型", "type"],
]);

type Row = Readonly<Record<string, string>>;

/** How a list names certificates: by columns that each row must fill, and some that it may. */
interface Form {
  readonly needed: readonly string[];
  readonly optional: readonly string[];
  readonly choice: (row: Row) => CertificateChoice;
}

const FORMS: readonly Form[] = [
  {
    needed: ["certificate"],
    optional: [],
    choice: (row) => ({ certificate: cell(row, "certificate") }),
  },
  {
    needed: ["root", "index"],
    optional: ["agency"],
    choice: (row) => ({ ...rootAndIndex(row), ...given(row, "agency") }),
  },
  {
    needed: ["number"],
    optional: ["type", "agency"],
    choice: (row) => {
      return { number: cell(row, "number"), ...given(row, "type"), ...given(row, "agency") };
    },
  },
];

export interface ListReading {
  readonly state: LedgerState;
  readonly finder: CertificateFinder;
  /** What the certificates are to become. */
  readonly status: number;
}

/** @throws Problem FILE_NOT_FOUND, SOURCE_…, COLUMN_MISSING. `file` is `-` for standard input. */
export async function readStatusList(
  file: string,
  { state, finder, status }: ListReading,
): Promise<StatusList> {
  const source = await openSource(file);
  try {
    const columns = source.columns.map((name) => COLUMNS.get(name) ?? name);
    const { needed, optional, choice } = formOf(file, columns);
    const reading = new Reading(state, status);
    for await (const page of source.pages()) {
      for (const record of page) {
        const placeOf = (): Promise<CertificatePlace> =>
          finder.certificate(choice(rowOf(columns, record)));
        await reading.take(record.line, placeOf);
      }
    }
    const known = [...needed, ...optional];
    const unused = source.columns.filter((_, i) => !known.includes(columns[i] ?? ""));
    return { ...reading.list(), unused };
  } finally {
    await source.close();
  }
}

/** @throws Problem SOURCE_MALFORMED for a cell that can't be read, such as a formula without a value */
function rowOf(columns: readonly string[], { cells, faults = [] }: SourceRecord): Row {
  const [fault] = faults;
  if (fault !== undefined) {
    throw new Problem("SOURCE_MALFORMED", `${String(columns[fault.column])}: ${fault.code}`);
  }
  return Object.fromEntries(columns.map((name, i) => [name, textOf(cells[i])]));
}

/** JSON has numbers for indices; what is neither text nor number is no name of anything. */
function textOf(cell: Cell | undefined): string {
  if (typeof cell === "number") return String(cell);
  return typeof cell === "string" ? cell.trim() : "";
}

function formOf(file: string, columns: readonly string[]): Form {
  const fitting = FORMS.filter(({ needed }) => needed.every((name) => columns.includes(name)));
  const [form] = fitting;
  if (form !== undefined && fitting.length === 1) return form;
  const choices = FORMS.map(({ needed }) => needed.join(",")).join(" or ");
  throw new Problem("COLUMN_MISSING", `${file}: a header with ${choices} expected`);
}

/** @throws Problem SOURCE_MALFORMED for an empty cell */
function cell(row: Row, column: string): string {
  const text = row[column] ?? "";
  if (text !== "") return text;
  throw new Problem("SOURCE_MALFORMED", `${column} is empty`);
}

/** A column that may be missing, or empty. */
function given(row: Row, column: "agency" | "type"): Pick<CertificateChoice, typeof column> {
  const text = row[column] ?? "";
  return text === "" ? {} : { [column]: text };
}

function rootAndIndex(row: Row): Pick<CertificateChoice, "root" | "index"> {
  const [root, index] = [cell(row, "root"), cell(row, "index")];
  if (!/^0x[0-9a-fA-F]{64}$/.test(root)) throw new Problem("SOURCE_MALFORMED", `root ${root}`);
  if (!/^\d{1,10}$/.test(index)) throw new Problem("SOURCE_MALFORMED", `index ${index}`);
  return { root: root.toLowerCase(), index: Number(index) };
}

/** Takes lines one after the other, and keeps what is wrong with them. */
class Reading {
  readonly #state: LedgerState;
  readonly #status: number;
  readonly #places = new Map<string, CertificatePlace>();
  readonly #faults: ListFault[] = [];
  #repeated = 0;

  constructor(state: LedgerState, status: number) {
    this.#state = state;
    this.#status = status;
  }

  async take(line: number, placeOf: () => Promise<CertificatePlace>): Promise<void> {
    try {
      const place = await placeOf();
      this.#requireChangeable(place);
      const key = `${batchKey(place.agency, place.root)}/${String(place.index)}`;
      if (this.#places.has(key)) this.#repeated++;
      this.#places.set(key, place);
    } catch (error) {
      if (!(error instanceof Problem) || !OF_ONE_LINE.has(error.code)) throw error;
      this.#faults.push({ line, code: error.code, detail: error.detail });
    }
  }

  list(): Omit<StatusList, "unused"> {
    const places = [...this.#places.values()];
    return { places, repeated: this.#repeated, faults: this.#faults };
  }

  /** @throws Problem CERTIFICATE_NOT_FOUND, STATUS_FINAL */
  #requireChangeable({ agency, root, index }: CertificatePlace): void {
    const anchor = findAnchor(this.#state, agency, root);
    if (anchor === undefined) {
      throw new Problem("CERTIFICATE_NOT_FOUND", `${agency} has anchored no batch ${root}`);
    }
    if (index >= anchor.size) {
      const size = `the batch holds ${String(anchor.size)}`;
      throw new Problem("CERTIFICATE_NOT_FOUND", `index ${String(index)}: ${size}`);
    }
    const changes = this.#state.statuses.get(batchKey(agency, root))?.certificates.of(index);
    const now = recordedStatus(changes);
    if (now === this.#status || isLegalTransition(now, this.#status)) return;
    throw new Problem("STATUS_FINAL", `${statusText(now)}, ${root.slice(0, 10)}…/${String(index)}`);
  }
}
