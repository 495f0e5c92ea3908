/** How a clerk names a certificate: by its number, or by root and index, and what is said where that is not enough. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { CertificateFinder, rootStart } from "../../../src/cli/terminal/certificate-choice.ts";
import type { BatchChoice } from "../../../src/cli/terminal/certificate-choice.ts";
import { loadSettings } from "../../../src/config.ts";
import { openAgencyStore } from "../../../src/main/stores/agency-store.ts";
import type { AgencyStore, IssueJob, JobOrder } from "../../../src/ports/agency-store.ts";
import { AGENCY, TYPE, issue, sampleRecords } from "../../support/store-issuing.ts";

const OTHER_AGENCY = "11310000MB1A00001C";
const OTHER_TYPE = "11100000000013338W001";
let folder: string;
let store: AgencyStore;
let finder: CertificateFinder;
/** The roots of the first job's two batches, and of those that came after it. */
let first: readonly string[];
let anew: string;
let otherType: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lz-choice-"));
  store = await openAgencyStore(loadSettings({ LZ_HOME: folder }));
  const numbered = (...numbers: string[]) => {
    return sampleRecords(numbers.length).map((record, i) => ({
      ...record,
      number: numbers[i] ?? "",
    }));
  };
  const issued = async (order: Partial<JobOrder>, ...numbers: string[]): Promise<string[]> => {
    return rootsOf(await issue(store, numbered(...numbers), order));
  };
  first = await issued({ batchSize: 2 }, "沪一", "沪二", "沪三");
  [anew = ""] = await issued({}, "沪二");
  [otherType = ""] = await issued({ type: OTHER_TYPE }, "沪三", "沪四");
  await issued({ type: OTHER_TYPE, agency: OTHER_AGENCY }, "沪四");
  finder = new CertificateFinder(() => Promise.resolve(store));
});

afterAll(async () => {
  await store.close();
  await rm(folder, { recursive: true, force: true });
});

async function rootsOf({ id }: IssueJob): Promise<string[]> {
  return (await store.batches(id)).map(({ root }) => root);
}

/** What is said of a choice that names no certificate. */
function refusal(choice: BatchChoice, by = finder): Promise<string> {
  return by.place(choice).then(
    () => "found",
    (error: unknown) => String(error),
  );
}

describe("a number", () => {
  it("is that of the certificate issued with it last", async () => {
    const [, second] = first;
    expect(await finder.certificate({ number: "沪三", type: TYPE })).toEqual({
      agency: AGENCY,
      root: second,
      index: 0,
    });
    expect(await finder.certificate({ number: "沪二" })).toMatchObject({ root: anew, index: 0 });
  });

  it("that two types or two agencies have is not guessed at: all of them are named", async () => {
    const said = await refusal({ number: "沪三" });
    expect(said).toContain("CERTIFICATE_AMBIGUOUS: 沪三");
    expect(said).toContain(`--agency ${AGENCY} --type ${TYPE}`);
    expect(said).toContain(`--agency ${AGENCY} --type ${OTHER_TYPE}`);
    const byName = await finder.certificate({ number: "沪三", type: "二级建造师注册证书" });
    expect(byName).toMatchObject({ root: otherType, index: 0 });
    expect(await refusal({ number: "沪四", type: OTHER_TYPE })).toContain(OTHER_AGENCY);
    const here = await finder.certificate({ number: "沪四", agency: AGENCY });
    expect(here).toMatchObject({ agency: AGENCY, root: otherType, index: 1 });
  });

  it("that was never issued is not found, and a type that there is not is said to be none", async () => {
    expect(await refusal({ number: "沪五" })).toContain(
      `CERTIFICATE_NOT_FOUND: 沪五 in ${store.name}`,
    );
    expect(await refusal({ number: "沪一", type: OTHER_TYPE })).toContain("CERTIFICATE_NOT_FOUND");
    expect(await refusal({ number: "沪一", type: "驾照" })).toContain("TYPE_UNKNOWN");
  });
});

describe("a root", () => {
  it("will do with its first eight digits, of any case, with 0x or without", async () => {
    const root = rootStart(anew.slice(2, 10).toUpperCase());
    expect(await finder.place({ root, index: 0 })).toEqual({
      agency: AGENCY,
      root: anew,
      index: 0,
    });
    const whole = await finder.place({ root: rootStart(anew), whole: true });
    expect(whole).toEqual({ agency: AGENCY, root: anew, index: null });
    for (const text of ["0x1234567", "沪", `${anew}0`, "x12345678"]) {
      expect(() => rootStart(text)).toThrow("8 to 64 hex digits");
    }
  });

  it("that the store does not have, or has under another agency, is not found", async () => {
    const root = `0x${"12".repeat(32)}`;
    for (const choice of [{ root }, { root: "0x00000000" }, { root: anew.slice(0, 12) }]) {
      const agency = choice.root === root ? {} : { agency: OTHER_AGENCY };
      expect(await refusal({ ...choice, ...agency, index: 0 })).toContain("CERTIFICATE_NOT_FOUND");
    }
  });

  it("of which two begin alike must be given with more digits", async () => {
    const [batch] = await store.batches((await store.jobs())[0]?.id ?? "");
    const alike = ["0x12345678aa", "0x12345678bb"].map((root) => ({ ...batch, root }));
    const doubled = { ...store, jobs: () => store.jobs(), batches: () => Promise.resolve(alike) };
    const other = new CertificateFinder(() => Promise.resolve(doubled as unknown as AgencyStore));
    const said = await refusal({ root: "0x12345678", index: 0 }, other);
    expect(said).toContain("CERTIFICATE_AMBIGUOUS");
    expect(said).toContain("0x12345678aa; 0x12345678bb");
  });

  it("with its agency needs no store, as an authority has none", async () => {
    const without = new CertificateFinder(() => Promise.reject(new Error("no store here")));
    const place = { agency: OTHER_AGENCY, root: anew };
    expect(await without.place({ ...place, whole: true })).toEqual({ ...place, index: null });
    expect(await without.certificate({ ...place, index: 7 })).toEqual({ ...place, index: 7 });
    await without.close();
  });
});

describe("a choice", () => {
  it.each<[string, BatchChoice]>([
    ["nothing", {}],
    ["a number and a root", { number: "沪一", root: "0x12345678" }],
    ["a root alone", { root: "0x12345678" }],
    ["a whole batch by a number", { number: "沪一", whole: true }],
    ["a whole batch and an index", { root: "0x12345678", index: 1, whole: true }],
  ])("of %s is an error of usage", async (_what, choice) => {
    expect(await refusal(choice)).toContain("USAGE: ");
  });
});
