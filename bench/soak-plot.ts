/** A long run as a picture (SVG): memory, open files and latency over time, one above the other. */
import type { SoakSlice } from "./soak-growth.ts";

const WIDTH = 760;
const PANEL = 150;
const LEFT = 84;
const RIGHT = 32;
const TOP = 72;
const GAP = 34;
const BLUE = "#1d5fa8";
const INK = "#1f2937";
const FAINT = "#d1d5db";

interface Panel {
  readonly title: string;
  readonly unit: string;
  readonly value: (slice: SoakSlice) => number;
}

const PANELS: readonly Panel[] = [
  { title: "内存 Memory", unit: "MB", value: ({ residentBytes }) => residentBytes / 2 ** 20 },
  { title: "打开的文件 Open files and sockets", unit: "", value: ({ descriptors }) => descriptors },
  { title: "响应时间 Latency, 99 of 100", unit: "ms", value: ({ p99 }) => p99 },
];

export function drawSoak(slices: readonly SoakSlice[], machine: string): string {
  const height = TOP + PANELS.length * (PANEL + GAP) + 20;
  const answered = slices.reduce((sum, slice) => sum + slice.answered, 0);
  const minutes = slices.at(-1)?.minute ?? 0;
  const law = `${answered.toLocaleString("en")} verifications in ${minutes.toFixed(0)} minutes; ${machine}`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${String(WIDTH)} ${String(height)}" font-family="sans-serif" font-size="13" fill="${INK}">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    `<text x="${String(LEFT)}" y="28" font-size="17" font-weight="600">半载长时间运行 A verifier at half of its highest load</text>`,
    `<text x="${String(LEFT)}" y="48">${law}</text>`,
    ...PANELS.map((panel, i) => drawPanel(panel, slices, TOP + i * (PANEL + GAP))),
    `<text x="${String((LEFT + WIDTH - RIGHT) / 2)}" y="${String(height - 8)}" text-anchor="middle">minutes 分钟</text>`,
    "</svg>\n",
  ].join("\n");
}

/** From nothing up, so that what looks flat is. */
function drawPanel(
  { title, unit, value }: Panel,
  slices: readonly SoakSlice[],
  top: number,
): string {
  const values = slices.map(value);
  const most = Math.max(1, ...values) * 1.15;
  const last = slices.at(-1)?.minute ?? 1;
  const x = (minute: number): number => LEFT + ((WIDTH - LEFT - RIGHT) * minute) / last;
  const y = (amount: number): number => top + PANEL - ((PANEL - 20) * amount) / most;
  const path = slices.map(
    ({ minute }, i) => `${i === 0 ? "M" : "L"}${at(x(minute))} ${at(y(values[i] ?? 0))}`,
  );
  return [
    `<text x="${String(LEFT)}" y="${at(top + 10)}" font-weight="600">${title}</text>`,
    line(x(0), y(0), x(last), y(0)),
    line(x(0), y(most / 1.15), x(last), y(most / 1.15)),
    label(LEFT - 8, y(0) + 4, "0", "end"),
    label(LEFT - 8, y(most / 1.15) + 4, `${shown(most / 1.15)} ${unit}`.trim(), "end"),
    label(x(last), y(0) + 15, shown(last), "middle"),
    `<path d="${path.join("")}" fill="none" stroke="${BLUE}" stroke-width="2"/>`,
  ].join("");
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<path d="M${at(x1)} ${at(y1)}L${at(x2)} ${at(y2)}" stroke="${FAINT}"/>`;
}

function label(x: number, y: number, text: string, anchor: "end" | "middle"): string {
  return `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}">${text}</text>`;
}

function shown(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString("en");
}

function at(value: number): string {
  return value.toFixed(1);
}
