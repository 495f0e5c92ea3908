/**
 * A recognition matrix as a picture (SVG 1.1) for a slide or a page: colour and shape for each effect, so that it
 * is read without colours too; its shapes are drawn, so that the viewer's fonts need no signs.
 */
import { regionName } from "../core/identifiers/region.ts";
import type { RegionCode } from "../core/identifiers/region.ts";
import { MATRIX_WORDS } from "./recognition-matrix.ts";
import type { MatrixCell, MatrixEffect, RecognitionMatrix } from "./recognition-matrix.ts";

export interface PictureText {
  readonly title: string;
  /** Lines below the title, such as the type's names and the time. */
  readonly lines: readonly string[];
}

interface Look {
  readonly fill: string;
  readonly ink: string;
  /** A drawing in a square of 24 by 24. */
  readonly shape: string;
}

const STROKE =
  'fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"';
const SOLID = 'fill="currentColor"';

const LOOKS: Readonly<Record<MatrixEffect, Look>> = {
  own: { fill: "#e5e7eb", ink: "#4b5563", shape: `<circle cx="12" cy="12" r="5" ${SOLID}/>` },
  accept: { fill: "#c9ecd9", ink: "#0b6b48", shape: `<path d="M5 13l5 5 9-11" ${STROKE}/>` },
  conditional: {
    fill: "#d3e5fa",
    ink: "#1d5fa8",
    shape: `<path d="M4 11l4 5 7-10" ${STROKE}/><circle cx="19" cy="18" r="2.5" ${SOLID}/>`,
  },
  suspend: { fill: "#fde8b8", ink: "#8a5a00", shape: `<path d="M8 6v12M16 6v12" ${STROKE}/>` },
  deny: { fill: "#f8cdc8", ink: "#b42318", shape: `<path d="M6 6l12 12M18 6L6 18" ${STROKE}/>` },
  expired: {
    fill: "#eadcf5",
    ink: "#6b3fa0",
    shape: `<circle cx="12" cy="12" r="8" ${STROKE}/><path d="M12 7v5l4 2" ${STROKE}/>`,
  },
  none: { fill: "#ffffff", ink: "#9ca3af", shape: `<path d="M8 12h8" ${STROKE}/>` },
};

const EFFECTS = Object.keys(LOOKS) as MatrixEffect[];
const FONTS =
  "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',SimHei,sans-serif";
const MARGIN = 32;
const LABEL_SIZE = 14;
const LINE = 22;
const GAP = 12;
const LEAST_WIDTH = 760;
/** Cells fill about a slide's height, as far as they stay legible and don't look clumsy. */
const GRID = 560;
const LEAST_CELL = 26;
const MOST_CELL = 64;
/** From this size on there is room for the rule's number. */
const NUMBERED_CELL = 40;
const LEGEND_SWATCH = 22;
/** Column names lean by 45°. */
const LEAN = Math.SQRT1_2;

interface Layout {
  readonly cell: number;
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly legend: readonly LegendPlace[];
}

interface LegendPlace {
  readonly effect: MatrixEffect;
  readonly x: number;
  readonly y: number;
}

/** @returns a whole XML document */
export function drawMatrix(matrix: RecognitionMatrix, text: PictureText): string {
  const layout = layoutOf(matrix, text);
  const { width, height } = layout;
  const size = `width="${n(width)}" height="${n(height)}" viewBox="0 0 ${n(width)} ${n(height)}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img" font-family="${FONTS}">`,
    `<title>${escaped(text.title)}</title>`,
    `<desc>${escaped(text.lines.join("; "))}</desc>`,
    `<rect width="${n(width)}" height="${n(height)}" fill="#ffffff"/>`,
    ...headOf(text),
    ...axesOf(matrix, layout),
    ...matrix.rows.flatMap((cells, row) =>
      cells.map((cell, column) => drawCell(cell, row, column, layout)),
    ),
    ...layout.legend.map(drawLegend),
    "</svg>\n",
  ].join("\n");
}

function layoutOf({ regions }: RecognitionMatrix, { lines }: PictureText): Layout {
  const cell = Math.min(MOST_CELL, Math.max(LEAST_CELL, Math.floor(GRID / regions.length)));
  const label = Math.max(...regions.map((region) => widthOf(nameOf(region), LABEL_SIZE)));
  const left = MARGIN + label + GAP;
  const top = MARGIN + (2 + lines.length) * LINE + label * LEAN + 2 * GAP;
  const grid = regions.length * cell;
  const width = Math.max(LEAST_WIDTH, left + grid + label * LEAN + MARGIN);
  const legend = placeLegend(width, top + grid + 2 * GAP);
  const last = legend.at(-1)?.y ?? top;
  return { cell, left, top, width, height: last + LEGEND_SWATCH + MARGIN, legend };
}

function placeLegend(width: number, top: number): LegendPlace[] {
  let x = MARGIN;
  let y = top;
  return EFFECTS.map((effect) => {
    const needed = LEGEND_SWATCH + widthOf(legendText(effect), LABEL_SIZE) + 3 * GAP;
    if (x + needed > width) {
      x = MARGIN;
      y += LEGEND_SWATCH + GAP;
    }
    const place = { effect, x, y };
    x += needed;
    return place;
  });
}

function headOf({ title, lines }: PictureText): string[] {
  const first = `<text x="${n(MARGIN)}" y="${n(MARGIN + 14)}" font-size="22" font-weight="700" fill="#111827">${escaped(title)}</text>`;
  const others = lines.map((line, i) => {
    const y = MARGIN + 14 + (i + 1) * LINE + 4;
    return `<text x="${n(MARGIN)}" y="${n(y)}" font-size="${n(LABEL_SIZE)}" fill="#4b5563">${escaped(line)}</text>`;
  });
  return [first, ...others];
}

function axesOf({ regions }: RecognitionMatrix, { cell, left, top }: Layout): string[] {
  const middle = cell / 2;
  const columns = regions.map((region, i) => {
    const [x, y] = [left + i * cell + middle, top - GAP];
    const place = `transform="translate(${n(x)} ${n(y)}) rotate(-45)"`;
    return `<text ${place} font-size="${n(LABEL_SIZE)}" fill="#111827">${escaped(nameOf(region))}</text>`;
  });
  const rows = regions.map((region, i) => {
    const [x, y] = [left - GAP, top + i * cell + middle + LABEL_SIZE / 3];
    const place = `x="${n(x)}" y="${n(y)}" text-anchor="end"`;
    return `<text ${place} font-size="${n(LABEL_SIZE)}" fill="#111827">${escaped(nameOf(region))}</text>`;
  });
  return [...columns, ...rows];
}

function drawCell(
  { recognising, recognised, effect, ruleId }: MatrixCell,
  row: number,
  column: number,
  { cell, left, top }: Layout,
): string {
  const { zh, en } = MATRIX_WORDS[effect];
  const rule = ruleId === null ? "" : `, 规则 rule ${String(ruleId)}`;
  const told = `${nameOf(recognising)} ← ${nameOf(recognised)}: ${zh} ${en}${rule}`;
  const [x, y] = [left + column * cell, top + row * cell];
  const square = drawSquare(effect, x, y, cell);
  const number = cell < NUMBERED_CELL ? "" : drawNumber(ruleId, x + cell - 4, y + cell - 4);
  return `<g><title>${escaped(told)}</title>${square}${number}</g>`;
}

function drawNumber(ruleId: number | null, x: number, y: number): string {
  if (ruleId === null) return "";
  const place = `x="${n(x)}" y="${n(y)}" text-anchor="end" font-size="10" fill="#4b5563"`;
  return `<text ${place}>${String(ruleId)}</text>`;
}

function drawSquare(effect: MatrixEffect, x: number, y: number, size: number): string {
  const { fill, ink, shape } = LOOKS[effect];
  const inner = Math.min(size * 0.6, 30);
  const at = (size - inner) / 2;
  const square = `<rect x="${n(x)}" y="${n(y)}" width="${n(size)}" height="${n(size)}" fill="${fill}" stroke="#d1d5db"/>`;
  const place = `translate(${n(x + at)} ${n(y + at)}) scale(${n(inner / 24)})`;
  return `${square}<g transform="${place}" color="${ink}">${shape}</g>`;
}

function drawLegend({ effect, x, y }: LegendPlace): string {
  const square = drawSquare(effect, x, y, LEGEND_SWATCH);
  const place = `x="${n(x + LEGEND_SWATCH + 8)}" y="${n(y + 16)}" font-size="${n(LABEL_SIZE)}"`;
  return `<g>${square}<text ${place} fill="#111827">${escaped(legendText(effect))}</text></g>`;
}

function legendText(effect: MatrixEffect): string {
  return `${MATRIX_WORDS[effect].zh} ${MATRIX_WORDS[effect].en}`;
}

function nameOf(region: string): string {
  return regionName(region as RegionCode, "zh");
}

/** Nearly: a Chinese character is as wide as it is high, a Latin one a little over half. */
function widthOf(text: string, size: number): number {
  const columns = Array.from(text).reduce((sum, character) => {
    return sum + (/[\u2e80-\uffef]/u.test(character) ? 1 : 0.58);
  }, 0);
  return columns * size;
}

/** A number with at most two decimals. */
function n(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Characters that XML 1.0 does not have at all are left out. */
function escaped(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "")
    .replace(/[&<>"]/g, (character) => `&#${String(character.codePointAt(0))};`);
}
