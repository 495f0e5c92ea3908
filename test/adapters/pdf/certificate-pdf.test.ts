import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { certificatePdf } from "../../../src/adapters/pdf/certificate-pdf.ts";
import { CodeSheets } from "../../../src/adapters/pdf/code-sheet.ts";
import { openFonts } from "../../../src/adapters/pdf/fonts.ts";
import type { PageFonts } from "../../../src/adapters/pdf/fonts.ts";
import { readQr } from "../../../src/adapters/qr/read-qr.ts";
import { toQrText } from "../../../src/core/presentation/qr-text.ts";
import type { CertificatePage } from "../../../src/ports/certificate-page.ts";
import { dejaVuFont, readPdf } from "../../support/poppler.ts";
import { QUALIFICATION, QUALIFICATION_CLAIMS, pageOf } from "../../support/printed-certificate.ts";
import { seededBytes } from "../../support/seeded.ts";

const DPI = 200;

let fonts: PageFonts;
let folder: string;
beforeAll(async () => {
  fonts = await openFonts();
  folder = await mkdtemp(join(tmpdir(), "lz-pages-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const withName = (holderName: string): CertificatePage => {
  return pageOf({ claims: { ...QUALIFICATION_CLAIMS, holderName } });
};

describe("a certificate's PDF", () => {
  it("gives every text on the page back, as another program reads it", async () => {
    const page = pageOf();
    const { text } = readPdf(await certificatePdf(page, fonts));
    const texts = [page.title.zh, page.title.en, page.issuer.name, page.issuer.date];
    const fields = [...page.fields, page.validity].flatMap((each) => [each.label.zh, each.text]);
    for (const each of [...texts, ...fields, page.number?.text ?? ""]) expect(text).toContain(each);
    const whole = text.replaceAll("\n", "");
    for (const { text: reference } of page.references) expect(whole).toContain(reference);
    expect(whole).toContain(page.note.zh);
  });

  it("has a code that is read from a print of it, upright and sideways", async () => {
    for (const orientation of ["portrait", "landscape"] as const) {
      const template = { type: "", orientation, colour: "#123456" };
      const page = pageOf({ template });
      const { pictures } = readPdf(await certificatePdf(page, fonts), DPI);
      expect(pictures).toHaveLength(1);
      expect(await readQr(pictures[0] ?? new Uint8Array(), "page.png")).toBe(page.code);
    }
  });

  it("has a template's sentences, and a warning where the type is a demonstration", async () => {
    const statement = { zh: "{holderName}准予从事{operation}。", en: "May operate the machine." };
    const template = { type: "", orientation: "portrait", colour: "#123456", statement } as const;
    const demo = { ...QUALIFICATION, provenance: { kind: "demo", note: "" } } as const;
    const { text } = readPdf(await certificatePdf(pageOf({ type: demo, template }), fonts));
    expect(text).toContain("赵一鸣准予从事建筑起重机械司机。");
    expect(text).toContain("May operate the machine.");
    expect(text).toContain("示范样例 不具法律效力");
  });

  it("embeds only the characters it uses, and says so to readers: tagged, in Chinese, with its title", async () => {
    const pdf = await certificatePdf(pageOf(), fonts);
    expect(pdf.length).toBeLessThan(150_000);
    const { fonts: embedded, info } = readPdf(pdf);
    expect(embedded.match(/CID TrueType +Identity-H +yes yes yes/g)).toHaveLength(2);
    expect(info).toMatch(/Title: +特种作业操作资格证 京A012345678901/);
    expect(info).toMatch(/Tagged: +yes/);
    expect(info).toMatch(/Page size: +841\.89 x 595\.28 pts \(A4\)/);
    expect(Buffer.from(pdf).toString("latin1")).toContain("/Lang (zh-CN)");
  });

  it("is the same, byte for byte, whenever it is made", async () => {
    const [one, two] = [
      await certificatePdf(pageOf(), fonts),
      await certificatePdf(pageOf(), fonts),
    ];
    expect(Buffer.from(one).equals(two)).toBe(true);
    const other = await certificatePdf(withName("赵二鸣"), fonts);
    expect(Buffer.from(one).equals(other)).toBe(false);
  });

  it("draws rare names: of the table of 8,105 characters, beyond the basic plane too", async () => {
    const rare = "㛃䶮犇𫖯𬭎𬸦";
    const { text } = readPdf(await certificatePdf(withName(rare), fonts));
    expect(text).toContain(rare);
  });

  it("names the characters that no font has, and is not made: FONT_LACKS_CHARACTERS", async () => {
    const problem = { code: "FONT_LACKS_CHARACTERS", detail: "𠮷 (U+20BB7), \u{E000} (U+E000)" };
    await expect(certificatePdf(withName("𠮷\u{E000}四"), fonts)).rejects.toMatchObject(problem);
  });

  it("takes such characters from a font that is added", async () => {
    const name = "王♚明♛";
    const problem = { detail: "♚ (U+265A), ♛ (U+265B)" };
    await expect(certificatePdf(withName(name), fonts)).rejects.toMatchObject(problem);
    const pdf = await certificatePdf(withName(name), await openFonts([dejaVuFont()]));
    const { text, fonts: embedded } = readPdf(pdf);
    expect(text.replaceAll("\n", "")).toContain(name);
    expect(embedded).toMatch(/DejaVuSans +CID TrueType/);
  });

  it("goes on on further pages where claims are long, without losing a character", async () => {
    const scope = Array.from({ length: 2_500 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join(
      "",
    );
    const claims = { ...QUALIFICATION_CLAIMS, holderSex: `${scope}\n完` };
    const { text, pictures } = readPdf(await certificatePdf(pageOf({ claims }), fonts), 40);
    expect(pictures.length).toBeGreaterThan(1);
    const found = new Set(text);
    expect([...scope, "完"].filter((character) => !found.has(character))).toEqual([]);
  });

  it("has no place for a font that is none: FONT_UNREADABLE, FILE_NOT_FOUND", async () => {
    const file = join(folder, "none.ttf");
    await writeFile(file, "no font");
    await expect(openFonts([file])).rejects.toMatchObject({ code: "FONT_UNREADABLE" });
    await expect(openFonts([join(folder, "x")])).rejects.toMatchObject({ code: "FILE_NOT_FOUND" });
  });
});

describe("sheets of codes", () => {
  const label = {
    title: "特种作业操作资格证",
    holder: "赵*鸣",
    number: "…8901",
    place: "5d0c46f0 / 3",
  };

  async function sheet(texts: readonly string[]): Promise<Uint8Array> {
    const file = join(folder, "codes.pdf");
    const sheets = await CodeSheets.create(file, fonts);
    for (const text of texts) await sheets.add({ text, label });
    await sheets.finish();
    return readFile(file);
  }

  it("have as many codes on a page as can be read from paper, each with its label", async () => {
    const texts = Array.from({ length: 14 }, (_, i) => toQrText(seededBytes(String(i), 600)));
    const { text, pictures } = readPdf(await sheet(texts), DPI);
    expect(pictures).toHaveLength(2);
    expect(text.split("特种作业操作资格证 · 赵*鸣 · …8901")).toHaveLength(15);
    expect(texts).toContain(await readQr(pictures[0] ?? new Uint8Array(), "sheet.png"));
  });

  it("begin another page for codes that need larger cells", async () => {
    const texts = [100, 700, 1500].map((bytes) => toQrText(seededBytes("x", bytes)));
    const { pictures } = readPdf(await sheet(texts), DPI);
    expect(pictures).toHaveLength(3);
    for (const [i, text] of texts.entries()) {
      expect(await readQr(pictures[i] ?? new Uint8Array(), "sheet.png")).toBe(text);
    }
  });

  it("are not there where they are given up", async () => {
    const sheets = await CodeSheets.create(join(folder, "given-up.pdf"), fonts);
    await expect(
      sheets.add({ text: "LZ1:", label: { ...label, holder: "𠮷" } }),
    ).rejects.toMatchObject({
      code: "FONT_LACKS_CHARACTERS",
    });
    await sheets.discard();
    expect((await readdir(folder)).filter((name) => name.startsWith("given-up"))).toEqual([]);
  });
});
