/** Reads the configuration file of a service: YAML, of which JSON is a part. Every fault is named with its line. */
import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import type { DataValidationCxt } from "ajv/dist/types/index.js";
import type { ErrorObject } from "ajv/dist/2020.js";
import { LineCounter, isMap, isNode, parseDocument } from "yaml";
import type { Document, Tags } from "yaml";
import { Problem } from "../../core/problem.ts";
import { faultWords } from "./settings-faults.ts";

/** How many faults are listed; who made more begins with these. */
const LISTED_FAULTS = 20;
/** A configuration is a page or two; more is something else. */
const MOST_CHARACTERS = 1_000_000;

/** What a file is for: those that are read are watched. */
export type FileUse = "read" | "written" | "module";

/** A name in an object or a place in a list. */
type Step = string | number;
type Place = readonly Step[];

/** One thing to mend. */
interface SettingFault {
  readonly place: Place;
  /** What is wrong and what is expected. */
  readonly words: string;
  /** Whether the member's name is what is wrong, and not its value. */
  readonly isName: boolean;
}

export interface CheckedSettings<T> {
  /** With all defaults filled in, and paths made whole. */
  readonly settings: T;
  /** The files that it names and that are read: when one changes, the settings are read again. */
  readonly files: readonly string[];
}

/**
 * @param file paths in it are relative to its folder
 * @throws Problem CONFIGURATION_INVALID with `file:line:column` of every fault
 */
export function readSettingsFile<T>(schema: object, file: string): CheckedSettings<T> {
  const lines = new LineCounter();
  const document = parseDocument(textOf(file), {
    lineCounter: lines,
    prettyErrors: false,
    customTags: withoutHex,
  });
  const at = (offset: number): string => {
    const { line, col } = lines.linePos(offset);
    return `${file}:${String(line)}:${String(col)}`;
  };
  const broken = [...document.errors, ...document.warnings];
  if (broken.length > 0) {
    throw invalid(broken.map(({ pos, message }) => `${at(pos[0])}: ${message}`));
  }
  const json: unknown = jsonOf(document, file) ?? {};
  const { faults, files } = checkValue(schema, json, dirname(file));
  if (faults.length === 0) return { settings: json as T, files: [file, ...files] };
  throw invalid(
    faults.map((fault) => `${at(offsetOf(document, fault))}: ${nameOf(fault)} ${fault.words}`),
  );
}

/** Everything as it is where nothing is said. */
export function defaultsOf(schema: object): unknown {
  const settings = {};
  checkValue(schema, settings, ".");
  return settings;
}

/** An address of a contract is a text: as a number it would lose its last digits. */
function withoutHex(tags: Tags): Tags {
  return tags.filter((tag) => typeof tag === "string" || tag.format !== "HEX");
}

function textOf(file: string): string {
  try {
    const text = readFileSync(file, "utf8");
    if (text.length <= MOST_CHARACTERS) return text;
  } catch (error) {
    throw new Problem("CONFIGURATION_INVALID", `${file}: can't be read`, error);
  }
  throw new Problem("CONFIGURATION_INVALID", `${file}: longer than a configuration may be`);
}

/** Aliases are bounded by the library: a few lines can't become a gigabyte. */
function jsonOf(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new Problem("CONFIGURATION_INVALID", `${file}: ${String(error)}`, error);
  }
}

function invalid(faults: readonly string[]): Problem {
  const more = faults.length - LISTED_FAULTS;
  const shown = faults.slice(0, LISTED_FAULTS);
  if (more > 0) shown.push(`and ${String(more)} more`);
  return new Problem("CONFIGURATION_INVALID", shown.join("\n    "));
}

/** Fills in defaults on the way, and makes paths whole. */
function checkValue(
  schema: object,
  value: unknown,
  folder: string,
): { readonly faults: SettingFault[]; readonly files: string[] } {
  const files: string[] = [];
  const ajv = new Ajv2020({
    allErrors: true,
    useDefaults: true,
    verbose: true,
    allowUnionTypes: true,
  });
  ajv.addKeyword({
    keyword: "file",
    type: "string",
    modifying: true,
    errors: false,
    validate: (use: FileUse, path: string, _schema: unknown, where?: DataValidationCxt) => {
      const whole = wholePath(use, path, folder);
      if (where !== undefined) Reflect.set(where.parentData, where.parentDataProperty, whole);
      if (use === "read") files.push(whole);
      return true;
    },
  });
  const validate = ajv.compile(schema);
  const faults = validate(value) ? [] : (validate.errors ?? []).flatMap(faultOf);
  return { faults, files };
}

/** An address (`postgres://…`, `https://…`), a store in memory and the name of a package are no paths. */
function wholePath(use: FileUse, path: string, folder: string): string {
  const isPath = !path.includes("://") && path !== ":memory:";
  if (use === "module") return /^\.{0,2}\//.test(path) ? resolve(folder, path) : path;
  return isPath ? resolve(folder, path) : path;
}

function faultOf(error: ErrorObject): SettingFault[] {
  const words = faultWords(error);
  if (words === null) return [];
  const place = stepsOf(error.instancePath);
  const member = words.member;
  const isName = member !== null && words.isThere;
  return [{ place: isName ? [...place, member] : place, words: words.text, isName }];
}

/** "/peers/0" → ["peers", "0"] */
function stepsOf(pointer: string): string[] {
  const steps = pointer.split("/").slice(1);
  return steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function nameOf({ place }: SettingFault): string {
  return place.length === 0 ? "(everything)" : place.join(".");
}

/** Where the file says it; the beginning of what it is in, where it says nothing. */
function offsetOf(document: Document, { place, isName }: SettingFault): number {
  if (isName) return keyOffset(document, place);
  const node = place.length === 0 ? document.contents : document.getIn(place, true);
  if (isNode(node)) return node.range?.[0] ?? 0;
  return place.length === 0
    ? 0
    : offsetOf(document, { place: place.slice(0, -1), words: "", isName: false });
}

function keyOffset(document: Document, place: Place): number {
  const inside = place.slice(0, -1);
  const holder = inside.length === 0 ? document.contents : document.getIn(inside, true);
  const name = place.at(-1);
  const pairs = isMap(holder) ? holder.items : [];
  const keys = pairs.map(({ key }) => key).filter(isNode);
  const key = keys.find((each) => String(each) === name);
  return key?.range?.[0] ?? 0;
}
