/** A border of interlaced waves, as on paper that is hard to copy. It bears no emblem and no seal. */
import type { Pdf } from "./pdf-page.ts";

export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const OUTER = 22;
const BAND = 18;
const WAVES = 4;
const STEP = 2;
/** How long a wave is about, in points; fitted to each side so that corners meet. */
const WAVE_LENGTH = 36;
const PAPER = "#fffdf8";

/** @returns what is left for the page's content. */
export function drawBorder(pdf: Pdf, colour: string): Rectangle {
  const { width, height } = pdf.page;
  pdf.rect(0, 0, width, height).fill(PAPER);
  const outer = inset({ x: 0, y: 0, width, height }, OUTER);
  const inner = inset(outer, BAND);
  pdf
    .lineWidth(1.6)
    .strokeColor(colour)
    .rect(...corners(outer))
    .stroke();
  pdf
    .lineWidth(0.6)
    .rect(...corners(inner))
    .stroke();
  pdf
    .lineWidth(0.35)
    .rect(...corners(inset(inner, 4)))
    .stroke();
  drawWaves(pdf, inset(outer, BAND / 2));
  for (const [x, y] of cornerPoints(inset(outer, BAND / 2))) drawRosette(pdf, colour, x, y);
  return inset(inner, 22);
}

function inset({ x, y, width, height }: Rectangle, by: number): Rectangle {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}

function corners({ x, y, width, height }: Rectangle): [number, number, number, number] {
  return [x, y, width, height];
}

function cornerPoints({ x, y, width, height }: Rectangle): [number, number][] {
  return [
    [x, y],
    [x + width, y],
    [x, y + height],
    [x + width, y + height],
  ];
}

function drawWaves(pdf: Pdf, { x, y, width, height }: Rectangle): void {
  pdf.lineWidth(0.4).strokeOpacity(0.75);
  for (let wave = 0; wave < WAVES; wave++) {
    const phase = (wave * Math.PI) / WAVES;
    for (const top of [y, y + height])
      wavePath(pdf, width, phase, (at, off) => [x + at, top + off]);
    for (const left of [x, x + width])
      wavePath(pdf, height, phase, (at, off) => [left + off, y + at]);
  }
  pdf.strokeOpacity(1);
}

type Place = (along: number, across: number) => [number, number];

function wavePath(pdf: Pdf, length: number, phase: number, place: Place): void {
  const waves = Math.round(length / WAVE_LENGTH);
  const steps = Math.round(length / STEP);
  for (let i = 0; i <= steps; i++) {
    const along = (i / steps) * length;
    const across = (BAND / 2 - 3) * Math.sin((2 * Math.PI * waves * i) / steps + phase);
    const [x, y] = place(along, across);
    if (i === 0) pdf.moveTo(x, y);
    else pdf.lineTo(x, y);
  }
  pdf.stroke();
}

/** Over the waves' ends. */
function drawRosette(pdf: Pdf, colour: string, x: number, y: number): void {
  const radius = BAND / 2 + 3;
  pdf.circle(x, y, radius).fillAndStroke(PAPER, colour);
  for (let i = 0; i < 8; i++) {
    const angle = (i * Math.PI) / 4;
    const reach = radius / 2;
    pdf.circle(x + reach * Math.cos(angle), y + reach * Math.sin(angle), reach).stroke();
  }
}
