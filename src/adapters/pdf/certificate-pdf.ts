/** A certificate as a PDF to be printed: one page of A4, more where its claims don't fit. */
import type { CertificatePage, LabelledText } from "../../ports/certificate-page.ts";
import { makeQrCode } from "../qr/qr-code.ts";
import type { QrCode } from "../qr/qr-code.ts";
import { MODULE_MM, QUIET_ZONE } from "../qr/write-qr.ts";
import { drawBorder } from "./border.ts";
import type { Rectangle } from "./border.ts";
import type { PageFonts } from "./fonts.ts";
import { MM, PdfText, artifact, bytesOf, createPdf, drawQr, tagged } from "./pdf-page.ts";
import type { Pdf, TextBox, TextStyle } from "./pdf-page.ts";

const GREY = "#6b645a";
const COLUMN_GAP = 26;
const LABEL_WIDTH = 104;
const LABEL_GAP = 8;
/** Room for the agency's name and the day, and for a seal where one is pressed on. */
const SIGNATURE_HEIGHT = 64;
const ABOVE_FOOT = 8;
const LABEL: TextStyle = { size: 10 };
const SMALL: TextStyle = { size: 6.5, colour: GREY };
const RULE = "#cdbfae";
/** Field texts are set in the largest of these sizes in which all fit on the page. */
const SIZES = [16, 15, 14, 13, 12, 11, 10];
const SMALLEST = 9;
/** Where there is room, rows stand further apart, by so much at most. */
const MOST_AIR = 22;

/** @throws Problem QR_TOO_LONG, FONT_LACKS_CHARACTERS */
export async function certificatePdf(page: CertificatePage, fonts: PageFonts): Promise<Uint8Array> {
  fonts.requireAll(textsOf(page));
  const { isLandscape, title, issuer, date } = page;
  const pdf = createPdf(fonts, {
    ...{ isLandscape, isTagged: true, date, author: issuer.name },
    title: `${title.zh} ${page.number?.text ?? ""}`.trim(),
  });
  const bytes = bytesOf(pdf);
  new CertificateDrawing(pdf, fonts, page).draw();
  pdf.end();
  return bytes;
}

function textsOf(page: CertificatePage): string[] {
  const { title, number, statement, fields, validity, issuer, references, note, warning } = page;
  const labelled = [...fields, ...references, validity, ...(number === null ? [] : [number])];
  const names = [title, statement, note, warning, ...labelled.map(({ label }) => label)];
  return [
    ...names.flatMap((each) => (each === null ? [] : [each.zh, each.en])),
    ...labelled.map(({ text }) => text),
    ...Object.values(issuer),
  ];
}

/** One field over the whole width, or two beside each other. */
interface Row {
  readonly fields: readonly LabelledText[];
  readonly isWide: boolean;
  readonly height: number;
}

class CertificateDrawing {
  readonly #pdf: Pdf;
  readonly #text: PdfText;
  readonly #page: CertificatePage;
  readonly #code: QrCode;
  readonly #document: PDFKit.PDFStructureElement;
  #area: Rectangle;

  constructor(pdf: Pdf, fonts: PageFonts, page: CertificatePage) {
    this.#pdf = pdf;
    this.#text = new PdfText(pdf, fonts);
    this.#page = page;
    this.#code = makeQrCode(page.code);
    this.#document = pdf.struct("Document");
    pdf.addStructure(this.#document);
    this.#area = this.#paper();
  }

  draw(): void {
    const top = this.#head();
    const size = SIZES.find((each) => this.#fits(top, each)) ?? SMALLEST;
    this.#fields(top, size);
    this.#foot();
    this.#document.end();
  }

  #paper(): Rectangle {
    let area: Rectangle = { x: 0, y: 0, width: 0, height: 0 };
    artifact(this.#pdf, () => {
      area = drawBorder(this.#pdf, this.#page.colour);
    });
    return area;
  }

  /** @returns where the fields begin. */
  #head(): number {
    const { title, number, statement, warning, isLandscape } = this.#page;
    const { x, width } = this.#area;
    let y = this.#area.y + (isLandscape ? 0 : 14);
    const centred = { align: "center" } as const;
    const line = (text: string, tag: "H1" | "P", style: TextStyle, gap: number): void => {
      y = this.#put(tag, text, { x, y, width }, { ...centred, ...style }) + gap;
    };
    if (warning !== null) line(`${warning.zh}　${warning.en}`, "P", { size: 9, colour: GREY }, 2);
    line(title.zh, "H1", { weight: "bold", size: 34, colour: this.#page.colour }, -4);
    const isLast = number === null && statement === null;
    line(title.en, "P", { size: 11, colour: GREY }, isLandscape && !isLast ? 4 : 14);
    if (number !== null) {
      line(`${number.label.zh} ${number.label.en}：${number.text}`, "P", { size: 10.5 }, 10);
    }
    if (statement !== null) {
      const left = { align: "left" } as const;
      line(`　　${statement.zh}`, "P", { ...left, size: 14, lineGap: 5 }, 3);
      line(statement.en, "P", { ...left, size: 9.5, colour: GREY, lineGap: 1.5 }, 12);
    }
    return y;
  }

  #put(tag: "H1" | "P", text: string, box: TextBox, style: TextStyle): number {
    let end = box.y;
    tagged(this.#pdf, this.#document, tag, () => {
      end = this.#text.draw(text, box, style);
    });
    return end;
  }

  #fits(top: number, size: number): boolean {
    const height = this.#rows(size).reduce((sum, row) => sum + row.height, 0);
    return top + height <= this.#footTop() - ABOVE_FOOT;
  }

  /** In their order; short fields two by two, long ones by themselves. */
  #rows(size: number): Row[] {
    const rows: Row[] = [];
    let waiting: LabelledText | null = null;
    const add = (isWide: boolean, ...fields: LabelledText[]): void => {
      const heights = fields.map((field) => this.#rowHeight(field, size, isWide));
      rows.push({ fields, isWide, height: Math.max(...heights) });
      waiting = null;
    };
    for (const field of [...this.#page.fields, this.#page.validity]) {
      const isWide = !this.#isShort(field.text, size);
      if (isWide && waiting !== null) add(false, waiting);
      if (isWide) for (const part of this.#parts(field, size)) add(true, part);
      else if (waiting === null) waiting = field;
      else add(false, waiting, field);
    }
    if (waiting !== null) add(false, waiting);
    return rows;
  }

  #isShort(text: string, size: number): boolean {
    if (text.includes("\n")) return false;
    return this.#text.widthOf(text, { size }) <= this.#valueWidth(false) - 2;
  }

  /** A text that no page could hold is cut into as many as can. */
  #parts({ label, text }: LabelledText, size: number): LabelledText[] {
    const lines = Math.floor((this.#footTop() - this.#area.y) / (2 * size));
    const characters = lines * Math.floor(this.#valueWidth(true) / size);
    const isShort = this.#rowHeight({ label, text }, size, true) <= this.#footTop() - this.#area.y;
    if (isShort) return [{ label, text }];
    const all = Array.from(text.replaceAll("\n", "　"));
    const count = Math.ceil(all.length / characters);
    return Array.from({ length: count }, (_, i) => {
      return { label, text: all.slice(i * characters, (i + 1) * characters).join("") };
    });
  }

  #valueWidth(isWide: boolean): number {
    const { width } = this.#area;
    return (isWide ? width : (width - COLUMN_GAP) / 2) - LABEL_WIDTH;
  }

  #rowHeight({ label, text }: LabelledText, size: number, isWide: boolean): number {
    const zh = this.#text.heightOf(label.zh, LABEL_WIDTH - LABEL_GAP, LABEL);
    const en = this.#text.heightOf(label.en, LABEL_WIDTH - LABEL_GAP, SMALL);
    const value = this.#text.heightOf(text, this.#valueWidth(isWide), { size });
    return Math.max(zh + en - 3, value) + 7;
  }

  #fields(top: number, size: number): void {
    const { x, width } = this.#area;
    const column = (width - COLUMN_GAP) / 2;
    const rows = this.#rows(size);
    const needed = rows.reduce((sum, row) => sum + row.height, 0);
    const room = this.#footTop() - ABOVE_FOOT - top - needed;
    const air = Math.min(MOST_AIR, Math.max(0, room / (rows.length + 1)));
    let y = top + air / 2;
    for (const { fields, isWide, height } of rows) {
      if (y + height > this.#footTop() - ABOVE_FOOT) y = this.#nextPage();
      fields.forEach((field, i) => {
        const box = { x: x + i * (column + COLUMN_GAP), y, width: isWide ? width : column };
        this.#field(field, box, height, size);
      });
      y += height + air;
    }
  }

  #nextPage(): number {
    this.#pdf.addPage();
    this.#area = this.#paper();
    return this.#area.y;
  }

  #field(
    { label, text }: LabelledText,
    { x, y, width }: TextBox,
    height: number,
    size: number,
  ): void {
    const labelBox = { x, y, width: LABEL_WIDTH - LABEL_GAP };
    const valueBox = { x: x + LABEL_WIDTH, y: y + (10 - size) * 0.7, width: width - LABEL_WIDTH };
    tagged(this.#pdf, this.#document, "P", () => {
      const end = this.#text.draw(label.zh, labelBox, { ...LABEL, colour: this.#page.colour });
      this.#text.draw(label.en, { ...labelBox, y: end - 3 }, SMALL);
      this.#text.draw(text, valueBox, { size });
    });
    artifact(this.#pdf, () => {
      const line = y + height - 4;
      this.#pdf.lineWidth(0.4).strokeColor(RULE);
      this.#pdf
        .moveTo(x, line)
        .lineTo(x + width, line)
        .stroke();
    });
  }

  #codeSide(): number {
    return (this.#code.size + 2 * QUIET_ZONE) * MODULE_MM * MM;
  }

  /** The space beside the code, to its right. */
  #besideCode(): { readonly x: number; readonly width: number } {
    const { x, width } = this.#area;
    const taken = this.#codeSide() + 16;
    return { x: x + taken, width: width - taken };
  }

  /** What stands beside the code, at its foot. */
  #notes(): readonly { readonly text: string; readonly style: TextStyle }[] {
    const { note, references } = this.#page;
    return [
      { text: note.zh, style: { size: 8.5 } },
      { text: note.en, style: SMALL },
      ...references.map(({ label, text }) => {
        return { text: `${label.zh} ${label.en}：${text}`, style: { ...SMALL, size: 6 } };
      }),
    ];
  }

  #notesHeight(): number {
    const { width } = this.#besideCode();
    const heights = this.#notes().map(({ text, style }) => this.#text.heightOf(text, width, style));
    return heights.reduce((sum, height) => sum + height, 0);
  }

  #footTop(): number {
    const { y, height } = this.#area;
    return y + height - Math.max(this.#codeSide(), SIGNATURE_HEIGHT + this.#notesHeight());
  }

  #foot(): void {
    const { issuer } = this.#page;
    const side = this.#codeSide();
    const beside = this.#besideCode();
    const bottom = this.#area.y + this.#area.height;
    const drawCode = (): void => {
      drawQr(this.#pdf, this.#code, this.#area.x, bottom - side, side);
    };
    tagged(this.#pdf, this.#document, "Figure", drawCode, "核验二维码 QR code for verification");
    const signed = { align: "right" } as const;
    let y = this.#footTop();
    y = this.#put("P", issuer.name, { ...beside, y }, { ...signed, weight: "bold", size: 15 });
    y = this.#put("P", issuer.date, { ...beside, y }, { ...signed, size: 12 });
    this.#put("P", issuer.code, { ...beside, y }, { ...signed, ...SMALL });
    y = bottom - this.#notesHeight();
    for (const { text, style } of this.#notes()) y = this.#put("P", text, { ...beside, y }, style);
  }
}
