/** Drawing on pages of PDF: texts in the right fonts, tagged for readers that read aloud, and QR codes. */
import PDFDocument from "pdfkit";
import { QUIET_ZONE, darkRuns } from "../qr/write-qr.ts";
import type { QrCode } from "../qr/qr-code.ts";
import type { PageFonts, Weight } from "./fonts.ts";

export type Pdf = PDFKit.PDFDocument;

/** PDF counts in points: 72 an inch. */
export const MM = 72 / 25.4;

export interface PdfOrder {
  readonly isLandscape: boolean;
  /** With its structure, for readers that read aloud. */
  readonly isTagged: boolean;
  readonly title: string;
  readonly author: string;
  /** Seconds since 1970; the document's bytes depend on nothing else outside of it. */
  readonly date: number;
}

export function createPdf(fonts: PageFonts, order: PdfOrder): Pdf {
  const { isLandscape, isTagged, title, author, date } = order;
  const made = new Date(date * 1000);
  const pdf = new PDFDocument({
    size: "A4",
    layout: isLandscape ? "landscape" : "portrait",
    margin: 0,
    pdfVersion: "1.7",
    lang: "zh-CN",
    tagged: isTagged,
    displayTitle: true,
    info: {
      ...{ Title: title, Author: author, Creator: "Liangzheng 亮证", Producer: "pdfkit" },
      ...{ CreationDate: made, ModDate: made },
    },
    font: null as unknown as string,
  });
  for (const { name, bytes } of fonts.all()) pdf.registerFont(name, bytes);
  return pdf;
}

/** All bytes of a document that is ended. */
export function bytesOf(pdf: Pdf): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    pdf.on("data", (part: Buffer) => parts.push(part));
    pdf.on("error", reject);
    pdf.on("end", () => {
      resolve(new Uint8Array(Buffer.concat(parts)));
    });
  });
}

const INK = "#1c1a17";

export interface TextStyle {
  readonly weight?: Weight;
  readonly size: number;
  readonly colour?: string;
  readonly align?: "left" | "center" | "right";
  readonly lineGap?: number;
  /** What is too long ends in …. */
  readonly isOneLine?: boolean;
}

/** A box that text is wrapped in; how high it gets follows. */
export interface TextBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Texts on one document. */
export class PdfText {
  readonly #pdf: Pdf;
  readonly #fonts: PageFonts;

  constructor(pdf: Pdf, fonts: PageFonts) {
    this.#pdf = pdf;
    this.#fonts = fonts;
  }

  heightOf(text: string, width: number, style: TextStyle): number {
    const { size, lineGap = 0 } = style;
    this.#use(style);
    this.#pdf.fontSize(size);
    return this.#pdf.heightOfString(text, { width, lineGap });
  }

  widthOf(text: string, style: TextStyle): number {
    this.#use(style);
    return this.#pdf.fontSize(style.size).widthOfString(text);
  }

  /** @returns where it ends, from the top. */
  draw(text: string, { x, y, width }: TextBox, style: TextStyle): number {
    const { weight = "regular", size, colour = INK, align = "left", lineGap = 0 } = style;
    const runs = this.#fonts.runs(text, weight);
    const end = y + this.heightOf(text, width, style);
    const oneLine = style.isOneLine === true ? { height: size, ellipsis: true } : {};
    this.#pdf.fillColor(colour).fontSize(size);
    runs.forEach((run, i) => {
      const options = { width, align, lineGap, ...oneLine, continued: i < runs.length - 1 };
      this.#pdf.font(run.font);
      if (i === 0) this.#pdf.text(run.text, x, y, options);
      else this.#pdf.text(run.text, options);
    });
    return end;
  }

  #use({ weight = "regular" }: TextStyle): void {
    this.#pdf.font(this.#fonts.usual(weight));
  }
}

/** With its quiet zone. All dark squares are one path, written as PDF's own operators: there are thousands. */
export function drawQr(pdf: Pdf, code: QrCode, x: number, y: number, side: number): void {
  const runs = darkRuns(code).map((run) => {
    const [left, top] = [run.x + QUIET_ZONE, run.y + QUIET_ZONE];
    return `${String(left)} ${String(top)} ${String(run.width)} 1 re`;
  });
  pdf.rect(x, y, side, side).fill("#ffffff");
  pdf.save();
  pdf.translate(x, y).scale(side / (code.size + 2 * QUIET_ZONE));
  pdf.fillColor("#000000").addContent(runs.join("\n"));
  pdf.fill();
  pdf.restore();
}

/** What is ornament, and not to be read aloud. */
export function artifact(pdf: Pdf, draw: () => void): void {
  pdf.markContent("Artifact", { type: "Layout" });
  draw();
  pdf.endMarkedContent();
}

/** Content with its part in the document's structure. */
export function tagged(
  pdf: Pdf,
  parent: PDFKit.PDFStructureElement,
  tag: "H1" | "P" | "Figure",
  draw: () => void,
  alt?: string,
): void {
  const element = pdf.struct(tag, alt === undefined ? {} : { alt }, draw);
  parent.add(element);
}
