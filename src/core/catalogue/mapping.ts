/**
 * How an agency's own columns become claims (映射文件), so that its export need not change: which column or
 * which constant gives each claim, and what is done to a cell on the way. Four steps and no more, always in
 * this order; what they can't take is a fault of the record, never a guess.
 */

export const MAPPING_FORMAT = "liangzheng-mapping/1";

/**
 * A column that every type may have beside its claims: the SHA-256 COSE key thumbprint (RFC 9679) of the
 * holder's key in hex, where the agency knows it; empty for a bearer certificate.
 */
export const HOLDER_KEY_COLUMN = "holderKey";

/** `excelSerial`: the number of days that a spreadsheet counts from 1900. */
export const DATE_FORMATS = [
  "YYYYMMDD",
  "YYYY-M-D",
  "YYYY/M/D",
  "YYYY.M.D",
  "YYYY年M月D日",
  "excelSerial",
] as const;
export type DateFormat = (typeof DATE_FORMATS)[number];

/** What gives one claim. */
export type ClaimSource = ConstantSource | ColumnSource;

/** The same in every certificate, written as in a cell. */
export interface ConstantSource {
  readonly constant: string;
}

export interface ColumnSource {
  readonly column: string;
  /** For a claim that is a list: what stands between its items, each of which then takes the steps. */
  readonly split?: string;
  /** Takes white space off both ends. */
  readonly trim?: boolean;
  /** What a value stands for. Any other is a fault, unless it is a date in the format beside. */
  readonly codes?: Readonly<Record<string, string>>;
  readonly date?: DateFormat;
}

export interface Mapping {
  readonly format: typeof MAPPING_FORMAT;
  readonly type: string;
  readonly schemaVersion: number;
  /** By the claim's name, or `holderKey`. */
  readonly claims: Readonly<Record<string, ClaimSource>>;
  /** Columns that no certificate takes anything from. Any column not named at all is a fault. */
  readonly ignore: readonly string[];
}

export function isConstant(source: ClaimSource): source is ConstantSource {
  return "constant" in source;
}
