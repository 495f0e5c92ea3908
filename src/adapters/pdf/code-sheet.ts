/** Sheets of A4 with QR codes and their labels, as large as a camera needs them, to be cut along the lines. */
import { createBeside } from "../archive/beside-file.ts";
import type { WholeFile } from "../archive/beside-file.ts";
import { makeQrCode } from "../qr/qr-code.ts";
import type { QrCode } from "../qr/qr-code.ts";
import { MODULE_MM, QUIET_ZONE } from "../qr/write-qr.ts";
import type { PrintedCode } from "../../ports/code-sheet.ts";
import type { PageFonts } from "./fonts.ts";
import { MM, PdfText, createPdf, drawQr } from "./pdf-page.ts";
import type { Pdf } from "./pdf-page.ts";

const MARGIN = 9 * MM;
/** Of A4. */
const USABLE = { width: 210 * MM - 2 * MARGIN, height: 297 * MM - 2 * MARGIN };
const ABOVE_CODE = 1 * MM;
const LABEL_HEIGHT = 11 * MM;
const CUT_LINE = "#c9c4bb";
const GREY = "#5c564d";
/** Codes of up to 64 mm stand three in a row, larger ones two; the largest there is has 93 mm. */
const COLUMNS = 3;

/** Of how many codes it is made need not be known before: pages are written as they fill. */
export class CodeSheets {
  readonly #fonts: PageFonts;
  readonly #file: WholeFile;
  readonly #pdf: Pdf;
  readonly #text: PdfText;
  readonly #ended: Promise<void>;
  readonly #written: Buffer[] = [];
  #page: PageGrid | null = null;
  #cell = 0;

  private constructor(file: WholeFile, fonts: PageFonts) {
    this.#file = file;
    this.#fonts = fonts;
    this.#pdf = createPdf(fonts, {
      ...{ isLandscape: false, isTagged: false, date: 0 },
      ...{ title: "核验二维码 QR codes", author: "" },
    });
    this.#text = new PdfText(this.#pdf, fonts);
    this.#ended = new Promise((resolve) => this.#pdf.once("end", resolve));
    this.#pdf.on("data", (part: Buffer) => this.#written.push(part));
  }

  /** @throws Problem DISK_FAILED */
  static async create(file: string, fonts: PageFonts): Promise<CodeSheets> {
    return new CodeSheets(await createBeside(file), fonts);
  }

  /** @throws Problem QR_TOO_LONG, FONT_LACKS_CHARACTERS */
  async add({ text, label }: PrintedCode): Promise<void> {
    this.#fonts.requireAll(Object.values(label));
    const code = makeQrCode(text);
    const page = await this.#pageFor(gridFor(code));
    this.#drawCell(page, code, [label.title, label.holder, label.number], label.place);
    this.#cell++;
  }

  async finish(): Promise<void> {
    this.#pdf.end();
    await this.#ended;
    await this.#writeOut();
    await this.#file.finish();
  }

  discard(): Promise<void> {
    return this.#file.discard();
  }

  /** The page begun, where it has room for one more such code; else the next. */
  async #pageFor(grid: PageGrid): Promise<PageGrid> {
    const page = this.#page;
    const hasRoom = page !== null && this.#cell < page.columns * page.rows;
    if (hasRoom && grid.columns === page.columns && grid.height <= page.height) return page;
    if (page !== null) this.#pdf.addPage();
    this.#page = grid;
    this.#cell = 0;
    await this.#writeOut();
    return grid;
  }

  async #writeOut(): Promise<void> {
    for (const part of this.#written.splice(0)) await this.#file.write(part);
  }

  #drawCell(
    { columns, width, height }: PageGrid,
    code: QrCode,
    words: readonly string[],
    place: string,
  ): void {
    const x = MARGIN + (this.#cell % columns) * width;
    const y = MARGIN + Math.floor(this.#cell / columns) * height;
    const side = sideOf(code);
    this.#pdf.lineWidth(0.3).strokeColor(CUT_LINE).rect(x, y, width, height).stroke();
    drawQr(this.#pdf, code, x + (width - side) / 2, y + ABOVE_CODE, side);
    const box = { x: x + 4, width: width - 8 };
    const line = words.filter((word) => word !== "").join(" · ");
    const under = y + height - LABEL_HEIGHT;
    this.#text.draw(line, { ...box, y: under }, { size: 8, align: "center", isOneLine: true });
    const small = { size: 6.5, align: "center", colour: GREY } as const;
    this.#text.draw(place, { ...box, y: under + 14 }, small);
  }
}

/** How a page is divided; all its cells are as large as its first code needs. */
interface PageGrid {
  readonly columns: number;
  readonly rows: number;
  readonly width: number;
  readonly height: number;
}

function gridFor(code: QrCode): PageGrid {
  const side = sideOf(code);
  const isSmall = side <= USABLE.width / COLUMNS;
  const columns = isSmall ? COLUMNS : COLUMNS - 1;
  const height = ABOVE_CODE + side + LABEL_HEIGHT;
  const rows = Math.floor(USABLE.height / height);
  return { columns, rows, width: USABLE.width / columns, height };
}

function sideOf(code: QrCode): number {
  return (code.size + 2 * QUIET_ZONE) * MODULE_MM * MM;
}
